// Paths, forms of both encodings and nested keys: what is accepted is UTF-8, and nests within its
// bounds.
#include "linka/api/server/url.hpp"
#include "linka/api/v6/body.hpp"
#include "linka/api/v6/multipart.hpp"
#include "linka/base/assert.hpp"
#include "linka/base/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka::api;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto path = parse_path(text)) {
        for (const std::string& segment : *path) {
            LINKA_ASSERT(segment != "..");
            LINKA_ASSERT(linka::text::is_utf8(segment));
        }
    }
    if (const auto pairs = parse_form(text)) {
        LINKA_ASSERT(pairs->size() <= pairs_max);
        const auto nested = v6::nest(*pairs);
        if (nested) {
            LINKA_ASSERT(!boost::json::serialize(*nested).empty());
        }
    }
    if (const auto fields = v6::parse_multipart("multipart/form-data; boundary=x", text)) {
        LINKA_ASSERT(fields->size() <= pairs_max);
        for (const auto& [name, value] : *fields) {
            LINKA_ASSERT(!name.empty() && linka::text::is_utf8(name));
            LINKA_ASSERT(linka::text::is_utf8(value));
        }
    }
    if (const auto file = v6::file_in_multipart("multipart/form-data; boundary=x", text)) {
        LINKA_ASSERT(file->data() >= text.data() &&
                     file->data() + file->size() <= text.data() + text.size());
    }
    if (const auto decoded = percent_decode(text)) {
        LINKA_ASSERT(percent_decode(percent_encode(*decoded)) == *decoded);
    }
    return 0;
}
