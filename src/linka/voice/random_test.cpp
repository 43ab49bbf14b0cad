// Random effects, peers, pages, workers and crashes in random order. Goal: whatever happens, every
// leg ends exactly once and nothing is left behind (checked by the rig and its fakes). Method: a
// seeded generator plays the core, the peers, the pages and the workers; the seed alone reproduces
// a run.
#include "linka/voice/test_rig.hpp"

#include <random>

namespace linka::voice {
namespace {

class Chaos {
  public:
    explicit Chaos(unsigned seed) : random_(seed), rig_(2, 12) {
        rig_.options.reopen_max = 1000;
        core::User user;
        user.id = core::UserId{10};
        user.devices.push_back({core::DeviceId{4}, 0s, 0s});
        rig_.state.users[user.id] = user;
        rig_.start();
    }

    void run(int steps) {
        for (int i = 0; i < steps; ++i) {
            step();
        }
        rig_.workers.open_error.clear();
        rig_.workers.remote_error.clear();
        rig_.port.full = false;
        rig_.settle();
        // Legs whose media waits for a retry end like the others.
        rig_.expect_all_end();
    }

  private:
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
    bool chance(int percent) { return pick(100) < percent; }

    // A leg that the core knows; sometimes one that it does not.
    core::LegId leg() {
        if (rig_.state.legs.empty() || chance(3)) {
            return core::LegId{pick(200)};
        }
        auto place = rig_.state.legs.begin();
        std::advance(place, pick(static_cast<int>(rig_.state.legs.size())));
        return place->first;
    }
    sip::LegId dialog() {
        if (rig_.port.dialogs.empty()) {
            return 0;
        }
        auto place = rig_.port.dialogs.begin();
        std::advance(place, pick(static_cast<int>(rig_.port.dialogs.size())));
        return place->first;
    }
    std::string sdp() {
        static const char* const choices[] = {"", "sendonly", "a", "b", "m=audio 1 RTP/AVP 8\n"};
        return choices[pick(5)];
    }

    void effect() {
        const core::LegId one = leg();
        switch (pick(15)) {
            case 0:
                return rig_.carry_out({core::RingLeg{one}});
            case 1:
            case 2:
                return rig_.carry_out({core::AnswerLeg{one}});
            case 3:
                return rig_.carry_out({core::RefuseLeg{one, core::RefuseCause::busy}});
            case 4:
            case 5:
                rig_.dial(1 + pick(5), one.value);
                return;
            case 6:
                return rig_.carry_out({core::EndLeg{one, chance(50)}});
            case 7:
            case 8:
                if (const core::LegId other = leg(); other != one) {
                    rig_.carry_out({core::ConnectLegs{one, other}});
                }
                return;
            case 9:
                return rig_.carry_out({core::DisconnectLeg{one}});
            case 10:
                return rig_.carry_out(
                    {core::PlaySounds{one, core::PlayId{++play_}, {}, chance(50)}});
            case 11:
                return rig_.carry_out({core::StopSounds{one}, core::MuteLeg{one, chance(50)}});
            case 12:
                return rig_.carry_out({core::EchoLeg{one}, core::AskToAnswer{one}});
            case 13:
                return rig_.carry_out(
                    {core::StartRecording{core::RecordingId{1 + pick(5)}, "f", one, leg()}});
            default:
                return rig_.carry_out({core::StopRecording{core::RecordingId{1 + pick(5)}},
                                       core::SendDtmf{one, "1"}});
        }
    }

    void peer() {
        const sip::LegId one = dialog();
        const bool incoming = one % 2 != 0;
        switch (pick(8)) {
            case 0:
                rig_.port.call("226000001", sdp(), chance(20) ? "330" : "");
                return;
            case 1:
                if (one != 0 && !incoming && !rig_.port.dialogs[one].answered) {
                    rig_.port.ring(one, sdp(), chance(20));
                }
                return;
            case 2:
                if (one != 0 && !incoming) {
                    rig_.port.answer(one, sdp());
                }
                return;
            case 3:
            case 4:
                if (one != 0 && incoming) {
                    rig_.port.acknowledge(one, sdp());
                }
                return;
            case 5:
                return rig_.port.reoffer(one, sdp());
            case 6:
                return rig_.port.reanswer(one, chance(70) ? 200 : (chance(50) ? 491 : 488), sdp());
            default:
                return chance(30) ? rig_.port.end(one, chance(50) ? 0 : 486) : void();
        }
    }

    // Two pages that both want to be the phone 820, and say what they like about any leg.
    void page() {
        const PhonePage page{static_cast<std::uint64_t>(1 + pick(2)), core::UserId{10}, "127.0.0.1",
                             [](const std::string&) {}};
        const sip::LegId one = leg().value;
        const auto say = [&](const PhoneMessage& message) { rig_.phones->said(page, message); };
        switch (pick(12)) {
            case 0:
            case 1:
                return say(PhoneStart{"820", chance(50), chance(50) ? "one" : ""});
            case 2:
                return chance(10) ? say(PhoneStop{"820"}) : rig_.phones->missed(page.id);
            case 3:
                return chance(20) ? rig_.phones->closed(page.id) : void();
            case 4:
                return say(PhoneRinging{one});
            case 5:
            case 6:
                return say(PhoneAnswer{one, "v=0" + sdp()});
            case 7:
                return chance(30) ? say(PhoneReject{one}) : say(PhoneDigit{one, "5"});
            case 8:
                return chance(20) ? say(PhoneHangup{one}) : void();
            case 9:
            case 10:
                return say(PhoneReoffer{one, "v=0" + sdp()});
            default:
                return say(PhoneReanswer{one, "v=0" + sdp()});
        }
    }

    void worker() {
        switch (pick(12)) {
            case 0:
                return chance(10) ? rig_.media->kill(pick(2), chance(50)) : void();
            case 1:
                rig_.workers.open_error = chance(30) ? "lost" : chance(10) ? "full" : "";
                return;
            case 2:
                rig_.workers.remote_error = chance(20) ? "bad_sdp" : "";
                return;
            case 3:
                rig_.media->notice(media::PlayDone{leg().value, play_ - pick(3), ""});
                return;
            case 4:
                rig_.media->notice(media::Dtmf{leg().value, "5"});
                return;
            case 5:
                rig_.media->notice(media::Quiet{leg().value, 30 * pick(4)});
                return;
            default:
                rig_.media->deliver();
        }
    }

    void step() {
        switch (pick(17)) {
            case 14:
            case 15:
            case 16:
                return page();
            case 0:
            case 1:
            case 2:
                return effect();
            case 3:
            case 4:
            case 5:
                return peer();
            case 6:
            case 7:
            case 8:
                return worker();
            case 9:
                rig_.port.full = chance(10);
                return;
            case 10:
                return rig_.settle();
            case 11:
                if (chance(5)) {
                    rig_.port.full = false;
                    rig_.settle_sip();
                    rig_.crash(chance(30));
                    rig_.start();
                }
                return;
            default:
                rig_.loop.step(0us);
        }
    }

    std::mt19937 random_;
    TestRig rig_;
    std::int64_t play_ = 0;
};

TEST(Chaos, leaves_nothing_behind) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(text::format("seed {}", seed));
        Chaos(seed).run(1500);
        if (::testing::Test::HasFailure()) {
            return;
        }
    }
}

}  // namespace
}  // namespace linka::voice
