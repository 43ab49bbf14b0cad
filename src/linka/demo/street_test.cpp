// The street against a real SIP port in the server's place, with media that only notes what it is
// asked: both sides of the signalling are the ones that run in earnest.
#include "linka/demo/street.hpp"

#include "linka/demo/registration.hpp"
#include "linka/runtime/clock.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sys/epoll.h>

namespace linka::demo {
namespace {

const std::string sdp = "v=0\r\no=a 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

/// Grants everything at once; what is asked can be looked up.
class FakeMedia final : public media::Media {
  public:
    void open(media::LegOpen request, media::LegId /*near*/,
              std::function<void(const media::Reply&)> done) override {
        opened.push_back(request);
        media::Reply reply;
        reply.sdp = sdp;
        done(reply);
    }
    void send(media::Request request, std::function<void(const media::Reply&)> done) override {
        if (const auto* play = std::get_if<media::Play>(&request)) {
            plays.push_back(*play);
        } else if (const auto* close = std::get_if<media::Close>(&request)) {
            closed.push_back(close->leg);
        }
        if (done) {
            done({});
        }
    }
    void detach() override {}
    void quit() override {}

    std::vector<media::LegOpen> opened;
    std::vector<media::Play> plays;
    std::vector<media::LegId> closed;
};

std::unique_ptr<sip::Port> port_with(std::vector<sip::Account> accounts,
                                     std::vector<sip::Trunk> trunks) {
    sip::Options options;
    options.listen.port = 0;
    options.listen.tls_port = -1;
    auto port = sip::start_port(options, std::move(accounts), std::move(trunks), {});
    EXPECT_TRUE(port.ok());
    return port ? std::move(*port) : nullptr;
}

sip::Trunk trunk_of(std::string name, int port) {
    sip::Trunk trunk;
    trunk.name = std::move(name);
    trunk.addresses = {"127.0.0.1"};
    trunk.host = "127.0.0.1";
    trunk.port = port;
    return trunk;
}

class StreetTest : public testing::Test {
  protected:
    StreetTest()
        : server_(port_with({{"340", "sip340"}}, {trunk_of("loopback", 5070)})),
          own_(port_with({}, {trunk_of("linka", server_->port())})),
          street_(loop_, *own_, {}, [this](const Notice& notice) {
              if (const auto* ended = std::get_if<Ended>(&notice)) {
                  notices_.push_back(*ended);
              } else {
                  expecting_ = std::get<Expecting>(notice);
              }
          }) {
        street_.set_media(&media_);
        loop_.watch(own_->events_fd(), EPOLLIN, [this](std::uint32_t) {
            for (const sip::Event& event : own_->take_events()) {
                street_.heard(event);
            }
        });
        loop_.watch(server_->events_fd(), EPOLLIN, [this](std::uint32_t) {
            for (sip::Event& event : server_->take_events()) {
                events_.push_back(std::move(event));
            }
        });
    }
    ~StreetTest() override {
        loop_.unwatch(own_->events_fd());
        loop_.unwatch(server_->events_fd());
    }

    bool until(const std::function<bool()>& condition) {
        const Instant limit = runtime::steady_now() + 5s;
        while (!condition() && runtime::steady_now() < limit) {
            loop_.step(50ms);
        }
        return condition();
    }
    /// The newest event of this kind that the server has; null if it does not come.
    template <typename T>
    const T* event() {
        const T* found = nullptr;
        until([&] {
            for (const sip::Event& each : events_) {
                found = std::holds_alternative<T>(each) ? &std::get<T>(each) : found;
            }
            return found != nullptr;
        });
        return found;
    }
    void server(sip::Command command) { EXPECT_TRUE(server_->send(std::move(command))); }
    /// A customer's call, answered by the server.
    sip::LegId call_up() {
        Call call;
        call.call = 1;
        call.number = "226000002";
        call.caller = "702555101";
        call.caller_name = "Šárka Veselá";
        street_.take(call);
        const auto* incoming = event<sip::Incoming>();
        if (incoming == nullptr) {
            ADD_FAILURE() << "no call came";
            return 0;
        }
        EXPECT_EQ(incoming->trunk, "loopback");
        EXPECT_EQ(incoming->number, "226000002");
        EXPECT_EQ(incoming->caller, "702555101");
        EXPECT_EQ(incoming->caller_name, "Šárka Veselá");
        const sip::LegId leg = incoming->leg;
        server(sip::Answer{leg, sdp});
        EXPECT_TRUE(until([this] { return !media_.plays.empty(); }));
        return leg;
    }

    /// The server dials a number of the public network.
    void dial(const std::string& number) {
        server(sip::SetTrunks{{trunk_of("loopback", own_->port())}});
        sip::Invite invite;
        invite.leg = 2;
        invite.trunk = "loopback";
        invite.number = number;
        invite.sdp = sdp;
        server(std::move(invite));
    }

