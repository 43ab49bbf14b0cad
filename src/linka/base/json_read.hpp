// Reads JSON text into described structs; the opposite of json_write.hpp. Boost.JSON parses, with
// bounds on depth and size; this file turns its values into ours and says exactly which field is
// wrong. Boost.JSON 1.81 reads doubles to within some units of their last place only: what must
// come back to the bit (events above all) is a whole number.
#pragma once

#include "linka/base/json_write.hpp"
#include "linka/base/result.hpp"
#include "linka/base/text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace linka::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

struct ReadLimits {
    std::size_t bytes_max = 1 << 20;
    std::size_t depth_max = 32;
};

/// Parses one JSON value. Errors: `full` when larger than the limits, `invalid` with the position.
Result<Value> parse(std::string_view text, ReadLimits limits = {});

/// What to do with members that the struct does not have.
enum class Unknown { ignore, refuse };

/// Collects the place of the first error while reading.
class Reader {
  public:
    explicit Reader(Unknown unknown) : unknown_(unknown) {}

    template <typename T>
    bool read(const Value& value, T& target);

    [[nodiscard]] Error error() const { return error_; }

  private:
    bool expected(std::string_view what);
    bool read_int(const Value& value, std::int64_t& target);
    bool read_double(const Value& value, double& target);
    bool read_string(const Value& value, std::string& target);
    bool unknown_member(std::string_view name);

    // A described struct is a table of its members, so that the code that walks it exists once.
    struct Member {
        std::string_view name;
        bool (*read)(Reader& reader, const Value& value, void* object);
    };
    bool read_members(const Object& object, void* target, std::span<const Member> members,
                      bool tagged);

    template <typename T, typename Described>
    static bool read_member(Reader& reader, const Value& value, void* object);
    template <typename T, template <typename...> typename List, typename... Described>
    static constexpr std::array<Member, sizeof...(Described)> members_of(
        List<Described...> members);
    template <typename T>
    bool read_members(const Object& object, T& target, bool tagged);
    template <typename T>
    bool read_vector(const Value& value, T& target);
    template <typename T>
    bool read_map(const Value& value, T& target);
    template <typename T>
    bool read_id_map(const Value& value, T& target);
    template <typename T>
    bool read_variant(const Value& value, T& target);
    template <typename T>
    bool read_number(const Value& value, T& target);

    // Appends `step` to the path that errors name; returns the length that it had.
    std::size_t enter(std::string_view step);
    template <typename T>
    bool read_at(std::string_view step, const Value& value, T& target) {
        const std::size_t length = enter(step);
        const bool ok = read(value, target);
        path_.resize(length);
        return ok;
    }

    Unknown unknown_;
    std::string path_;
    Error error_;
};

template <typename T>
bool Reader::read_number(const Value& value, T& target) {
    std::int64_t number = 0;
    if (!read_int(value, number)) {
        return false;
    }
    if (!std::in_range<T>(number)) {
        return expected("a number in range");
    }
    target = static_cast<T>(number);
    return true;
}

template <typename T, typename Described>
bool Reader::read_member(Reader& reader, const Value& value, void* object) {
    return reader.read(value, static_cast<T*>(object)->*Described::pointer);
}

template <typename T, template <typename...> typename List, typename... Described>
constexpr std::array<Reader::Member, sizeof...(Described)> Reader::members_of(
    List<Described...> /*members*/) {
    return {Member{Described::name, &Reader::read_member<T, Described>}...};
}

template <typename T>
bool Reader::read_members(const Object& object, T& target, bool tagged) {
    static constexpr auto members =
        members_of<T>(boost::describe::describe_members<T, boost::describe::mod_public>{});
    return read_members(object, &target, members, tagged);
}

template <typename T>
bool Reader::read_vector(const Value& value, T& target) {
    const Array* array = value.if_array();
    if (array == nullptr) {
        return expected("an array");
    }
    target.clear();
    target.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        if (!read_at(std::to_string(i), (*array)[i], target.emplace_back())) {
            return false;
        }
    }
    return true;
}

