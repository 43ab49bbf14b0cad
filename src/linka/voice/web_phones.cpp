#include "linka/voice/web_phones.hpp"

#include "linka/base/assert.hpp"
#include "linka/core/view.hpp"
#include "linka/runtime/log.hpp"

#include <iterator>
#include <type_traits>
#include <utility>

#include <sys/epoll.h>

namespace linka::voice {
namespace {

// Q.850: voice gave the leg up (RFC 3326).
constexpr int cause_temporary_failure = 41;
constexpr int status_no_dialog = 481;
constexpr int status_busy = 486;
constexpr int status_request_pending = 491;

std::string_view cause_of(const sip::HangUp& command, PhoneLegState state) {
    if (command.answered_elsewhere) {
        return "elsewhere";
    }
    if (command.cause == cause_temporary_failure) {
        return "failed";
    }
    return state == PhoneLegState::ringing ? "cancelled" : "hangup";
}

// A page rings, and opens its microphone by itself, only for the user who is signed in to it: not
// for a colleague who is logged in to the device elsewhere.
bool gets_calls_of(const core::State& state, core::UserId user, core::DeviceId device) {
    const core::User* holder = core::user_of_device(state, device);
    return may_be_phone(state, user, device) && (holder == nullptr || holder->id == user);
}

}  // namespace

sip::Restore WebPhones::take_own(sip::Restore& restore) {
    sip::Restore own;
    const auto move_own = [](auto& from, auto& to) {
        for (auto it = from.begin(); it != from.end();) {
            const auto next = std::next(it);
            if (is_web_phone_text(it->second)) {
                to.insert(from.extract(it));
            }
            it = next;
        }
    };
    move_own(restore.legs, own.legs);
    move_own(restore.registrations, own.registrations);
    return own;
}

WebPhones::WebPhones(runtime::Loop& loop, sip::Port& inner, const core::State& state,
                     const sip::Restore& own, PhoneOptions options)
    : loop_(loop), inner_(inner), state_(state), options_(options) {
    watch_both();
    restore(own);
}

WebPhones::~WebPhones() {
    for (auto& [device, phone] : phones_) {
        stop_waiting(phone);
    }
    for (auto& [number, leg] : legs_) {
        loop_.cancel(leg.ring_timer);
    }
}

void WebPhones::watch_both() {
    both_ = runtime::Fd(::epoll_create1(EPOLL_CLOEXEC));
    LINKA_ASSERT(both_);
    for (const int fd : {inner_.events_fd(), wakeup_.fd()}) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        LINKA_ASSERT(::epoll_ctl(both_.get(), EPOLL_CTL_ADD, fd, &event) == 0);
    }
}

// Everyone's page is gone, and comes back soon.
void WebPhones::restore(const sip::Restore& own) {
    for (const auto& [device, text] : own.registrations) {
        Phone& phone = phones_[device];
        phone.device = device;
        phone.reachable = true;
    }
    for (const auto& [number, text] : own.legs) {
        Result<PhoneLegRecord> record = phone_leg_from_text(text);
        if (!record || record->leg != number) {
            log::error("web phone's leg cannot be restored", {{"leg", number}});
            push(sip::Ended{number, status_no_dialog, true, false, 0});
            continue;
        }
        phones_[record->device].device = record->device;
        legs_[number].kept = std::move(*record);
    }
    for (auto& [device, phone] : phones_) {
        await_page(phone);
    }
}

bool WebPhones::send(sip::Command command) {
    return std::visit(
        [&](auto& found) {
            using Command = std::decay_t<decltype(found)>;
            if constexpr (std::is_same_v<Command, sip::Invite>) {
                if (found.trunk.empty() && is_web(found.device)) {
                    ring(found);
                    return true;
                }
            } else if constexpr (requires { found.leg; }) {
                const auto leg = legs_.find(found.leg);
                if (leg != legs_.end()) {
                    take(leg->second, found);
                    return true;
                }
            }
            return inner_.send(std::move(found));
        },
        command);
}

std::vector<sip::Event> WebPhones::take_events() {
    wakeup_.clear();
    std::vector<sip::Event> events = inner_.take_events();
    events.insert(events.end(), std::make_move_iterator(events_.begin()),
                  std::make_move_iterator(events_.end()));
    events_.clear();
    return events;
}

void WebPhones::push(sip::Event event) {
    events_.push_back(std::move(event));
    wakeup_.signal();
}

bool WebPhones::is_web(const std::string& device) const {
    const core::Device* found = core::device_by_name(state_, device);
    return found != nullptr && found->type == core::DeviceType::web;
}

WebPhones::Phone* WebPhones::find_phone(const std::string& device) {
    const auto found = phones_.find(device);
    return found == phones_.end() ? nullptr : &found->second;
}

std::vector<sip::LegId> WebPhones::legs_of(const std::string& device) const {
    std::vector<sip::LegId> numbers;
    for (const auto& [number, leg] : legs_) {
        if (leg.kept.device == device) {
            numbers.push_back(number);
        }
    }
    return numbers;
}

