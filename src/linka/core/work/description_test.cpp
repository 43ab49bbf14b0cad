// What is written about work can be changed while it is open and after it was closed.
#include "linka/core/records/limits.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

struct Describing : ::testing::Test {
    World w;
    QueueId queue = w.queue(6001);
    UserId jan = w.agent("jan", "512", {6001});
    UserId jana = w.save(w.person("jana", "511"));
    LegId caller;
    ActivityId work;
    Describing() {
        w.route("1", {DestinationKind::queue, "6001"});
        caller = w.call("1");
        w.answer("d512");
        work = w.activity_of(jan);
    }
    const Activity& open() { return w.state.activities.at(work); }
    void describe(UserId by, const Description& what, ThenDo then = ThenDo::nothing,
                  Instant until = {}) {
        w.give(DescribeActivity{by, work, what, then, until});
    }
};

TEST_F(Describing, ChangesWhatIsGivenAndNothingElse) {
    describe(jan, {.title = "Reklamace", .statuses = {{"solved"}}});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    describe(jana, {.note = "volat zítra", .important = true, .priority = 3});
    EXPECT_EQ(open().title, "Reklamace");
    EXPECT_EQ(open().note, "volat zítra");
    EXPECT_EQ(open().statuses, std::vector<std::string>{"solved"});
    ASSERT_EQ(w.happened<ActivityDescribed>().size(), 1U);
    EXPECT_EQ(w.happened<ActivityDescribed>()[0].by, jana);
    EXPECT_FALSE(w.happened<ActivityDescribed>()[0].description.title);
    describe(jan, {});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.happened<ActivityDescribed>().empty()) << "nothing was given";
}

TEST_F(Describing, ClosesWithWhatWasWrittenBefore) {
    describe(jan, {.note = "první", .statuses = {{"solved"}}});
    describe(jan, {}, ThenDo::close);
    EXPECT_TRUE(w.blocked(BlockerCode::busy)) << "the call goes on";
    w.hang_up(caller);
    describe(jana, {}, ThenDo::close);
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found) << "not hers";
    describe(jan, {}, ThenDo::postpone, w.now - 1s);
    EXPECT_EQ(w.reply.field, "until");
    describe(jan, {}, ThenDo::postpone, w.now + 60s);
    ASSERT_EQ(w.happened<ActivityPostponed>().size(), 1U);
    EXPECT_EQ(w.happened<ActivityPostponed>()[0].note, "první");
    describe(jan, {.note = "druhý"}, ThenDo::close);
    ASSERT_EQ(w.happened<ActivityClosed>().size(), 1U);
    EXPECT_EQ(w.happened<ActivityClosed>()[0].note, "druhý");
    EXPECT_EQ(w.happened<ActivityClosed>()[0].statuses, std::vector<std::string>{"solved"});
}

TEST_F(Describing, GoesOnAfterClosing) {
    w.hang_up(caller);
    w.give(CloseActivity{jan, work, {}, {}});
    describe(jan, {.note = "dodatek"});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.happened<ActivityDescribed>().size(), 1U);
    describe(jan, {}, ThenDo::close);
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
    work = ActivityId{w.state.last.activity + 1};
    describe(jan, {.note = "work to come"});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
    work = {};
    describe(jan, {.note = "none"});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
}

TEST_F(Describing, HasTheBoundsOfClosing) {
    const auto field = [&](const Description& what) {
        describe(jan, what);
        return w.reply.kind == Reply::Kind::invalid ? w.reply.field : std::string("taken");
    };
    EXPECT_EQ(field({.title = std::string(limits::title_bytes_max + 1, 'a')}), "title");
    EXPECT_EQ(field({.title = "\xff"}), "title");
    EXPECT_EQ(field({.note = std::string(limits::note_bytes_max + 1, 'a')}), "note");
    EXPECT_EQ(field({.note = std::string(limits::note_bytes_max, 'a')}), "taken");
    EXPECT_EQ(field({.statuses = std::vector<std::string>(limits::statuses_max + 1, "a")}),
              "statuses");
    EXPECT_EQ(field({.options = json::Raw{"no JSON"}}), "options");
    EXPECT_EQ(field({.options = json::Raw{"5"}}), "options");
    EXPECT_EQ(field({.options = json::Raw{R"({"a":1})"}}), "taken");
    EXPECT_EQ(
        field({.options = json::Raw{"[\"" + std::string(limits::options_bytes_max, 'a') + "\"]"}}),
        "options");
}

}  // namespace
}  // namespace linka::core::test
