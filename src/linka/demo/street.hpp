// Street: everybody outside of the server in the demo. Customers who call through the server's
// trunk, telephones that its calls ring, and people
// whom it dials in the public network; all are legs of one sip::Port with their audio at a
// media worker, so the server sees nothing but ordinary SIP and RTP. Who calls when, and what is
// said, comes from the server. All on the loop's thread.
#pragma once

#include "linka/demo/protocol.hpp"
#include "linka/media/client/media.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/sip/port.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace linka::demo {

class Street {
  public:
    /// The name under which `port` must know the server, as a trunk.
    static constexpr std::string_view trunk = "linka";

    struct Options {
        std::string address = "127.0.0.1";  // of our audio
        sip::LegId first_outgoing = 2;      // even
    };

    /// `notify` hears what the server is to be told. All outlive it.
    Street(runtime::Loop& loop, sip::Port& port, Options options,
           std::function<void(const Notice&)> notify);
    ~Street();
    Street(const Street&) = delete;
    Street& operator=(const Street&) = delete;

    /// Must be given before anything is taken; null: there is none any more.
    void set_media(media::Media* media) { media_ = media; }
    void take(const Call& call);
    void take(const Say& say);
    void take(const HangUp& hang_up);
    /// Which telephones are there to be rung.
    void take(const Phones& phones);
    /// Who is there to be dialled in the public network, once.
    void take(const Expect& expect);
    /// Everybody hangs up; nobody is called or answers any more.
    void end_all();

    /// What the port and the media workers tell.
    void heard(const sip::Event& event);
    void heard(const media::Notice& notice);
    void lost(const std::vector<media::LegId>& legs);

    [[nodiscard]] std::size_t legs() const { return legs_.size(); }

  private:
    struct Leg {
        CallId call = 0;  // of a customer; 0: a telephone
        bool answered = false;
        bool ending = false;
        std::string early;                   // description that came before the answer
        std::string digits;                  // to press after the answer
        std::vector<media::PlayItem> items;  // to say, once answered
        media::PlayId play = 0;              // being said; 0: silence
        std::int64_t answer_ms = 0;          // below 0: never
        int status = 0;                      // refused with it instead
        runtime::Loop::TimerId timer = 0;
    };

    void on(const sip::Incoming& event);
    void on(const sip::Progress& event);
    void on(const sip::Answered& event);
    void on(const sip::Confirmed& event);
    void on(const sip::Reoffer& event);
    void on(const sip::Ended& event);
    template <typename T>
    void on(const T& /*event*/) {}

    void invite(sip::LegId leg, const Call& call, const media::Reply& reply);
    void ring(sip::LegId leg, const media::Reply& reply);
    /// Who picks up what this call dials, and how; null: nobody.
    [[nodiscard]] std::optional<Phone> callee(std::string_view number, int& status);
    void say(sip::LegId id, Leg& leg);
    void hang_up(sip::LegId id, Leg& leg);
    void forget(sip::LegId id);
    void command(sip::Command command);
    [[nodiscard]] Leg* find(sip::LegId id);
    [[nodiscard]] std::map<sip::LegId, Leg>::iterator leg_of(CallId call);
    [[nodiscard]] media::LegOpen opening(sip::LegId leg, std::string offer) const;

    runtime::Loop& loop_;
    sip::Port& port_;
    media::Media* media_ = nullptr;
    const Options options_;
    std::function<void(const Notice&)> notify_;

    std::map<sip::LegId, Leg> legs_;
    std::map<std::string, Phone, std::less<>> phones_;  // by name
    std::deque<Expect> expected_;                       // oldest first
    sip::LegId next_outgoing_;
    media::PlayId last_play_ = 0;
    bool closed_ = false;
};

}  // namespace linka::demo
