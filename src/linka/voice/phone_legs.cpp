// What a page says about its calls.
#include "linka/voice/web_phones.hpp"

#include <utility>

namespace linka::voice {
namespace {

constexpr int status_ringing = 180;
constexpr int status_answer = 200;
constexpr int status_rejected = 486;
constexpr int status_pending = 491;  // RFC 3261 §14.1: offers crossed

}  // namespace

// A leg of a phone that this page is; others do not exist for it.
WebPhones::PhoneLeg* WebPhones::leg_of(const PhonePage& page, sip::LegId number) {
    const auto leg = legs_.find(number);
    const Phone* phone = leg == legs_.end() ? nullptr : find_phone(leg->second.kept.device);
    if (phone == nullptr || !phone->page || phone->page->id != page.id) {
        page.say(error_text(PhoneError{"no_leg", "leg: you have no such call", "leg", number}));
        return nullptr;
    }
    return &leg->second;
}

WebPhones::PhoneLeg* WebPhones::leg_of(const PhonePage& page, sip::LegId number,
                                       PhoneLegState state) {
    PhoneLeg* leg = leg_of(page, number);
    if (leg != nullptr && leg->kept.state != state) {
        const bool rings = leg->kept.state == PhoneLegState::ringing;
        page.say(error_text(PhoneError{
            "state", rings ? "leg: it still rings" : "leg: it is answered", "leg", number}));
        return nullptr;
    }
    return leg;
}

void WebPhones::rings_there(PhoneLeg& leg) {
    loop_.cancel(std::exchange(leg.ring_timer, 0));
}

void WebPhones::heard(const PhonePage& page, const PhoneRinging& message) {
    if (PhoneLeg* leg = leg_of(page, message.leg, PhoneLegState::ringing)) {
        rings_there(*leg);
        push(sip::Progress{message.leg, status_ringing, {}, true, phone_leg_text(leg->kept)});
    }
}

void WebPhones::heard(const PhonePage& page, const PhoneAnswer& message) {
    if (PhoneLeg* leg = leg_of(page, message.leg, PhoneLegState::ringing)) {
        rings_there(*leg);
        leg->kept.state = PhoneLegState::up;
        leg->kept.auto_answer = false;
        leg->kept.sdp.clear();
        push(sip::Answered{message.leg, message.sdp, "web phone", phone_leg_text(leg->kept)});
    }
}

void WebPhones::heard(const PhonePage& page, const PhoneReject& message) {
    if (leg_of(page, message.leg, PhoneLegState::ringing) != nullptr) {
        page.say(ended_text(message.leg, "hangup"));
        end(message.leg, status_rejected, true);
    }
}

void WebPhones::heard(const PhonePage& page, const PhoneHangup& message) {
    if (const PhoneLeg* leg = leg_of(page, message.leg)) {
        const bool rings = leg->kept.state == PhoneLegState::ringing;
        page.say(ended_text(message.leg, "hangup"));
        end(message.leg, rings ? status_rejected : 0, true);
    }
}

// Our offer is void: the page has made one of its own.
void WebPhones::refuse_offer(PhoneLeg& leg) {
    if (!std::exchange(leg.offer, {}).empty()) {
        push(sip::Reanswered{leg.kept.leg, status_pending, {}, phone_leg_text(leg.kept)});
    }
}

void WebPhones::heard(const PhonePage& page, const PhoneReoffer& message) {
    PhoneLeg* leg = leg_of(page, message.leg, PhoneLegState::up);
    if (leg == nullptr) {
        return;
    }
    if (leg->reoffered_by != 0) {
        leg->reoffer_next = message.sdp;  // one at a time; only the newest is of interest
        return;
    }
    refuse_offer(*leg);
    leg->reoffered_by = page.id;
    push(sip::Reoffer{message.leg, message.sdp, phone_leg_text(leg->kept)});
}

void WebPhones::heard(const PhonePage& page, const PhoneReanswer& message) {
    PhoneLeg* leg = leg_of(page, message.leg, PhoneLegState::up);
    if (leg == nullptr) {
        return;
    }
    if (std::exchange(leg->offer, {}).empty()) {
        page.say(error_text(
            PhoneError{"state", "leg: no phone.offer waits for an answer", "leg", message.leg}));
        return;
    }
    push(sip::Reanswered{message.leg, status_answer, message.sdp, phone_leg_text(leg->kept)});
}

void WebPhones::heard(const PhonePage& page, const PhoneDigit& message) {
    if (leg_of(page, message.leg, PhoneLegState::up) != nullptr) {
        push(sip::InfoDigit{message.leg, message.digit.front()});
    }
}

}  // namespace linka::voice
