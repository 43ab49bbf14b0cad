#include "linka/app/demo/outside.hpp"

#include "linka/app/demo/callees.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace linka::app {
namespace {

/// Keeps what it is sent.
class NotingPort final : public sip::Port {
  public:
    explicit NotingPort(std::vector<sip::Command>& sent) : sent_(sent) {}
    bool send(sip::Command command) override {
        sent_.push_back(std::move(command));
        return true;
    }
    [[nodiscard]] int events_fd() const override { return -1; }
    std::vector<sip::Event> take_events() override { return {}; }
    [[nodiscard]] int port() const override { return 0; }
    [[nodiscard]] int tls_port() const override { return 0; }

  private:
    std::vector<sip::Command>& sent_;
};

/// A UDP port of the loopback that is taken, until it is let go.
class TakenPort {
  public:
    TakenPort() : fd_(::socket(AF_INET, SOCK_DGRAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
        socklen_t size = sizeof(address);
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
        number = ntohs(address.sin_port);
    }
    ~TakenPort() { let_go(); }
    TakenPort(const TakenPort&) = delete;
    TakenPort& operator=(const TakenPort&) = delete;
    void let_go() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
        fd_ = -1;
    }
    int number = 0;

  private:
    int fd_;
};

class OutsideTest : public testing::Test {
  protected:
    OutsideTest() {
        sip::Trunk trunk;
        trunk.name = "loopback";
        trunk.host = "127.0.0.1";
        trunk.port = taken_.number;
        outside_ = std::make_unique<Outside>(std::make_unique<NotingPort>(sent_),
                                             std::vector<sip::Trunk>{trunk});
        outside_->set_public([this](const std::string& number, std::function<void(int)> done) {
            asked_ = number;
            done_ = std::move(done);
        });
    }
    void invite(sip::LegId leg) {
        sip::Invite invite;
        invite.leg = leg;
        invite.trunk = "loopback";
        invite.number = "00420777123456";
        EXPECT_TRUE(outside_->send(invite));
    }
    std::string trunk_of_last_invite() {
        for (auto each = sent_.rbegin(); each != sent_.rend(); ++each) {
            if (const auto* invite = std::get_if<sip::Invite>(&*each)) {
                return invite->trunk;
            }
        }
        return {};
    }

    TakenPort taken_;
    std::vector<sip::Command> sent_;
    std::unique_ptr<Outside> outside_;
    std::string asked_;
    std::function<void(int)> done_;
};

// Goal: a telephone at the trunk's port is the public network, as it always was.
TEST_F(OutsideTest, leaves_calls_to_whoever_listens_there) {
    invite(2);
    EXPECT_EQ(asked_, "");
    EXPECT_EQ(trunk_of_last_invite(), "loopback");
}

// Goal: without one somebody answers. What is said of the call meanwhile follows in its order.
TEST_F(OutsideTest, has_the_simulated_public_answer_otherwise) {
    taken_.let_go();
    invite(2);
    EXPECT_EQ(asked_, "00420777123456");
    EXPECT_TRUE(outside_->send(sip::HangUp{2, false, 16}));
    EXPECT_TRUE(sent_.empty());
    done_(34567);
    ASSERT_EQ(sent_.size(), 3U);
    const auto& trunks = std::get<sip::SetTrunks>(sent_[0]).trunks;
    ASSERT_EQ(trunks.size(), 2U);
    EXPECT_EQ(trunks[1].port, 34567);
    EXPECT_TRUE(trunks[1].addresses.empty()) << "nobody calls in through it";
    EXPECT_EQ(std::get<sip::Invite>(sent_[1]).trunk, trunks[1].name);
    EXPECT_TRUE(std::holds_alternative<sip::HangUp>(sent_[2]));
    EXPECT_TRUE(outside_->send(sip::SetTrunks{}));
    EXPECT_EQ(std::get<sip::SetTrunks>(sent_.back()).trunks.size(), 1U) << "it stays known";
}

TEST_F(OutsideTest, fails_as_ever_when_the_public_is_gone) {
    taken_.let_go();
    invite(2);
    done_(0);
    EXPECT_EQ(trunk_of_last_invite(), "loopback");
    outside_->set_public(nullptr);
    asked_.clear();
    invite(4);
    EXPECT_EQ(asked_, "");
}

TEST(Callees, end_calls_in_every_way_by_the_number) {
    const Chance chance = [](std::int64_t) { return 0; };
    EXPECT_EQ(callee_of("00420777123400", "cs", chance).status, 486);
    EXPECT_LT(callee_of("00420777123401", "cs", chance).answer_ms, 0);
    EXPECT_EQ(callee_of("00420777123402", "cs", chance).status, 404);
    EXPECT_EQ(callee_of("112", "cs", chance).status, 404);
    const demo::Expect answered = callee_of("00420777123456", "cs", chance);
    EXPECT_EQ(answered.status, 0);
    EXPECT_FALSE(answered.items.empty());
    const demo::Expect customer = callee_of("00420702555102", "en", chance);
    EXPECT_EQ(customer.status, 0) << "a customer's own number, whatever its digits";
    EXPECT_EQ(customer.items[1].value, "milan_hello");
}

}  // namespace
}  // namespace linka::app
