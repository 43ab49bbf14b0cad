// WebPhones: browsers as telephones, behind the seam that SIP telephones are behind. It is a
// sip::Port that stands before the real one: commands about legs of web devices become messages to
// the page that is the device's phone, everything else passes through; the events of both come out
// of one descriptor. So voice treats a browser like any other telephone, and knows nothing of it.
//
// A page comes and goes (reload, sleep, network). A phone whose page is gone stays reachable for
// `unreachable_after` and its legs live for `end_after`; a page that says `phone.start` within that
// time goes on with them. The same holds after a restart of the server.
//
// It knows nothing of sockets: pages are numbers with a user and a way to speak to them. All on the
// loop's thread, send() too.
#pragma once

#include "linka/core/ids.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/runtime/metrics.hpp"
#include "linka/runtime/wakeup.hpp"
#include "linka/sip/port.hpp"
#include "linka/voice/phone_message.hpp"
#include "linka/voice/phone_texts.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linka::core {
struct State;
}

namespace linka::voice {

/// The status of a call that a phone does not ring for: to the core it is unreachable, whether or
/// not it rang before.
inline constexpr int phone_gone_status = 410;

/// A page that is or wants to be a phone.
struct PhonePage {
    std::uint64_t id = 0;  // never used twice while the program runs
    core::UserId user;
    std::string address;  // IP address of the browser
    std::function<void(std::string)> say;
};

struct PhoneOptions {
    /// A phone whose page is gone counts as reachable for so long, and its legs live so long.
    Duration unreachable_after = 5s;
    Duration end_after = 30s;
    /// A page that is told of a call and neither rings nor answers for so long sleeps, or its
    /// connection is dead: the call ends as one that never rang, and the phone is unreachable until
    /// the page says something.
    Duration ring_wait = 5s;
    /// Beyond it calls to the device are busy.
    std::size_t legs_max = 8;
    /// How many phones one page may be.
    std::size_t phones_max = 4;
    /// How many pages are told when a phone becomes free; others find out when they ask.
    std::size_t waiting_max = 16;
};

class WebPhones final : public sip::Port {
  public:
    /// Takes the texts of web phones out of what a restart hands back; the rest is the inner
    /// port's.
    static sip::Restore take_own(sip::Restore& restore);

    /// `loop`, `inner` and `state` must outlive it. `own` comes from take_own().
    WebPhones(runtime::Loop& loop, sip::Port& inner, const core::State& state,
              const sip::Restore& own, PhoneOptions options);
    /// As of any port: says nothing more, the legs can be restored.
    ~WebPhones() override;
    WebPhones(const WebPhones&) = delete;
    WebPhones& operator=(const WebPhones&) = delete;

    // ---- Pages ----
    void said(const PhonePage& page, const PhoneMessage& message);
    /// The page is gone without a word.
    void closed(std::uint64_t page);
    /// The page may have missed messages: it gets `phone.started` again.
    void missed(std::uint64_t page);

    // ---- sip::Port ----
    [[nodiscard]] bool send(sip::Command command) override;
    [[nodiscard]] int events_fd() const override { return both_.get(); }
    std::vector<sip::Event> take_events() override;
    [[nodiscard]] int port() const override { return inner_.port(); }
    [[nodiscard]] int tls_port() const override { return inner_.tls_port(); }

  private:
    struct Phone {
        std::string device;
        std::optional<PhonePage> page;  // none: gone for the moment
        std::string browser;            // of that page, as it said
        bool reachable = false;
        std::vector<PhonePage> waiting;  // pages that want to be it and may not
        // What ended while no page was there, for the page that comes: leg and cause.
        std::vector<std::pair<sip::LegId, std::string>> unheard;
        runtime::Loop::TimerId unreachable_timer = 0;
        runtime::Loop::TimerId end_timer = 0;
    };
    struct PhoneLeg {
        PhoneLegRecord kept;
        runtime::Loop::TimerId ring_timer = 0;    // 0: it rings at the page, or has done so
        std::string offer;                        // ours that waits for `phone.reanswer`; or empty
        std::uint64_t reoffered_by = 0;           // page whose `phone.reoffer` voice has; 0: none
        std::optional<std::string> reoffer_next;  // came meanwhile, replaces it
    };

    // web_phones.cpp: the port's side
    void watch_both();
    void restore(const sip::Restore& own);
    void push(sip::Event event);
    void say(const std::string& device, std::string text);
    void end(sip::LegId leg, int status, bool by_peer);
    void say_ended(const std::string& device, sip::LegId leg, std::string_view cause);
    void never_rang(sip::LegId leg);
    [[nodiscard]] bool is_web(const std::string& device) const;
    [[nodiscard]] Phone* find_phone(const std::string& device);
    [[nodiscard]] std::vector<sip::LegId> legs_of(const std::string& device) const;
    void ring(const sip::Invite& command);
    void take(PhoneLeg& leg, const sip::HangUp& command);
    void take(PhoneLeg& leg, const sip::Reinvite& command);
    void take(PhoneLeg& leg, const sip::AnswerReoffer& command);
    void take(PhoneLeg& leg, const sip::AskToAnswer& command);
    template <typename Other>
    void take(PhoneLeg& /*leg*/, const Other& /*command*/) {}

    // phone_pages.cpp: who is whose phone
    void heard(const PhonePage& page, const PhoneStart& message);
    void heard(const PhonePage& page, const PhoneStop& message);
    [[nodiscard]] std::optional<PhoneRefusal> why_not(const PhonePage& page,
                                                      const PhoneStart& message);
    void await_turn(Phone& phone, const PhonePage& page);
    void tell_free(Phone& phone);
    void tell_started(const Phone& phone);
    void tell_reachable(Phone& phone, bool reachable);
    void await_page(Phone& phone);
    void stop_waiting(Phone& phone);
    void remove_phone(const std::string& device, int up_status);

    // phone_legs.cpp: what a page says about its calls
    void heard(const PhonePage& page, const PhoneRinging& message);
    void heard(const PhonePage& page, const PhoneAnswer& message);
    void heard(const PhonePage& page, const PhoneReject& message);
    void heard(const PhonePage& page, const PhoneHangup& message);
    void heard(const PhonePage& page, const PhoneReoffer& message);
    void heard(const PhonePage& page, const PhoneReanswer& message);
    void heard(const PhonePage& page, const PhoneDigit& message);
    [[nodiscard]] PhoneLeg* leg_of(const PhonePage& page, sip::LegId leg);
    [[nodiscard]] PhoneLeg* leg_of(const PhonePage& page, sip::LegId leg, PhoneLegState state);
    void refuse_offer(PhoneLeg& leg);
    void rings_there(PhoneLeg& leg);

    runtime::Loop& loop_;
    sip::Port& inner_;
    const core::State& state_;
    const PhoneOptions options_;

    runtime::Wakeup wakeup_;
    runtime::Fd both_;  // an epoll descriptor: readable when we or the inner port have events
    std::vector<sip::Event> events_;
    std::map<std::string, Phone> phones_;  // by device
    std::map<sip::LegId, PhoneLeg> legs_;

    metrics::Gauge phones_gauge_{"linka_web_phones", "Web phones that have a page."};
};

/// A user's own web device, or one that they are logged in to.
bool may_be_phone(const core::State& state, core::UserId user, core::DeviceId device);

}  // namespace linka::voice
