// Who is whose phone: pages that start, stop, take over, vanish and come back.
#include "linka/core/view.hpp"
#include "linka/runtime/log_limited.hpp"
#include "linka/voice/web_phones.hpp"

#include <algorithm>
#include <utility>

namespace linka::voice {
namespace {

constexpr int status_lost = 408;
// Voice has stopped to take events; pages say more than that only if they mean ill.
constexpr std::size_t phone_events_max = 65'536;

// As sip::Registration's: "192.0.2.7:0 web".
std::string contact_address(const std::string& ip) {
    return (ip.find(':') == std::string::npos ? ip : "[" + ip + "]") + ":0 web";
}

}  // namespace

bool may_be_phone(const core::State& state, core::UserId id, core::DeviceId device) {
    const core::User* user = core::find_user(state, id);
    if (user == nullptr || user->deactivated) {
        return false;
    }
    const core::Session* session = core::find_session(state, id);
    const bool logged_in =
        session != nullptr && std::find(session->devices.begin(), session->devices.end(), device) !=
                                  session->devices.end();
    return logged_in ||
           std::any_of(user->devices.begin(), user->devices.end(),
                       [&](const core::DeviceRight& right) { return right.device == device; });
}

void WebPhones::said(const PhonePage& page, const PhoneMessage& message) {
    if (events_.size() >= phone_events_max) {
        page.say(error_text(PhoneError{"busy", "too much at once: try again", "", 0}));
        return;
    }
    std::visit([&](const auto& found) { heard(page, found); }, message);
    for (auto& [device, phone] : phones_) {
        if (phone.page && phone.page->id == page.id && !phone.reachable) {
            tell_reachable(phone, true);  // it sleeps no more
        }
    }
}

// Pages that may not be the phone hear when they may.
void WebPhones::await_turn(Phone& phone, const PhonePage& page) {
    const bool known = std::any_of(phone.waiting.begin(), phone.waiting.end(),
                                   [&](const PhonePage& each) { return each.id == page.id; });
    if (!known && phone.waiting.size() < options_.waiting_max) {
        phone.waiting.push_back(page);
    }
}

void WebPhones::tell_free(Phone& phone) {
    for (const PhonePage& page : std::exchange(phone.waiting, {})) {
        page.say(free_text(phone.device));
    }
}

std::optional<PhoneRefusal> WebPhones::why_not(const PhonePage& page, const PhoneStart& message) {
    const core::Device* device = core::device_by_name(state_, message.device);
    if (device == nullptr || device->deactivated || device->type != core::DeviceType::web) {
        return PhoneRefusal{message.device, "no_device", "there is no such web phone"};
    }
    if (!may_be_phone(state_, page.user, device->id)) {
        return PhoneRefusal{message.device, "no_right", "the device is not yours"};
    }
    Phone* phone = find_phone(message.device);
    const bool same_browser =
        phone != nullptr && !message.browser.empty() && phone->browser == message.browser;
    if (phone != nullptr && phone->page && phone->page->id != page.id && !same_browser &&
        !message.force) {
        await_turn(*phone, page);
        return PhoneRefusal{message.device, "elsewhere", "another page is this phone"};
    }
    const auto held = std::count_if(phones_.begin(), phones_.end(), [&](const auto& entry) {
        return entry.second.page && entry.second.page->id == page.id &&
               entry.first != message.device;
    });
    if (static_cast<std::size_t>(held) >= options_.phones_max) {
        return PhoneRefusal{message.device, "no_right", "this page is as many phones as it may be"};
    }
    return std::nullopt;
}

void WebPhones::heard(const PhonePage& page, const PhoneStart& message) {
    if (const auto refusal = why_not(page, message)) {
        page.say(refused_text(*refusal));
        return;
    }
    Phone& phone = phones_[message.device];
    phone.device = message.device;
    stop_waiting(phone);
    const bool same = phone.page && phone.page->id == page.id;
    if (phone.page && !same) {
        phone.page->say(stopped_text(message.device, "taken"));
        await_turn(phone, *phone.page);
    }
    std::erase_if(phone.waiting, [&](const PhonePage& each) { return each.id == page.id; });
    phones_gauge_.add(phone.page ? 0 : 1);
    phone.page = page;
    phone.browser = message.browser;
    tell_reachable(phone, true);
    for (const auto& [leg, cause] : std::exchange(phone.unheard, {})) {
        page.say(ended_text(leg, cause));
    }
    tell_started(phone);
    static log::Limited line;  // a page may start again and again
    line.info("web phone started",
              {{"device", phone.device}, {"user", page.user.value}, {"page", page.id}});
}

// The calls that live, and what of ours waits for an answer: a page that was there all the time may
// have missed it, a new one offers anew and so settles it.
void WebPhones::tell_started(const Phone& phone) {
    std::vector<PhoneLegRecord> calls;
    for (const sip::LegId number : legs_of(phone.device)) {
        calls.push_back(legs_.at(number).kept);
    }
    say(phone.device, started_text(phone.device, calls));
}

void WebPhones::heard(const PhonePage& page, const PhoneStop& message) {
    const Phone* phone = find_phone(message.device);
    if (phone == nullptr || !phone->page || phone->page->id != page.id) {
        page.say(error_text(
            PhoneError{"not_yours", "device: this page is not that phone", "device", 0}));
        return;
    }
    remove_phone(message.device, 0);
}

void WebPhones::closed(std::uint64_t page) {
    for (auto& [device, phone] : phones_) {
        std::erase_if(phone.waiting, [&](const PhonePage& each) { return each.id == page; });
        if (phone.page && phone.page->id == page) {
            log::info("web phone's page is gone", {{"device", device}, {"page", page}});
            phone.page.reset();
            phones_gauge_.add(-1);
            await_page(phone);
        }
    }
}

void WebPhones::missed(std::uint64_t page) {
    for (const auto& [device, phone] : phones_) {
        if (phone.page && phone.page->id == page) {
            tell_started(phone);
            for (const sip::LegId number : legs_of(device)) {
                const PhoneLeg& leg = legs_.at(number);
                if (!leg.offer.empty()) {
                    say(device, description_text("phone.offer", number, leg.offer));
                }
            }
        }
    }
}

void WebPhones::tell_reachable(Phone& phone, bool reachable) {
    sip::Registration event;
    event.device = phone.device;
    event.contacts = reachable ? 1 : 0;
    if (reachable) {
        event.can_ask_to_answer = true;
        event.user_agent = "web phone";
        event.address = phone.page ? contact_address(phone.page->address) : std::string();
        event.page_of = phone.page ? phone.page->user.value : 0;
        event.saved = phone_registration_text();
    }
    phone.reachable = reachable;
    push(std::move(event));
}

void WebPhones::await_page(Phone& phone) {
    phone.unreachable_timer =
        loop_.after(options_.unreachable_after, [this, device = phone.device] {
            if (Phone* found = find_phone(device); found != nullptr) {
                found->unreachable_timer = 0;
                tell_reachable(*found, false);
                tell_free(*found);
            }
        });
    phone.end_timer = loop_.after(
        options_.end_after, [this, device = phone.device] { remove_phone(device, status_lost); });
}

void WebPhones::stop_waiting(Phone& phone) {
    loop_.cancel(std::exchange(phone.unreachable_timer, 0));
    loop_.cancel(std::exchange(phone.end_timer, 0));
}

// Its legs end: those that are up with this status, those that ring as calls to a telephone that is
// not there, which nobody is charged for.
void WebPhones::remove_phone(const std::string& device, int up_status) {
    Phone* phone = find_phone(device);
    if (phone == nullptr) {
        return;
    }
    for (const sip::LegId number : legs_of(device)) {
        const bool rings = legs_.at(number).kept.state == PhoneLegState::ringing;
        say_ended(device, number, "hangup");
        end(number, rings ? phone_gone_status : up_status, true);
    }
    stop_waiting(*phone);
    phones_gauge_.add(phone->page ? -1 : 0);
    phone->page.reset();
    if (phone->reachable) {
        tell_reachable(*phone, false);
    }
    tell_free(*phone);
    static log::Limited line;
    line.info("web phone stopped", {{"device", device}});
    if (phone->unheard.empty()) {
        phones_.erase(std::string(device));
    }
}

}  // namespace linka::voice
