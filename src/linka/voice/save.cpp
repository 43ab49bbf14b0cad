#include "linka/voice/save.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

namespace linka::voice {

std::string registration_text(const RegistrationRecord& record) {
    return json::to_text(record);
}

Result<RegistrationRecord> registration_from_text(std::string_view text) {
    Result<RegistrationRecord> record =
        json::from_text<RegistrationRecord>(text, json::Unknown::ignore);
    if (record && record->version != RegistrationRecord::version_now) {
        return fail(ErrorCode::invalid,
                    text::format("sip_registration of version {}, this program knows {}",
                                 record->version, RegistrationRecord::version_now));
    }
    return record;
}

std::string leg_text(const LegRecord& record) {
    return json::to_text(record);
}

Result<LegRecord> leg_from_text(std::string_view text) {
    Result<LegRecord> record = json::from_text<LegRecord>(text, json::Unknown::ignore);
    if (!record) {
        return record;
    }
    if (record->version < 1 || record->version > LegRecord::version_now) {
        return fail(ErrorCode::invalid,
                    text::format("voice_leg of version {}, this program knows {}", record->version,
                                 LegRecord::version_now));
    }
    if (record->version == 1 && !record->sip.text.empty()) {
        Result<std::string> sip = json::from_text<std::string>(record->sip.text);
        if (!sip) {
            return sip.error();
        }
        record->sip.text = std::move(*sip);
    }
    record->version = LegRecord::version_now;
    if (record->leg <= 0) {
        return fail(ErrorCode::invalid, "voice_leg without a number");
    }
    return record;
}

}  // namespace linka::voice
