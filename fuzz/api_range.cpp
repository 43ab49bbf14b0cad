// Range headers and zone files: a part lies inside the file; a zone's bytes are never left.
#include "linka/api/files/range.hpp"
#include "linka/base/assert.hpp"
#include "linka/base/iso_time.hpp"
#include "linka/calendar/zone.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka::api;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const std::int64_t length : {std::int64_t{0}, std::int64_t{1}, std::int64_t{1000}}) {
        const ByteRange range = parse_range(text, length);
        if (range.kind == ByteRange::Kind::part) {
            LINKA_ASSERT(range.first >= 0);
            LINKA_ASSERT(range.first <= range.last);
            LINKA_ASSERT(range.last < length);
        }
    }
    static_cast<void>(linka::from_iso_time(text));
    if (const auto zone = linka::calendar::Zone::parse("x", text)) {
        static_cast<void>(zone->text(linka::Instant{1'767'265'200'000'000}));
        static_cast<void>(zone->instant("2026-03-29 02:30:00"));
    }
    return 0;
}