    runtime::Loop loop_;
    std::unique_ptr<sip::Port> server_;
    std::unique_ptr<sip::Port> own_;
    FakeMedia media_;
    std::vector<Ended> notices_;
    Expecting expecting_;
    std::vector<sip::Event> events_;
    Street street_;
};

TEST_F(StreetTest, a_customer_waits_in_silence_speaks_and_hangs_up) {
    call_up();
    EXPECT_EQ(media_.plays.back().items.front().kind, "silence");
    street_.take(Say{1, {{"prompt", "sarka_hello", "cs"}}});
    ASSERT_EQ(media_.plays.size(), 2U);
    EXPECT_EQ(media_.plays.back().items.front().value, "sarka_hello");
    // The end of the silence that was replaced means nothing.
    street_.heard(media::Notice(media::PlayDone{media_.plays[0].leg, media_.plays[0].play, {}}));
    street_.take(Say{1, {{"prompt", "sarka_reason", "cs"}}});
    ASSERT_EQ(media_.plays.size(), 3U) << "it has hung up already";
    street_.heard(media::Notice(media::PlayDone{media_.plays[2].leg, media_.plays[2].play, {}}));
    ASSERT_NE(event<sip::Ended>(), nullptr);
    EXPECT_TRUE(event<sip::Ended>()->by_peer);
    ASSERT_TRUE(until([this] { return notices_.size() == 1; }));
    EXPECT_FALSE(notices_[0].by_peer);
    EXPECT_EQ(media_.closed.size(), 1U);
    EXPECT_EQ(street_.legs(), 0U);
}

TEST_F(StreetTest, when_the_other_side_hangs_up_it_is_over_at_once) {
    const sip::LegId leg = call_up();
    street_.take(Say{1, {{"prompt", "sarka_hello", "cs"}}});
    server(sip::HangUp{leg, false, 16});
    ASSERT_TRUE(until([this] { return notices_.size() == 1; }));
    EXPECT_TRUE(notices_[0].by_peer);
    EXPECT_EQ(street_.legs(), 0U);
}

TEST_F(StreetTest, a_customer_gives_up_before_the_answer) {
    Call call;
    call.call = 5;
    call.number = "226000002";
    street_.take(call);
    ASSERT_NE(event<sip::Incoming>(), nullptr);
    street_.take(HangUp{5});
    ASSERT_TRUE(until([this] { return notices_.size() == 1; }));
    ASSERT_NE(event<sip::Ended>(), nullptr);
    EXPECT_EQ(notices_[0].call, 5);
}

TEST_F(StreetTest, too_many_calls_end_at_once) {
    for (std::size_t i = 0; i < calls_max; ++i) {
        Call call;
        call.call = static_cast<CallId>(i + 1);
        call.number = "226000002";
        street_.take(call);
    }
    EXPECT_EQ(street_.legs(), calls_max);
    EXPECT_TRUE(notices_.empty());
    Call more;
    more.call = 1000;
    street_.take(more);
    ASSERT_EQ(notices_.size(), 1U);
    EXPECT_EQ(notices_[0].status, 503);
}

TEST_F(StreetTest, a_telephone_registers_rings_answers_and_signs_off) {
    Registration registration(loop_, {"127.0.0.1", server_->port(), "127.0.0.1", own_->port()});
    ASSERT_TRUE(registration.ok());
    registration.set({{"340", "sip340"}});
    street_.take(Phones{{{"340", "sip340", 100, {{"prompt", "lucie_hello", "cs"}}}}});
    ASSERT_NE(event<sip::Registration>(), nullptr);
    EXPECT_EQ(event<sip::Registration>()->contacts, 1);
    EXPECT_TRUE(until([&] { return registration.registered() == 1; }));

    sip::Invite invite;
    invite.leg = 2;
    invite.device = "340";
    invite.from_user = "702555101";
    invite.sdp = sdp;
    server(std::move(invite));
    ASSERT_NE(event<sip::Progress>(), nullptr);
    EXPECT_EQ(event<sip::Progress>()->status, 180);
    ASSERT_NE(event<sip::Answered>(), nullptr);
    ASSERT_TRUE(until([this] { return !media_.plays.empty(); }));
    EXPECT_EQ(media_.plays.back().items.front().value, "lucie_hello");

    registration.set({});
    EXPECT_TRUE(until([this] {
        const auto* last = event<sip::Registration>();
        return last != nullptr && last->contacts == 0;
    }));
    EXPECT_EQ(registration.registered(), 0);
    street_.end_all();
    EXPECT_TRUE(until([this] { return street_.legs() == 0; }));
}

TEST_F(StreetTest, somebody_expected_answers_speaks_and_hangs_up) {
    street_.take(Expect{"777123456", 50, 0, {{"prompt", "sarka_hello", "cs"}}});
    EXPECT_EQ(expecting_.number, "777123456");
    EXPECT_EQ(expecting_.port, own_->port());
    dial("777123456");
    ASSERT_NE(event<sip::Answered>(), nullptr);
    ASSERT_TRUE(until([this] { return !media_.plays.empty(); }));
    street_.heard(media::Notice(media::PlayDone{media_.plays[0].leg, media_.plays[0].play, {}}));
    ASSERT_NE(event<sip::Ended>(), nullptr);
    EXPECT_TRUE(event<sip::Ended>()->by_peer);
}

TEST_F(StreetTest, somebody_expected_may_be_busy) {
    street_.take(Expect{"777123400", 0, 486, {}});
    dial("777123400");
    ASSERT_NE(event<sip::Ended>(), nullptr);
    EXPECT_EQ(event<sip::Ended>()->status, 486);
}

TEST_F(StreetTest, nobody_else_is_in_the_public_network) {
    street_.take(Expect{"777123456", 0, 0, {}});
    dial("777000000");
    ASSERT_NE(event<sip::Ended>(), nullptr);
    EXPECT_EQ(event<sip::Ended>()->status, 404);
    for (std::size_t i = 0; i < 2 * expected_max; ++i) {
        street_.take(Expect{"1" + std::to_string(i), 0, 0, {}});
    }
    EXPECT_EQ(street_.legs(), 0U);
}

TEST_F(StreetTest, a_wrong_password_registers_nothing) {
    Registration registration(loop_, {"127.0.0.1", server_->port(), "127.0.0.1", own_->port()});
    registration.set({{"340", "guessed"}});
    ASSERT_NE(event<sip::AuthFailed>(), nullptr);
    EXPECT_EQ(registration.registered(), 0);
}

}  // namespace
}  // namespace linka::demo
