// Goal: the store learns which writes somebody on the line waits for.
#include "linka/app/engine.hpp"

#include "linka/app/demo.hpp"
#include "linka/store/reader.hpp"

#include <gtest/gtest.h>

namespace linka::app {
namespace {

// Commits nothing: keeps what it is given.
class KeptWrites final : public store::Store {
  public:
    std::vector<store::Write> writes;
    bool full = false;

    Result<store::Loaded> load(std::int64_t) override { return store::Loaded{}; }
    bool append(store::Write&& write) override {
        if (!full) {
            writes.push_back(std::move(write));
        }
        return !full;
    }
    bool snapshot(std::int64_t, std::string) override { return true; }
    void flush() override {}
    std::string trouble() const override { return {}; }
    Result<std::unique_ptr<store::Reader>> reader() override { return none(); }
    Status put_secret(std::string_view, std::string_view, std::string_view) override {
        return none();
    }
    Status remove_secret(std::string_view, std::string_view) override { return none(); }
    Result<std::map<std::string, std::string>> secrets(std::string_view) override { return none(); }
    Status put_session(const Session&) override { return none(); }
    Status remove_session(std::string_view) override { return none(); }
    Result<std::vector<Session>> sessions() override { return none(); }
    Status audit_log(Instant, core::UserId, std::string_view, std::string_view) override {
        return none();
    }
    Result<std::int64_t> save_status(const StatusRecord&, Instant) override { return none(); }
    Status remove_status(std::int64_t, Instant) override { return none(); }

  private:
    static Error none() { return fail(ErrorCode::unavailable, "not kept here"); }
};

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
    apply(core::CallArrived{leg, {}, "loopback", "226000099", "00420601000001", {}, {}});
    EXPECT_TRUE(written());
    apply(core::LegEnded{.leg = leg});
    EXPECT_FALSE(written());
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

}  // namespace
}  // namespace linka::app
