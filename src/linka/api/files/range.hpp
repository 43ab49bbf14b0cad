// Range (RFC 9110 §14): which part of a file is asked for.
#pragma once

#include <cstdint>
#include <string_view>

namespace linka::api {

struct ByteRange {
    enum class Kind {
        whole,         // no Range, one that we do not serve, or one that is malformed: send all
        part,          // `first`..`last`, both inside the file
        unsatisfiable  // 416
    };
    Kind kind = Kind::whole;
    std::int64_t first = 0;
    std::int64_t last = 0;
    bool operator==(const ByteRange&) const = default;
};

/// One range of bytes: "bytes=0-99", "bytes=100-", "bytes=-500". Several are answered with all,
/// which RFC 9110 §14.2 allows.
ByteRange parse_range(std::string_view header, std::int64_t size);

}  // namespace linka::api
