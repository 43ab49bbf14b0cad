#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <boost/json/stream_parser.hpp>

namespace linka::json {
namespace {

void write_escape(std::string& out, unsigned char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u00";
    out += digits[c >> 4];
    out += digits[c & 15];
}

// Copies `value` with every byte that is not ASCII and not part of valid UTF-8 replaced.
std::string repaired(std::string_view value) {
    std::string result;
    while (!value.empty()) {
        std::size_t length = std::min<std::size_t>(4, value.size());
        while (length > 0 && !text::is_utf8(value.substr(0, length))) {
            --length;
        }
        if (length == 0) {
            result += value.front() == '\0' ? std::string_view("\0", 1) : "\xEF\xBF\xBD";
            length = 1;
        } else {
            result += value.substr(0, length);
        }
        value.remove_prefix(length);
    }
    return result;
}

void write_valid(std::string& out, std::string_view value) {
    std::size_t copied = 0;
    for (std::size_t i = 0; i < value.size();) {
        i += text::plain_prefix(value.substr(i));
        for (const std::size_t end = std::min(value.size(), i + 8); i < end; ++i) {
            const auto c = static_cast<unsigned char>(value[i]);
            if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) {
                out += value.substr(copied, i - copied);
                write_escape(out, c);
                copied = i + 1;
            }
        }
    }
    out += value.substr(copied);
}

// Boost.JSON reads 1e400 as infinity, which it then writes as text that is not JSON. Depth is
// bounded by the parser.
bool all_finite(const Value& value) {
    if (const double* number = value.if_double()) {
        return std::isfinite(*number);
    }
    if (const Array* array = value.if_array()) {
        return std::ranges::all_of(*array, all_finite);
    }
    if (const Object* object = value.if_object()) {
        return std::ranges::all_of(*object,
                                   [](const auto& pair) { return all_finite(pair.value()); });
    }
    return true;
}

}  // namespace

void detail::write_members(std::string& out, const void* object,
                           std::span<const MemberWriter> members, bool first) {
    for (const MemberWriter& member : members) {
        if (member.left_out != nullptr && member.left_out(object)) {
            continue;
        }
        if (!first) {
            out += ',';
        }
        first = false;
        out += '"';
        out += member.name;
        out += "\":";
        member.write(out, object);
    }
}

void write_string(std::string& out, std::string_view value) {
    out += '"';
    if (text::is_utf8(value)) {
        write_valid(out, value);
    } else {
        write_valid(out, repaired(value));
    }
    out += '"';
}

void write_int(std::string& out, std::int64_t value) {
    std::array<char, 24> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    out.append(buffer.data(), written.ptr);
}

void write_double(std::string& out, double value) {
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    // Adding zero turns -0, which equals 0 and so must give the same text, into 0.
    std::array<char, 40> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value + 0.0);
    out.append(buffer.data(), written.ptr);
}

Result<Value> parse(std::string_view text, ReadLimits limits) {
    if (text.size() > limits.bytes_max) {
        return fail(ErrorCode::full,
                    text::format("JSON of {} bytes; at most {}", text.size(), limits.bytes_max));
    }
    boost::json::parse_options options;
    options.max_depth = limits.depth_max;
    boost::json::error_code failure;
    boost::json::stream_parser parser({}, options);
    const std::size_t used = parser.write_some(text, failure);
    if (!failure && !text::trim(text.substr(used)).empty()) {
        failure = boost::json::error::extra_data;
    }
    if (!failure) {
        parser.finish(failure);
    }
    if (failure) {
        return fail(ErrorCode::invalid,
                    text::format("not JSON at byte {}: {}", used, failure.message()));
    }
    Value value = parser.release();
    if (!all_finite(value)) {
        return fail(ErrorCode::invalid, "not JSON: a number beyond the range of a double");
    }
    return value;
}

bool Reader::expected(std::string_view what) {
    error_ = fail(ErrorCode::invalid,
                  text::format("{}: must be {}", path_.empty() ? "value" : path_, what), path_);
    return false;
}

bool Reader::read_int(const Value& value, std::int64_t& target) {
    if (const auto* number = value.if_int64()) {
        target = *number;
        return true;
    }
    return expected("a whole number");
}

bool Reader::read_double(const Value& value, double& target) {
    if (value.is_number()) {
        target = value.to_number<double>();
        return true;
    }
    return expected("a number");
}

bool Reader::read_string(const Value& value, std::string& target) {
    const auto* text = value.if_string();
    if (text == nullptr) {
        return expected("text");
    }
    target.assign(text->data(), text->size());
    return true;
}

bool Reader::read_members(const Object& object, void* target, std::span<const Member> members,
                          bool tagged) {
    std::size_t known = tagged ? 1 : 0;
    for (const Member& member : members) {
        const Value* found = object.if_contains(member.name);
        if (found == nullptr) {
            continue;
        }
        ++known;
        const std::size_t length = enter(member.name);
        const bool ok = member.read(*this, *found, target);
        path_.resize(length);
        if (!ok) {
            return false;
        }
    }
    if (unknown_ == Unknown::ignore || known == object.size()) {
        return true;
    }
    for (const auto& pair : object) {
        const bool tag = tagged && pair.key() == "type";
        if (!tag && std::none_of(members.begin(), members.end(),
                                 [&](const Member& member) { return pair.key() == member.name; })) {
            return unknown_member(pair.key());
        }
    }
    return true;
}

std::size_t Reader::enter(std::string_view step) {
    const std::size_t length = path_.size();
    if (!path_.empty()) {
        path_ += '.';
    }
    path_ += step;
    return length;
}

bool Reader::unknown_member(std::string_view name) {
    const std::string place =
        path_.empty() ? std::string(name) : text::format("{}.{}", path_, name);
    error_ = fail(ErrorCode::invalid, text::format("{}: no such field", place), place);
    return false;
}

}  // namespace linka::json
