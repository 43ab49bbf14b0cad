// The company's own prompts: what names them is checked, calls hear them, and nobody takes one from
// under a call.
#include "linka/core/records/prompt.hpp"

#include "linka/core/flow/prompts.hpp"
#include "linka/core/records/check.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

struct OwnPrompts : ::testing::Test {
    World w;
    QueueId queue = w.queue(6001);

    static Prompt prompt(const std::string& name, const std::string& file = "f1") {
        Prompt made;
        made.name = name;
        made.title = name;
        made.file = file;
        made.length = 3s;
        return made;
    }
    PromptId save(const Prompt& record) {
        w.give(SavePrompt{record});
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok) << w.reply.field << ": " << w.reply.text;
        return PromptId{w.reply.record_id};
    }
    void refused(const Input& input, const std::string& field, const std::string& text) {
        w.give(input);
        EXPECT_EQ(w.reply.kind, Reply::Kind::invalid);
        EXPECT_EQ(w.reply.field, field);
        EXPECT_EQ(w.reply.text, text);
    }
    static Route route(const std::string& announcement) {
        Route made;
        made.did = "226000001";
        made.announcement = announcement;
        made.destination = {DestinationKind::queue, "6001"};
        return made;
    }
    Sound first_sound() { return w.done<PlaySounds>().at(0).sounds.at(0); }
};

TEST_F(OwnPrompts, AreNamedOnlyIfTheyAreThere) {
    refused(SaveRoute{route("hello")}, "announcement", "no recording hello");
    Route announcing = route("");
    announcing.destination = {DestinationKind::announcement, "hello"};
    refused(SaveDraft{announcing}, "destination", "no recording hello");
    Menu menu;
    menu.title = "Main";
    menu.prompt = "hello";
    refused(SaveMenu{menu}, "prompt", "no recording hello");
    Queue changed = w.state.queues.at(queue);
    calls_of(&changed)->announcement = "hello";
    refused(SaveQueue{changed}, "announcement", "no recording hello");
    calls_of(&changed)->announcement = "welcome";  // the system's
    calls_of(&changed)->music = "welcome";         // which is no music
    refused(SaveQueue{changed}, "music", "no recording welcome");
    save(prompt("hello"));
    calls_of(&changed)->announcement = calls_of(&changed)->music = "hello";
    for (const Input& input : {Input{SaveRoute{route("hello")}}, Input{SaveDraft{announcing}},
                               Input{SaveMenu{menu}}, Input{SaveQueue{changed}}}) {
        w.give(input);
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok) << w.reply.field << ": " << w.reply.text;
    }
}

TEST_F(OwnPrompts, AreCheckedAndKeepTheirNames) {
    Prompt record = prompt("hello");
    const std::string rule = "1 to 64 characters without spaces, slashes and quotation marks";
    for (const char* wrong : {"", "a b", "a/b", "..", ".hidden"}) {
        record.name = wrong;
        refused(SavePrompt{record}, "name", rule);
    }
    record = prompt("hello");
    record.id = save(record);
    refused(SavePrompt{prompt("hello")}, "name", "exists already");
    record.name = "other";
    refused(SavePrompt{record}, "name", "never changes");
    record = prompt("second", "");
    record.text = "Good day";
    refused(SavePrompt{record}, "file", "a file, or a text to be spoken");
    record.spoken = "f2";
    record.length = 301s;
    refused(SavePrompt{record}, "file", "at most 5 minutes");
    record.length = 300s;
    record.language = "de";
    refused(SavePrompt{record}, "language", "cs, en or nothing");
    record.language = "en";
    record.text = std::string(2001, 'x');
    refused(SavePrompt{record}, "text", "at most 2000 bytes");
    record.file = "../f2";
    record.text = "Good day";
    refused(SavePrompt{record}, "file", "a name without a path");
}

TEST_F(OwnPrompts, AreHeardWhereTheyAreNamed) {
    const PromptId hello = save(prompt("hello", "f1"));
    save(prompt("tune", "f2"));
    Queue changed = w.state.queues.at(queue);
    calls_of(&changed)->music = "tune";
    w.give(SaveQueue{changed});
    w.give(SaveRoute{route("hello")});
    const LegId caller = w.call("226000001");
    EXPECT_EQ(first_sound(), (Sound{"prompt", "f1", "own"}));
    w.finish_play(caller);
    EXPECT_EQ(first_sound(), (Sound{"prompt", "f2", "own"}));
    EXPECT_TRUE(w.done<PlaySounds>().at(0).loop);
    // The next call hears the new file.
    Prompt again = w.state.prompts.at(hello);
    again.file = "f3";
    save(again);
    w.call("226000001");
    EXPECT_EQ(first_sound(), (Sound{"prompt", "f3", "own"}));
}

