// A browser's page as a web phone before a TestRig, for tests.
#pragma once

#include "linka/base/json_read.hpp"
#include "linka/voice/save.hpp"
#include "linka/voice/test_rig.hpp"

#include <deque>

namespace linka::voice {

inline constexpr std::int64_t web_device = 4;  // "820"
inline constexpr std::int64_t own_user = 10;   // has it assigned
inline constexpr std::int64_t stranger = 11;
inline const std::string page_sdp = "v=0\r\npage\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 8\r\n";

// A browser's page: says messages, keeps what it hears.
struct TestPage {
    TestPage(TestRig& the_rig, std::uint64_t number, std::int64_t user = own_user) : rig(the_rig) {
        page.id = number;
        page.user = core::UserId{user};
        page.address = "127.0.0.1";
        page.say = [this](const std::string& text) { heard.push_back(json::parse(text).value()); };
    }
    void say(const std::string& text) {
        const auto message = phone_message_from_text(text);
        ASSERT_TRUE(message) << text;
        rig.phones->said(page, *message);
        rig.settle();
    }
    void start(bool force = false, const std::string& browser = "") {
        say(phone_message_text(PhoneStart{"820", force, browser}));
    }
    void answer(LegNumber leg) { say(phone_message_text(PhoneAnswer{leg, page_sdp})); }
    void close() {
        rig.phones->closed(page.id);
        rig.settle();
    }
    /// The newest message, by one member.
    [[nodiscard]] std::string last(const std::string& member) const {
        const json::Value* found =
            heard.empty() ? nullptr : heard.back().as_object().if_contains(member);
        return found == nullptr     ? std::string()
               : found->is_string() ? std::string(found->get_string())
                                    : boost::json::serialize(*found);
    }

    TestRig& rig;
    PhonePage page;
    std::deque<json::Value> heard;
};

inline void add_users(TestRig& rig) {
    for (const std::int64_t number : {own_user, stranger}) {
        core::User user;
        user.id = core::UserId{number};
        if (number == own_user) {
            user.devices.push_back({core::DeviceId{web_device}, 0s, 0s});
        }
        rig.state.users[user.id] = user;
    }
}

// Voice, the phone 820 and a page that is it.
struct WebRig : TestRig {
    WebRig() {
        add_users(*this);
        start();
        page.start();
    }
    LegNumber web_up() { return web_up(page); }
    LegNumber web_up(TestPage& answering) {
        const LegNumber leg = dial(web_device).value;
        settle();
        answering.answer(leg);
        return leg;
    }
    TestPage page{*this, 1};
};

}  // namespace linka::voice
