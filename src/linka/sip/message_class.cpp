#include "linka/sip/message_class.hpp"

#include "linka/sip/headers.hpp"

#include <cstring>

#include <sofia-sip/msg_header.h>
#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/su_alloc.h>

namespace linka::sip {
namespace {

issize_t read_via(su_home_t* home, msg_header_t* header, char* text, isize_t size) {
    auto* via = reinterpret_cast<sip_via_t*>(header);
    // Reads the following ones of the line through this function as well.
    const issize_t read = sip_via_class->hc_parse(home, header, text, size);
    if (read >= 0 && via->v_maddr != nullptr) {
        msg_header_remove_param(via->v_common, "maddr");
        via->v_maddr = nullptr;
    }
    via->v_common->h_class = sip_via_class;
    return read;
}

issize_t read_address(su_home_t* home, msg_header_t* header, char* text, isize_t size,
                      msg_hclass_t* real) {
    auto* address = reinterpret_cast<sip_from_t*>(header);
    const std::optional<std::string> mended = mended_address(std::string_view(text, size));
    issize_t read = -1;
    if (!mended) {
        read = real->hc_parse(home, header, text, size);
    } else if (char* copy = su_strdup(home, mended->c_str()); copy != nullptr) {
        read = real->hc_parse(home, header, copy, static_cast<isize_t>(mended->size()));
    }
    address->a_common->h_class = real;
    return read;
}

issize_t read_from(su_home_t* home, msg_header_t* header, char* text, isize_t size) {
    return read_address(home, header, text, size, sip_from_class);
}

issize_t read_to(su_home_t* home, msg_header_t* header, char* text, isize_t size) {
    return read_address(home, header, text, size, sip_to_class);
}

// Puts a reader of ours before the library's class of the same header: it is found first by name,
// while headers made here and elsewhere are found as the library's own. False if there is none.
bool read_with(msg_mclass_t& messages, msg_hclass_s& ours, msg_hclass_t* original,
               msg_parse_f* parse) {
    std::memcpy(&ours, original, sizeof ours);
    ours.hc_parse = parse;
    // The library declares the first places of its table only, and makes it with as many as it
    // says.
    msg_href_t* const places = messages.mc_hash;
    const int size = messages.mc_hash_size;
    for (int i = 0; i < size; ++i) {
        msg_href_t& place = places[i];
        if (place.hr_class != original) {
            continue;
        }
        int next = (i + 1) % size;
        while (places[next].hr_class != nullptr) {
            next = (next + 1) % size;
        }
        places[next] = place;
        ++messages.mc_hash_used;
        place.hr_class = &ours;
        if (messages.mc_short != nullptr && ours.hc_short[0] != '\0') {
            const_cast<msg_href_t&>(messages.mc_short[ours.hc_short[0] - 'a']).hr_class = &ours;
        }
        return true;
    }
    return false;
}

}  // namespace

msg_mclass_t* message_class() {
    static msg_hclass_s via;
    static msg_hclass_s from;
    static msg_hclass_s to;
    static msg_mclass_t* const made = []() -> msg_mclass_t* {
        const msg_mclass_t* original = sip_default_mclass();
        msg_mclass_t* copy = msg_mclass_clone(original, original->mc_hash_size * 2, 0);
        const bool good = copy != nullptr && read_with(*copy, via, sip_via_class, &read_via) &&
                          read_with(*copy, from, sip_from_class, &read_from) &&
                          read_with(*copy, to, sip_to_class, &read_to);
        return good ? copy : nullptr;
    }();
    return made;
}

}  // namespace linka::sip