void WebPhones::say(const std::string& device, std::string text) {
    const Phone* phone = find_phone(device);
    if (phone != nullptr && phone->page) {
        phone->page->say(std::move(text));
    }
}

void WebPhones::end(sip::LegId leg, int status, bool by_peer) {
    if (const auto found = legs_.find(leg); found != legs_.end()) {
        loop_.cancel(found->second.ring_timer);
        legs_.erase(found);
    }
    push(sip::Ended{leg, status, by_peer, false, 0});
}

void WebPhones::say_ended(const std::string& device, sip::LegId leg, std::string_view cause) {
    Phone* phone = find_phone(device);
    if (phone == nullptr) {
        return;
    }
    if (phone->page) {
        phone->page->say(ended_text(leg, cause));
    } else if (phone->unheard.size() < options_.legs_max) {
        phone->unheard.emplace_back(leg, cause);
    }
}

void WebPhones::never_rang(sip::LegId number) {
    const auto leg = legs_.find(number);
    if (leg == legs_.end()) {
        return;
    }
    leg->second.ring_timer = 0;
    const std::string device = leg->second.kept.device;
    log::info("web phone does not ring", {{"device", device}, {"leg", number}});
    say_ended(device, number, "cancelled");
    end(number, phone_gone_status, true);
    Phone* phone = find_phone(device);
    if (phone != nullptr && phone->reachable) {
        tell_reachable(*phone, false);
    }
}

void WebPhones::ring(const sip::Invite& command) {
    Phone* phone = find_phone(command.device);
    const core::Device* device = core::device_by_name(state_, command.device);
    if (phone != nullptr && phone->page && device != nullptr &&
        !gets_calls_of(state_, phone->page->user, device->id)) {
        // Whoever it was may not any more; the call is for somebody else.
        phone->page->say(refused_text({command.device, "no_right", "the device is not yours"}));
        remove_phone(command.device, 0);
        phone = nullptr;
    }
    if (phone == nullptr || !phone->reachable) {
        push(sip::Ended{command.leg, phone_gone_status, false, false, 0});
        return;
    }
    if (legs_of(command.device).size() >= options_.legs_max) {
        push(sip::Ended{command.leg, status_busy, false, false, 0});
        return;
    }
    PhoneLeg& leg = legs_[command.leg];
    leg.ring_timer =
        loop_.after(options_.ring_wait, [this, number = command.leg] { never_rang(number); });
    PhoneLegRecord& record = leg.kept;
    record.leg = command.leg;
    record.device = command.device;
    record.caller = command.from_user;
    record.caller_name = command.from_display;
    record.auto_answer = command.auto_answer;
    record.sdp = command.sdp;
    record.activity = command.activity;
    push(sip::Saved{command.leg, phone_leg_text(record)});
    say(command.device, ring_text(record));
}

void WebPhones::take(PhoneLeg& leg, const sip::HangUp& command) {
    say_ended(leg.kept.device, command.leg, cause_of(command, leg.kept.state));
    end(command.leg, 0, false);
}

void WebPhones::take(PhoneLeg& leg, const sip::Reinvite& command) {
    if (leg.reoffered_by != 0) {
        // Both at once: the page's offer, which voice is about to see, settles it.
        push(sip::Reanswered{command.leg, status_request_pending, {}, phone_leg_text(leg.kept)});
        return;
    }
    // Without a page it waits: the page that comes offers anew.
    leg.offer = command.sdp;
    say(leg.kept.device, description_text("phone.offer", command.leg, command.sdp));
}

void WebPhones::take(PhoneLeg& leg, const sip::AnswerReoffer& command) {
    const std::uint64_t page = std::exchange(leg.reoffered_by, 0);
    const Phone* phone = find_phone(leg.kept.device);
    if (page == 0 || phone == nullptr) {
        return;
    }
    if (leg.reoffer_next) {
        // What this answers is a connection that the page has dropped.
        leg.reoffered_by = phone->page ? phone->page->id : page;
        push(sip::Reoffer{command.leg, *std::exchange(leg.reoffer_next, std::nullopt),
                          phone_leg_text(leg.kept)});
    } else if (phone->page && phone->page->id == page && !command.sdp.empty()) {
        phone->page->say(description_text("phone.accepted", command.leg, command.sdp));
    } else if (phone->page && phone->page->id == page) {
        phone->page->say(error_text(
            PhoneError{"refused", "sdp: not a description that we can use", "sdp", command.leg}));
    }
}

void WebPhones::take(PhoneLeg& leg, const sip::AskToAnswer& command) {
    if (leg.kept.state == PhoneLegState::ringing) {
        leg.kept.auto_answer = true;  // so that a page that comes back answers, too
        push(sip::Saved{command.leg, phone_leg_text(leg.kept)});
        say(leg.kept.device, answer_now_text(command.leg));
    }
}

}  // namespace linka::voice
