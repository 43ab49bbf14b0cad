// TestRig: a whole voice between fakes, with a very small core that only keeps the list of legs. It
// checks what must always hold: each leg that the core knows ends exactly once, and nothing is left
// behind (media legs, dialogs, side records). The test plays the core, the peers and the workers.
#pragma once

#include "linka/core/state.hpp"
#include "linka/core/view.hpp"
#include "linka/voice/fake_media.hpp"
#include "linka/voice/fake_port.hpp"
#include "linka/voice/leg.hpp"
#include "linka/voice/voice.hpp"
#include "linka/voice/web_phones.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace linka::voice {

inline core::LegId id(LegNumber leg) {
    return core::LegId{leg};
}

class TestRig {
  public:
    explicit TestRig(int worker_count = 1, std::size_t legs_max = 100) {
        workers.workers = worker_count;
        options.legs_max = legs_max;
        options.reopen_wait = 1us;
        options.reinvite_wait = 1us;
        options.port_wait = 1us;
        options.close_wait = 1h;
        options.hang_up_wait = 1h;
        options.info_wait = 1us;
        options.info_gap = 1us;
        options.referral_settle = 1us;
        options.referral_wait = 1h;
        core::Trunk trunk;
        trunk.id = core::TrunkId{1};
        trunk.name = "loopback";
        trunk.host = "127.0.0.1";
        state.trunks.emplace(trunk.id, trunk);
        add_device(1, "330", core::DeviceType::sip);
        add_device(2, "331", core::DeviceType::sip);
        add_device(3, "00420777123456", core::DeviceType::external);
        add_device(4, "820", core::DeviceType::web);
    }

    void add_device(std::int64_t id, const std::string& name, core::DeviceType type) {
        core::Device device;
        device.id = core::DeviceId{id};
        device.name = name;
        device.type = type;
        device.number = name;
        state.devices[device.id] = device;
        core::DeviceLive live;
        live.device = device.id;
        state.device_lives[device.id] = live;
        state.index.devices_by_name[name] = device.id;
    }

    /// Starts voice from what is saved; the workers report at once.
    void start() {
        start_unready();
        media->ready();
        settle();
    }
    void start_unready() {
        Sink sink;
        sink.submit = [this](core::Input input) { take(std::move(input)); };
        sink.save = [this](const std::string& kind, const std::string& key,
                           const std::optional<std::string>& value) {
            if (value) {
                side[{kind, key}] = *value;
            } else {
                side.erase({kind, key});
            }
        };
        phones =
            std::make_unique<WebPhones>(loop, port, state, std::exchange(own_, {}), phone_options);
        voice = std::make_unique<Voice>(
            loop, *phones,
            [this](media::Events events) {
                auto made = std::make_unique<FakeMedia>(workers, std::move(events));
                media = made.get();
                return made;
            },
            state, std::move(sink), options, side);
    }
    /// The server dies; with `media_dies` the workers too.
    void crash(bool media_dies = false) {
        voice.reset();
        phones.reset();
        if (media_dies) {
            workers.legs.clear();
            workers.recordings.clear();
        }
        sip::Restore restore = sip_restore(side);
        own_ = WebPhones::take_own(restore);
        port.restart(restore);
    }

    void carry_out(const std::vector<core::Effect>& effects) {
        for (const core::Effect& effect : effects) {
            if (const auto* dial = std::get_if<core::DialDevice>(&effect)) {
                add_leg(dial->leg, false);
            } else if (const auto* number = std::get_if<core::DialNumber>(&effect)) {
                add_leg(number->leg, false);
            }
        }
        voice->carry_out(effects);
    }

    /// Lets everything that waits happen: SIP events, media replies, timers that are due.
    void settle() {
        for (int quiet = 0; quiet < 3;) {
            const std::size_t before = progress_;
            loop.step(0us);
            while (media->deliver()) {
                ++progress_;
            }
            quiet = before == progress_ ? quiet + 1 : 0;
        }
    }
    /// The same, and the timers of a microsecond that were set so far have come.
    void settle_timers() {
        settle();
        bool due = false;
        loop.after(2us, [&] { due = true; });
        while (!due) {
            loop.step(1ms);
        }
        settle();
    }
    /// SIP events and timers only: media is slow.
    void settle_sip() {
        for (int i = 0; i < 3; ++i) {
            loop.step(0us);
        }
    }

    template <typename T>
    [[nodiscard]] std::vector<T> told() const {
        std::vector<T> found;
        for (const auto& input : inputs) {
            if (const T* match = std::get_if<T>(&input)) {
                found.push_back(*match);
            }
        }
        return found;
    }
    [[nodiscard]] const core::LegEndedReport* end_of(LegNumber leg) const {
        const auto found = ends.find(leg);
        return found == ends.end() ? nullptr : &found->second;
    }
    [[nodiscard]] FakeWorkers::MediaLeg* media_leg(LegNumber leg) {
        const auto found = workers.legs.find(leg);
        return found == workers.legs.end() ? nullptr : &found->second;
    }

