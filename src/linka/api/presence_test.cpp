// Who has a page open, as the core is told.
#include "linka/api/testing/rig.hpp"
#include "linka/core/view.hpp"
#include "linka/runtime/clock.hpp"

#include <future>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

bool soon(const std::function<bool()>& condition) {
    const Instant until = runtime::steady_now() + 5s;
    while (!condition() && runtime::steady_now() < until) {
        std::this_thread::yield();
    }
    return condition();
}

bool is_absent(Rig& rig, core::UserId user) {
    std::promise<bool> absent;
    const bool asked = rig.live->query([&](const core::State& state, Instant) {
        const core::Session* session = core::find_session(state, user);
        absent.set_value(session != nullptr && bool(session->absent_since));
    });
    return asked && absent.get_future().get();
}

TEST(Presence, that_the_core_had_no_room_for_is_told_later) {
    Rig rig;
    const std::string token = rig.sign_in("jan");
    std::promise<core::UserId> found;
    ASSERT_TRUE(rig.live->query([&](const core::State& state, Instant) {
        found.set_value(core::user_by_name(state, "jan")->id);
    }));
    const core::UserId jan = found.get_future().get();
    rig.live->now(core::LogIn{jan});
    auto page = std::make_unique<Wire>(rig.server->https_port(), true);
    page->send(
        "GET /api/live/push HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\nX-AUTH-TOKEN: " +
        token + "\r\n\r\n");
    EXPECT_EQ(page->answer(true).status, 101);
    EXPECT_NE(page->message(), "");
    const auto pages = [&](const char* count) {
        return rig.request("GET", "/metrics")
                   .body.find(std::string("\nlinka_push_peers ") + count + "\n") !=
               std::string::npos;
    };
    ASSERT_TRUE(soon([&] { return pages("1"); }));
    rig.live->set_full(true);
    page.reset();
    ASSERT_TRUE(soon([&] { return pages("0"); }));
    rig.live->set_full(false);
    rig.live->now(core::BecomeReady{jan});  // any news
    EXPECT_TRUE(soon([&] { return is_absent(rig, jan); }));
}

}  // namespace
}  // namespace linka::api::testing
