// Goal: effects leave in the order of the turns, whatever the store does; what cannot be kept is
// not promised; the store learns which writes somebody on the line waits for.
#include "linka/app/engine.hpp"

#include "linka/app/demo.hpp"
#include "linka/app/testing/kept_writes.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"

#include <gtest/gtest.h>

namespace linka::app {
namespace {

TEST(Engine, AnAnswerIsUrgentAndItsEndIsNot) {
    KeptWrites store;
    runtime::Loop loop;
    Engine engine(loop, store);
    const Apply apply = [&](const core::Input& input) { return engine.apply_now(input); };
    ASSERT_TRUE(seed_base(apply).ok());
    core::Route echo;
    echo.did = "226000099";
    echo.destination = {core::DestinationKind::echo, ""};
    ASSERT_EQ(apply(core::SaveRoute{echo}).kind, core::Reply::Kind::ok);
    const auto written = [&] {
        loop.step({});
        return store.writes.back().urgent;
    };
    EXPECT_FALSE(written());

    const core::LegId leg{1};
    apply(core::CallArrivedReport{leg, {}, "loopback", "226000099", "00420601000001", {}, {}});
    EXPECT_TRUE(written());
    apply(core::LegEndedReport{.leg = leg});
    EXPECT_FALSE(written());
}

// Goal: the change log cannot lose what was changed. Method: its entry is in the write of the
// events; that of a refused input is in none.
TEST(Engine, WhatIsNotedOfAnInputIsWrittenWithItsEvents) {
    KeptWrites store;
    runtime::Loop loop;
    Engine engine(loop, store);
    core::Route echo;
    echo.did = "226000099";
    echo.destination = {core::DestinationKind::echo, ""};
    const api::Note note = [](const core::Reply&, const core::State& state) {
        store::Change change;
        change.detail = std::to_string(state.routing.routes.size());
        return std::optional(change);
    };
    ASSERT_TRUE(engine.submit(core::SaveRoute{echo}, {}, note, {}));
    ASSERT_TRUE(engine.submit(core::RemoveRoute{core::RouteId{77}}, {}, note, {}));
    loop.step({});
    loop.step({});
    ASSERT_EQ(store.writes.size(), 1U);
    ASSERT_EQ(store.writes[0].events.size(), 1U);
    ASSERT_EQ(store.writes[0].changes.size(), 1U);
    EXPECT_EQ(store.writes[0].changes[0].detail, "1") << "after it";
}

// Goal: what was judged by what is no longer so is not done, and whoever asked hears of it after
// what came before. Method: two that want there to be no route yet.
TEST(Engine, WhatIsJudgedByWhatIsOutdatedIsNotDone) {
    KeptWrites store;
    runtime::Loop loop;
    Engine engine(loop, store);
    core::Route echo;
    echo.did = "226000099";
    echo.destination = {core::DestinationKind::echo, ""};
    std::vector<core::Reply::Kind> told;
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(engine.submit(
            core::SaveRoute{echo}, [&](const core::Reply& reply) { told.push_back(reply.kind); },
            {}, [](const core::State& state) { return state.routing.routes.empty(); }));
    }
    loop.step({});
    loop.step({});
    ASSERT_EQ(store.writes.size(), 1U);
    EXPECT_EQ(store.writes[0].events.size(), 1U);
    store.settle(0);
    loop.step({});
    EXPECT_EQ(told, (std::vector{core::Reply::Kind::ok, core::Reply::Kind::outdated}));
}

// So many events that the store refuses them: followers hear of them all the same, and the store
// gets them, whole, when it has room.
TEST(Engine, WhatAFullStoreRefusesIsToldAndGivenAgain) {
    KeptWrites store;
    runtime::Loop loop;
    Engine engine(loop, store);
    std::vector<std::int64_t> told;
    engine.subscribe([&](const core::State&, const std::vector<core::Record>& events) {
        for (const core::Record& event : events) {
            told.push_back(event.seq);
        }
    });
    store.full = true;
    core::Route echo;
    echo.did = "226000099";
    echo.destination = {core::DestinationKind::echo, ""};
    ASSERT_EQ(engine.apply_now(core::SaveRoute{echo}).kind, core::Reply::Kind::ok);
    loop.step({});
    loop.step({});
    EXPECT_EQ(told, std::vector<std::int64_t>{1});
    store.full = false;
    for (int i = 0; i < 10 && store.writes.empty(); ++i) {
        loop.step(1s);  // until it tries again
    }
    ASSERT_EQ(store.writes.size(), 1U);
    ASSERT_EQ(store.writes[0].events.size(), 1U);
    EXPECT_EQ(store.writes[0].events[0].seq, 1);
    EXPECT_TRUE(std::holds_alternative<core::RouteSaved>(store.writes[0].events[0].event));
    EXPECT_EQ(told.size(), 1U);
}

std::string said(const core::Reply& reply) {
    return reply.kind == core::Reply::Kind::unavailable ? "unavailable" : "decided";
}

// An engine with a line that answers itself, what leaves it, and what people are told.
struct Office {
    KeptWrites store;
    runtime::Loop loop;
    Engine engine{loop, store};
    std::vector<std::string> left;
    std::vector<bool> refusing;
    std::int64_t calls = 0;