    // ---- Short cuts ----
    core::LegId dial(std::int64_t device = 1, LegNumber near = 0) {
        core::DialDevice effect;
        effect.leg = core::LegId{next_dialled_};
        next_dialled_ += 2;
        effect.call = core::CallId{1};
        effect.device = core::DeviceId{device};
        effect.caller = "777123456";
        effect.near = core::LegId{near};
        carry_out({effect});
        return effect.leg;
    }
    /// A caller who has been answered and acknowledged.
    LegNumber caller_up() {
        const LegNumber leg = port.call("226000001", caller_sdp);
        settle();
        carry_out({core::AnswerLeg{core::LegId{leg}}});
        settle();
        port.acknowledge(leg);
        settle();
        return leg;
    }
    /// A phone that has answered.
    LegNumber phone_up(LegNumber near = 0, std::int64_t device = 1) {
        const LegNumber leg = dial(device, near).value;
        settle();
        port.answer(leg, phone_sdp);
        settle();
        return leg;
    }
    std::pair<LegNumber, LegNumber> talking() {
        const LegNumber caller = caller_up();
        const LegNumber phone = phone_up(caller);
        carry_out({core::ConnectLegs{core::LegId{caller}, core::LegId{phone}}});
        settle();
        return {caller, phone};
    }

    /// Nothing is left behind, and every leg has ended once.
    void expect_clean() {
        settle();
        EXPECT_TRUE(workers.legs.empty()) << workers.legs.size() << " media legs";
        EXPECT_TRUE(port.dialogs.empty()) << port.dialogs.size() << " dialogs";
        EXPECT_TRUE(state.legs.empty()) << state.legs.size() << " legs without an end";
        EXPECT_EQ(voice->legs(), 0U);
        for (const auto& [place, value] : side) {
            EXPECT_NE(place.first, "voice_leg") << value;
        }
    }
    void expect_all_end() {
        voice->end_all();
        expect_clean();
    }

    const std::string caller_sdp =
        "caller\nm=audio 1000 RTP/AVP 0 8 101\na=rtpmap:101 telephone-event/8000\n";
    const std::string phone_sdp =
        "phone\nm=audio 2000 RTP/AVP 8 101\na=rtpmap:101 telephone-event/8000\n";

    runtime::Loop loop;
    core::State state;
    FakePort port;
    FakeWorkers workers;
    Side side;
    Options options;
    std::vector<core::Input> inputs;
    std::map<LegNumber, core::LegEndedReport> ends;
    PhoneOptions phone_options{.unreachable_after = 1h, .end_after = 1h, .ring_wait = 1h};
    std::unique_ptr<WebPhones> phones;  // before the port, as in the server
    std::unique_ptr<Voice> voice;
    FakeMedia* media = nullptr;

  private:
    void add_leg(core::LegId id, bool incoming) {
        EXPECT_EQ(state.legs.count(id), 0U) << "leg told twice: " << id.value;
        core::Leg leg;
        leg.id = id;
        leg.incoming = incoming;
        state.legs[id] = leg;
    }
    void take(core::Input input) {
        ++progress_;
        if (const auto* arrived = std::get_if<core::CallArrivedReport>(&input)) {
            add_leg(arrived->leg, true);
        } else if (const auto* answered = std::get_if<core::LegAnsweredReport>(&input)) {
            EXPECT_EQ(state.legs.count(answered->leg), 1U) << "answered without a leg";
            state.legs[answered->leg].state = core::LegState::answered;
        } else if (const auto* held = std::get_if<core::LegHeldReport>(&input)) {
            state.legs[held->leg].held = held->held;
        } else if (const auto* ended = std::get_if<core::LegEndedReport>(&input)) {
            EXPECT_EQ(state.legs.erase(ended->leg), 1U) << "ended twice: " << ended->leg.value;
            ends[ended->leg.value] = *ended;
        } else if (const auto* restored = std::get_if<core::ProgramStartedReport>(&input)) {
            std::map<core::LegId, core::Leg> kept;
            for (const core::LegId leg : restored->legs) {
                EXPECT_EQ(state.legs.count(leg), 1U) << "restored a stranger: " << leg.value;
                kept[leg] = state.legs[leg];
            }
            state.legs = std::move(kept);
        }
        inputs.push_back(std::move(input));
    }

    sip::Restore own_;  // what the web phones get back
    LegNumber next_dialled_ = 2;
    std::size_t progress_ = 0;
};

}  // namespace linka::voice
