// Writes described structs as JSON text (RFC 8259), straight into a string. Order of members is
// order of description, so equal values give equal bytes.
//
// Ids and Instants are their integer, Durations integer microseconds, enums their name, empty
// optionals null. A variant of structs is the struct with "type":"its_name" in front, where the
// name is the struct's `static constexpr std::string_view type`. A struct with `static constexpr
// bool leaves_out_defaults = true` is written without the members that have their default, which
// reading gives them anyway; `version` is always there.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/id.hpp"
#include "linka/base/time.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace linka::json {

/// A piece of JSON text that is copied as it is. Must be valid JSON; empty counts as null.
struct Raw {
    std::string text;
    bool operator==(const Raw&) const = default;
};

/// Appends `value` as a JSON string, escaped; bytes that are not UTF-8 become U+FFFD.
void write_string(std::string& out, std::string_view value);
void write_int(std::string& out, std::int64_t value);
/// Shortest text that reads back as the same double; not finite becomes null.
void write_double(std::string& out, double value);

template <typename T>
void write(std::string& out, const T& value);

namespace detail {

// A described struct is a table of its members, so that the code that walks it exists once and
// not for each struct.
struct MemberWriter {
    std::string_view name;
    void (*write)(std::string& out, const void* object);
    bool (*left_out)(const void* object);  // may be null
};
void write_members(std::string& out, const void* object, std::span<const MemberWriter> members,
                   bool first);

template <typename T, typename Member>
void write_member(std::string& out, const void* object) {
    write(out, static_cast<const T*>(object)->*Member::pointer);
}
template <typename T, typename Member>
bool has_default(const void* object) {
    static const T plain{};
    const auto& value = static_cast<const T*>(object)->*Member::pointer;
    using Value = std::decay_t<decltype(value)>;
    if constexpr (requires { value.empty(); }) {
        return value.empty();
    } else if constexpr (requires { value.has_value(); }) {
        return !value.has_value();
    } else if constexpr (!std::is_class_v<Value> || std::is_same_v<Value, Raw> ||
                         requires { value.value; }) {
        return value == plain.*Member::pointer;
    } else {
        return false;  // a struct
    }
}
template <typename T, typename Member>
constexpr auto left_out_of() -> bool (*)(const void*) {
    if constexpr (requires { T::leaves_out_defaults; }) {
        return std::string_view(Member::name) == "version" ? nullptr : &has_default<T, Member>;
    } else {
        return nullptr;
    }
}
template <typename T, template <typename...> typename List, typename... Members>
constexpr std::array<MemberWriter, sizeof...(Members)> writers_of(List<Members...> /*members*/) {
    return {MemberWriter{Members::name, &write_member<T, Members>, left_out_of<T, Members>()}...};
}
template <typename T>
inline constexpr auto member_writers =
    writers_of<T>(boost::describe::describe_members<T, boost::describe::mod_public>{});

template <typename Container>
void write_array(std::string& out, const Container& container) {
    out += '[';
    bool first = true;
    for (const auto& element : container) {
        if (!first) {
            out += ',';
        }
        first = false;
        write(out, element);
    }
    out += ']';
}

template <typename Map>
void write_map(std::string& out, const Map& map) {
    out += '{';
    bool first = true;
    for (const auto& [key, value] : map) {
        if (!first) {
            out += ',';
        }
        first = false;
        if constexpr (std::is_convertible_v<decltype(key), std::string_view>) {
            write_string(out, key);
        } else {
            out += '"';
            write_int(out, key.value);
            out += '"';
        }
        out += ':';
        write(out, value);
    }
    out += '}';
}

template <typename T>
constexpr bool is_id = false;
template <typename Tag>
constexpr bool is_id<Id<Tag>> = true;
template <typename T>
constexpr bool is_optional = false;
template <typename T>
constexpr bool is_optional<std::optional<T>> = true;
template <typename T>
constexpr bool is_vector = false;
template <typename T>
constexpr bool is_vector<std::vector<T>> = true;
template <typename T>
constexpr bool is_map = false;
template <typename T>
constexpr bool is_map<std::map<std::string, T>> = true;
template <typename T>
constexpr bool is_id_map = false;
template <typename Tag, typename T>
constexpr bool is_id_map<std::map<Id<Tag>, T>> = true;
template <typename T>
constexpr bool is_variant = false;
template <typename... T>
constexpr bool is_variant<std::variant<T...>> = true;

}  // namespace detail

template <typename T>
void write(std::string& out, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_enum_v<T>) {
        write_string(out, name_of(value));
    } else if constexpr (std::is_integral_v<T>) {
        write_int(out, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_floating_point_v<T>) {
        write_double(out, value);
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        write_string(out, value);
    } else if constexpr (std::is_same_v<T, Raw>) {
        out += value.text.empty() ? std::string_view("null") : std::string_view(value.text);
    } else if constexpr (detail::is_id<T>) {
        write_int(out, value.value);
    } else if constexpr (std::is_same_v<T, Instant>) {
        write_int(out, value.us);
    } else if constexpr (std::is_same_v<T, Duration>) {
        write_int(out, value.count());
    } else if constexpr (detail::is_optional<T>) {
        if (value) {
            write(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (detail::is_vector<T>) {
        detail::write_array(out, value);
    } else if constexpr (detail::is_map<T> || detail::is_id_map<T>) {
        detail::write_map(out, value);
    } else if constexpr (detail::is_variant<T>) {
        std::visit(
            [&](const auto& alternative) {
                out += "{\"type\":\"";
                out += std::decay_t<decltype(alternative)>::type;
                out += '"';
                using Alternative = std::decay_t<decltype(alternative)>;
                detail::write_members(out, &alternative, detail::member_writers<Alternative>,
                                      false);
                out += '}';
            },
            value);
    } else {
        out += '{';
        detail::write_members(out, &value, detail::member_writers<T>, true);
        out += '}';
    }
}

/// The members of `value`, each after a comma: more of an object that is being written by hand.
template <typename T>
void write_more_members(std::string& out, const T& value) {
    detail::write_members(out, &value, detail::member_writers<T>, false);
}

template <typename T>
std::string to_text(const T& value) {
    std::string out;
    write(out, value);
    return out;
}

}  // namespace linka::json