// A call that goes on after a restart hears what it heard.
TEST_F(OwnPrompts, AreHeardAgainAfterARestart) {
    save(prompt("hello", "f1"));
    w.give(SaveRoute{route("hello")});
    const LegId caller = w.call("226000001");
    w.give(ProgramStartedReport{{caller}});
    ASSERT_EQ(w.done<PlaySounds>().size(), 1U);
    EXPECT_EQ(first_sound(), (Sound{"prompt", "f1", "own"}));
}

TEST_F(OwnPrompts, ReplaceThoseOfTheSystem) {
    Prompt own = prompt(std::string(prompt::queue_position), "f1");
    own.language = "en";
    own.id = save(own);
    const Playing position{PlayKind::position, "2"};
    EXPECT_EQ(own_sound(w.state, own.name, "en"), "f1");
    EXPECT_EQ(own_sound(w.state, own.name, "cs"), "") << "in its own language only";
    own.language = "";
    own.file = "";
    own.text = "Your position is";
    own.spoken = "f2";
    save(own);
    EXPECT_EQ(own_sound(w.state, own.name, "cs"), "f2");
    Queue changed = w.state.queues.at(queue);
    calls_of(&changed)->position_announcement = true;
    w.give(SaveQueue{changed});
    w.route("226000002", {DestinationKind::queue, "6001"});
    w.call("226000002");
    const std::vector<Sound> heard = w.done<PlaySounds>().back().sounds;
    ASSERT_EQ(heard.size(), 2U);
    EXPECT_EQ(heard[0], (Sound{"prompt", "f2", "own"}));
    EXPECT_EQ(heard[1], (Sound{"number", "1", "cs"}));
    // The system's is heard again.
    w.give(RemovePrompt{own.id});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(own_sound(w.state, own.name, "cs"), "");
    const PromptId tune = save(prompt(std::string(prompt::default_music), "f3"));
    w.call("226000002");
    EXPECT_EQ(own_sound(w.state, "default", "cs"), "f3");
    refused(SaveRoute{route("default")}, "announcement", "no recording default");
    w.give(RemovePrompt{tune});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
}

TEST_F(OwnPrompts, StayWhileSomethingPlaysThem) {
    const PromptId hello = save(prompt("hello"));
    w.give(SaveRoute{route("hello")});
    Queue changed = w.state.queues.at(queue);
    calls_of(&changed)->music = "hello";
    w.give(SaveQueue{changed});
    w.give(RemovePrompt{hello});
    ASSERT_TRUE(w.blocked(BlockerCode::in_use));
    EXPECT_EQ(w.reply.blockers[0].subjects,
              (std::vector<std::string>{"226000001", "6001 Queue 6001"}));
    calls_of(&changed)->music = "default";
    w.give(SaveQueue{changed});
    // Calls still go by what is being edited otherwise.
    Route silent = w.state.routing.routes.begin()->second;
    silent.announcement = "";
    w.give(SaveDraft{silent});
    w.give(RemovePrompt{hello});
    EXPECT_TRUE(w.blocked(BlockerCode::in_use));
    w.give(ApplyRouting{});
    w.give(RemovePrompt{hello});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    // What was replaced names it, so it does not come back.
    w.give(UndoRouting{});
    EXPECT_EQ(w.reply.text, "no recording hello");
    w.give(RemovePrompt{hello});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
}

TEST_F(OwnPrompts, GoTogetherWithWhatNamesThem) {
    const PromptId hello = save(prompt("hello"));
    w.give(SaveRoute{route("hello")});
    Queue changed = w.state.queues.at(queue);
    calls_of(&changed)->music = calls_of(&changed)->announcement = "hello";
    w.give(SaveQueue{changed});
    w.give(RemoveRecords{.records = {.prompts = {hello}}});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.prompts.empty());
    EXPECT_EQ(w.state.routing.routes.begin()->second.announcement, "");
    EXPECT_EQ(calls_of(&w.state.queues.at(queue))->announcement, "");
    EXPECT_EQ(calls_of(&w.state.queues.at(queue))->music, "default");
}

// A file that somebody laid into the folder of a language before there were records of them.
TEST_F(OwnPrompts, WhatCallersHearAlreadyMayStay) {
    State old;
    Route by_hand = route("by_hand");
    by_hand.id = RouteId{7};
    by_hand.name = "old";
    by_hand.destination = {DestinationKind::echo, ""};
    evolve(old, Record{1, w.now, RouteSaved{by_hand}});
    by_hand.title = "Renamed";
    EXPECT_FALSE(check(old, old.draft, by_hand));
    by_hand.announcement = "by_another_hand";
    EXPECT_EQ(check(old, old.draft, by_hand).value_or(Fault{}).field, "announcement");
}

}  // namespace
}  // namespace linka::core::test