template <typename T>
bool Reader::read_map(const Value& value, T& target) {
    const Object* object = value.if_object();
    if (object == nullptr) {
        return expected("an object");
    }
    target.clear();
    for (const auto& pair : *object) {
        if (!read_at(pair.key(), pair.value(), target[std::string(pair.key())])) {
            return false;
        }
    }
    return true;
}

template <typename T>
bool Reader::read_id_map(const Value& value, T& target) {
    const Object* object = value.if_object();
    if (object == nullptr) {
        return expected("an object");
    }
    target.clear();
    for (const auto& pair : *object) {
        const std::optional<std::int64_t> id = text::to_int(pair.key());
        if (!id) {
            return expected("numbers as its keys");
        }
        if (!read_at(pair.key(), pair.value(), target[typename T::key_type{*id}])) {
            return false;
        }
    }
    return true;
}

template <typename T>
bool Reader::read_variant(const Value& value, T& target) {
    const Object* object = value.if_object();
    const Value* tag = object == nullptr ? nullptr : object->if_contains("type");
    if (tag == nullptr || !tag->is_string()) {
        return expected("an object with a type");
    }
    const std::string_view name = tag->get_string();
    bool found = false;
    bool ok = false;
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<std::variant_size_v<T>>>([&](auto index) {
        using Alternative = std::variant_alternative_t<decltype(index)::value, T>;
        if (!found && name == Alternative::type) {
            found = true;
            Alternative alternative;
            ok = read_members(*object, alternative, true);
            target = std::move(alternative);
        }
    });
    return found ? ok : expected("a known type");
}

template <typename T>
bool Reader::read(const Value& value, T& target) {
    if constexpr (std::is_same_v<T, bool>) {
        const bool* flag = value.if_bool();
        if (flag == nullptr) {
            return expected("true or false");
        }
        target = *flag;
        return true;
    } else if constexpr (std::is_enum_v<T>) {
        const auto* name = value.if_string();
        return (name != nullptr && enum_from_name(*name, target)) || expected("one of its values");
    } else if constexpr (std::is_integral_v<T>) {
        return read_number(value, target);
    } else if constexpr (std::is_floating_point_v<T>) {
        return read_double(value, target);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return read_string(value, target);
    } else if constexpr (std::is_same_v<T, Raw>) {
        target.text = boost::json::serialize(value);
        return true;
    } else if constexpr (detail::is_id<T>) {
        return read_int(value, target.value);
    } else if constexpr (std::is_same_v<T, Instant>) {
        return read_int(value, target.us);
    } else if constexpr (std::is_same_v<T, Duration>) {
        std::int64_t count = 0;
        const bool ok = read_int(value, count);
        target = Duration{count};
        return ok;
    } else if constexpr (detail::is_optional<T>) {
        if (value.is_null()) {
            target.reset();
            return true;
        }
        return read(value, target.emplace());
    } else if constexpr (detail::is_vector<T>) {
        return read_vector(value, target);
    } else if constexpr (detail::is_map<T>) {
        return read_map(value, target);
    } else if constexpr (detail::is_id_map<T>) {
        return read_id_map(value, target);
    } else if constexpr (detail::is_variant<T>) {
        return read_variant(value, target);
    } else {
        const Object* object = value.if_object();
        return object == nullptr ? expected("an object") : read_members(*object, target, false);
    }
}

template <typename T>
Result<T> from_value(const Value& value, Unknown unknown = Unknown::refuse) {
    Reader reader(unknown);
    T target{};
    if (!reader.read(value, target)) {
        return reader.error();
    }
    return target;
}

template <typename T>
Result<T> from_text(std::string_view text, Unknown unknown = Unknown::refuse,
                    ReadLimits limits = {}) {
    const Result<Value> value = parse(text, limits);
    if (!value) {
        return value.error();
    }
    return from_value<T>(*value, unknown);
}

}  // namespace linka::json