    Office() {
        EXPECT_TRUE(seed_base([&](const core::Input& input) { return engine.apply_now(input); }));
        core::Route echo;
        echo.did = "226000099";
        echo.destination = {core::DestinationKind::echo, ""};
        engine.apply(core::SaveRoute{echo});
        engine.on_refusing([this](bool on) { refusing.push_back(on); });
        turn();
        store.settle(0);
        turn();
        engine.on_effects([this](const std::vector<core::Effect>& effects) {
            for (const core::Effect& effect : effects) {
                if (const auto* answer = std::get_if<core::AnswerLeg>(&effect)) {
                    left.push_back(text::format("answer {}", answer->leg.value));
                } else if (const auto* end = std::get_if<core::EndLeg>(&effect)) {
                    left.push_back(text::format("end {}", end->leg.value));
                }
            }
        });
        engine.show_life();
    }
    void turn() { loop.step({}); }
    core::LegId arrives() {
        const core::LegId leg{2 * ++calls - 1};
        engine.apply(
            core::CallArrivedReport{leg, {}, "loopback", "226000099", "00420601000001", {}, {}});
        return leg;
    }
    std::string asks(const core::Input& input) {
        std::string told = "nothing";
        engine.apply(input, [&](const core::Reply& reply) { told = said(reply); });
        turn();
        turn();
        return told;
    }
};

core::SavePause pause_named(const std::string& name) {
    core::Pause pause;
    pause.name = name;
    pause.title = name;
    return {pause};
}

// A turn that the store's full queue refused is settled at once; the one before, which waits for
// the disk, must leave first all the same: else a telephone rings for a call that is over.
TEST(Engine, EffectsLeaveInTheOrderOfTheirTurns) {
    Office office;
    const core::LegId first = office.arrives();
    office.turn();
    office.store.full = true;
    const core::LegId second = office.arrives();
    office.turn();
    office.turn();
    EXPECT_TRUE(office.left.empty());
    office.store.settle(1);
    office.turn();
    ASSERT_EQ(office.left.size(), 2U);
    EXPECT_EQ(office.left[0], text::format("answer {}", first.value));
    EXPECT_EQ(office.left[1], text::format("answer {}", second.value));
}

// What is kept leaves; whoever asked reads what they wrote, so that answers and pages wait.
TEST(Engine, EffectsLeaveWhenTheyAreKeptAndAnswersWhenTheyCanBeRead) {
    Office office;
    std::size_t told = 0;
    office.engine.subscribe([&](const core::State&, const std::vector<core::Record>& events) {
        told += events.size();
    });
    const core::LegId first = office.arrives();
    office.turn();
    std::string answer;
    office.engine.apply(pause_named("lunch"),
                        [&](const core::Reply& reply) { answer = said(reply); });
    office.turn();
    const core::LegId third = office.arrives();
    office.turn();
    ASSERT_EQ(office.store.writes.size(), 4U);
    office.store.writes[3].kept();
    office.turn();
    EXPECT_TRUE(office.left.empty()) << "it passed those before it";
    office.store.writes[1].kept();
    office.store.writes[2].kept();
    office.turn();
    EXPECT_EQ(office.left, (std::vector<std::string>{text::format("answer {}", first.value),
                                                     text::format("answer {}", third.value)}));
    EXPECT_EQ(told, 0U);
    EXPECT_EQ(answer, "");
    office.store.settle(1);
    office.store.settle(2);
    office.turn();
    EXPECT_GT(told, 0U);
    EXPECT_EQ(answer, "decided");
    EXPECT_EQ(office.left.size(), 2U) << "carried out twice";
}

// It is there after a crash, whatever the database says meanwhile.
TEST(Engine, WhatIsKeptIsPromisedAlsoWhileTheDatabaseRefuses) {
    Office office;
    std::string answer;
    office.engine.apply(pause_named("lunch"),
                        [&](const core::Reply& reply) { answer = said(reply); });
    office.turn();
    office.store.writes[1].kept();
    office.store.refuses = "the disk is full";
    office.store.settle(1);
    office.turn();
    EXPECT_EQ(answer, "decided");
    EXPECT_EQ(office.refusing, std::vector<bool>{true});
}

TEST(Engine, WhileTheDiskRefusesNothingNewIsPromised) {
    Office office;
    const core::LegId leg = office.arrives();
    office.turn();
    office.store.refuses = "the disk is full";
    office.store.settle(1);
    office.turn();
    EXPECT_EQ(office.left.size(), 1U);  // who is on the line already is answered
    EXPECT_EQ(office.refusing, std::vector<bool>{true});
    EXPECT_EQ(office.asks(pause_named("lunch")), "unavailable");
    EXPECT_EQ(office.asks(core::CallOut{.user = {}, .number = "601000001", .queue = {}}),
              "unavailable");
    EXPECT_NE(office.asks(core::CallOut{.user = {}, .number = "112", .queue = {}}), "unavailable");
    EXPECT_EQ(office.asks(core::CloseActivity{}), "unavailable");
    office.engine.apply(core::LegEndedReport{.leg = leg});
    office.turn();
    office.store.refuses.clear();
    for (int i = 0; i < 10 && office.refusing.size() < 2; ++i) {
        office.loop.step(1s);
    }
    EXPECT_EQ(office.refusing, (std::vector<bool>{true, false}));
}

// The worker forgets a recording once it is released, and could not tell of it again after a crash.
TEST(Engine, ARecordingIsReleasedOnceItsEndIsKept) {
    Office office;
    std::vector<core::RecordingId> released;
    office.engine.on_effects([&](const std::vector<core::Effect>& effects) {
        for (const core::Effect& effect : effects) {
            if (const auto* release = std::get_if<core::ReleaseRecording>(&effect)) {
                released.push_back(release->recording);
            }
        }
    });
    office.store.refuses = "the disk is full";
    office.engine.apply(core::RecordingEndedReport{core::RecordingId{7}, 1s, 1, false, {}});
    office.turn();
    office.store.settle(1);
    office.turn();
    EXPECT_TRUE(released.empty());
    office.store.refuses.clear();
    for (int i = 0; i < 10 && released.empty(); ++i) {
        office.loop.step(1s);
    }
    EXPECT_EQ(released, std::vector<core::RecordingId>{core::RecordingId{7}});
}

// Until then nothing that fell due is decided, whatever else comes in.
TEST(Engine, TimeGoesOnOnceItIsKnownWhichCallsLive) {
    store::Loaded loaded;
    {
        core::State state;
        const Instant then = runtime::wall_now() - 1h;
        core::Pause pause = pause_named("lunch").pause;
        pause.id = {};
        core::decide(state, core::SavePause{pause}, then, 1, &calendar::Zone::find);
        loaded.snapshot = core::save_state(state);
        loaded.snapshot_seq = state.seq;
    }
    KeptWrites store;
    runtime::Loop loop;
    Engine engine(loop, store);
    ASSERT_TRUE(engine.load(loaded).ok());
    const Instant stopped = engine.state().at;
    ASSERT_EQ(engine.apply_now(pause_named("break")).kind, core::Reply::Kind::ok);
    EXPECT_EQ(engine.state().at, stopped);
    engine.apply_now(core::ProgramStartedReport{});
    ASSERT_EQ(engine.apply_now(pause_named("errand")).kind, core::Reply::Kind::ok);
    EXPECT_GT(engine.state().at, stopped + 59min);
}

// Or the next start could number something else as what is already known outside.
TEST(Engine, NothingLeavesBeforeTheStartIsKept) {
    KeptWrites store;
    runtime::Loop loop;
    Engine engine(loop, store);
    ASSERT_TRUE(engine.load({}).ok());
    int answers = 0;
    engine.on_effects([&](const std::vector<core::Effect>& effects) {
        for (const core::Effect& effect : effects) {
            answers += std::holds_alternative<core::AnswerLeg>(effect) ? 1 : 0;
        }
    });
    engine.show_life();
    ASSERT_TRUE(seed_base([&](const core::Input& input) { return engine.apply_now(input); }));
    core::Route echo;
    echo.did = "226000099";
    echo.destination = {core::DestinationKind::echo, ""};
    engine.apply(core::SaveRoute{echo});
    engine.apply(core::ProgramStartedReport{});
    loop.step({});
    engine.apply(core::CallArrivedReport{
        core::LegId{1}, {}, "loopback", "226000099", "00420601000001", {}, {}});
    loop.step({});
    store.refuses = "the disk is full";
    for (std::size_t index = 0; index < store.writes.size(); ++index) {
        store.settle(index);
    }
    loop.step({});
    EXPECT_EQ(answers, 0);
    store.refuses.clear();
    for (int i = 0; i < 10 && answers == 0; ++i) {
        loop.step(1s);
    }
    EXPECT_EQ(answers, 1);
}

TEST(Engine, ARecordThatWasOnItsWayIsNotCalledKept) {
    Office office;
    std::string told;
    office.engine.apply(pause_named("lunch"), [&](const core::Reply& reply) {
        told = text::format("{}: {}", said(reply), reply.text);
    });
    office.turn();
    EXPECT_EQ(told, "");
    office.store.refuses = "the disk is full";
    office.store.settle(1);
    office.turn();
    EXPECT_EQ(told, "unavailable: done, and written down as soon as the server can again");
}

}  // namespace
}  // namespace linka::app
