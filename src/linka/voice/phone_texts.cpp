#include "linka/voice/phone_texts.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

namespace linka::voice {
namespace {

constexpr std::string_view web_phone_prefix = R"({"web_phone":)";

// {"type":…,"name":"text","name":7,…}, in the order of the calls.
class MessageWriter {
  public:
    explicit MessageWriter(std::string_view type) {
        out_ = R"({"type":)";
        json::write_string(out_, type);
    }
    MessageWriter& text(std::string_view name, std::string_view value) {
        member(name);
        json::write_string(out_, value);
        return *this;
    }
    MessageWriter& number(std::string_view name, std::int64_t value) {
        member(name);
        json::write_int(out_, value);
        return *this;
    }
    MessageWriter& raw(std::string_view name, std::string_view value) {
        member(name);
        out_ += value;
        return *this;
    }
    std::string done() { return std::move(out_) + '}'; }

  private:
    void member(std::string_view name) {
        out_ += ',';
        json::write_string(out_, name);
        out_ += ':';
    }
    std::string out_;
};

// A living leg as `phone.started` lists it.
struct ListedCall {
    std::int64_t leg = 0;
    PhoneLegState state = PhoneLegState::ringing;
    std::string caller;
    std::string caller_name;
    bool auto_answer = false;
    std::string sdp;
    std::string activity;
};
LINKA_DESCRIBE(ListedCall, (leg, state, caller, caller_name, auto_answer, sdp, activity))

// As the live API names it; empty: none.
std::string activity_name(std::int64_t activity) {
    return activity == 0 ? std::string() : text::format("activities_{}", activity);
}

}  // namespace

bool is_web_phone_text(std::string_view saved) {
    return saved.starts_with(web_phone_prefix);
}

std::string phone_leg_text(const PhoneLegRecord& record) {
    return json::to_text(record);
}

Result<PhoneLegRecord> phone_leg_from_text(std::string_view saved) {
    Result<PhoneLegRecord> record = json::from_text<PhoneLegRecord>(saved, json::Unknown::ignore);
    if (!record) {
        return record;
    }
    if (record->web_phone != PhoneLegRecord::version_now) {
        return fail(ErrorCode::invalid,
                    text::format("web phone's leg of version {}, this program knows {}",
                                 record->web_phone, PhoneLegRecord::version_now));
    }
    if (record->leg <= 0 || record->device.empty()) {
        return fail(ErrorCode::invalid, "web phone's leg without a number or a device");
    }
    return record;
}

std::string phone_registration_text() {
    return text::format("{}{}}}", web_phone_prefix, PhoneLegRecord::version_now);
}

std::string started_text(std::string_view device, const std::vector<PhoneLegRecord>& calls) {
    std::vector<ListedCall> listed;
    listed.reserve(calls.size());
    for (const PhoneLegRecord& leg : calls) {
        const bool rings = leg.state == PhoneLegState::ringing;
        listed.push_back({leg.leg, leg.state, leg.caller, leg.caller_name, rings && leg.auto_answer,
                          rings ? leg.sdp : std::string(), activity_name(leg.activity)});
    }
    return MessageWriter("phone.started")
        .text("device", device)
        .raw("calls", json::to_text(listed))
        .done();
}

std::string ring_text(const PhoneLegRecord& leg) {
    return MessageWriter("phone.ring")
        .number("leg", leg.leg)
        .text("device", leg.device)
        .text("caller", leg.caller)
        .text("caller_name", leg.caller_name)
        .raw("auto_answer", leg.auto_answer ? "true" : "false")
        .text("sdp", leg.sdp)
        .text("activity", activity_name(leg.activity))
        .done();
}

std::string description_text(std::string_view type, std::int64_t leg, std::string_view sdp) {
    return MessageWriter(type).number("leg", leg).text("sdp", sdp).done();
}

std::string answer_now_text(std::int64_t leg) {
    return MessageWriter("phone.answer_now").number("leg", leg).done();
}

std::string ended_text(std::int64_t leg, std::string_view cause) {
    return MessageWriter("phone.ended").number("leg", leg).text("cause", cause).done();
}

std::string stopped_text(std::string_view device, std::string_view code) {
    return MessageWriter("phone.stopped").text("device", device).text("code", code).done();
}

std::string free_text(std::string_view device) {
    return MessageWriter("phone.free").text("device", device).done();
}

std::string refused_text(const PhoneRefusal& refusal) {
    return MessageWriter("phone.refused")
        .text("device", refusal.device)
        .text("code", refusal.code)
        .text("text", refusal.text)
        .done();
}

std::string error_text(const PhoneError& error) {
    MessageWriter message("error");
    message.text("code", error.code).text("text", error.text).text("field", error.field);
    if (error.leg != 0) {
        message.number("leg", error.leg);
    }
    return message.done();
}

std::string error_text(const Error& error) {
    PhoneError said;
    said.code = error.code == ErrorCode::full ? "too_long" : "invalid";
    said.text = error.text;
    said.field = error.field;
    return error_text(said);
}

}  // namespace linka::voice
