#include "linka/sip/names.hpp"

#include "linka/runtime/clock.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

// A DNS that the test holds in its hands. Shared with the thread, which may outlive the test.
struct Dns {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> answer;
    int asked = 0;
    bool silent = false;

    std::vector<std::string> look_up() {
        std::unique_lock lock(mutex);
        ++asked;
        changed.notify_all();
        changed.wait(lock, [this] { return !silent; });
        return answer;
    }
    void set(std::vector<std::string> now) {
        const std::lock_guard lock(mutex);
        answer = std::move(now);
    }
    void wait_asked(int times) {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(
            changed.wait_for(lock, std::chrono::seconds(5), [&] { return asked >= times; }));
    }
};

class NamesOf : public ::testing::Test {
  protected:
    NamesOf() : names_([dns = dns_](const std::string&) { return dns->look_up(); }) {}

    // The thread takes an answer after the lookup has returned: asked for until it is there.
    void expect_address(const std::string& wanted) {
        const Instant until = runtime::steady_now() + 5s;
        while (names_.address("sip.example.com") != wanted && runtime::steady_now() < until) {
            std::this_thread::yield();
        }
        EXPECT_EQ(names_.address("sip.example.com"), wanted);
    }

    const std::shared_ptr<Dns> dns_ = std::make_shared<Dns>();
    Names names_;
    Instant now_ = runtime::steady_now();
};

TEST_F(NamesOf, trunks_are_looked_up_and_addresses_are_not) {
    dns_->set({"192.0.2.7", "192.0.2.8"});
    names_.watch({"192.0.2.1", "[2001:db8::1]"}, now_);
    EXPECT_EQ(names_.address("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(names_.address("[2001:db8::1]"), "2001:db8::1");
    EXPECT_EQ(names_.address("sip.example.com"), "");
    EXPECT_EQ(dns_->asked, 0);
    names_.watch({"sip.example.com"}, now_);
    expect_address("192.0.2.7");
    EXPECT_EQ(names_.address("other.example.com"), "");
}

TEST_F(NamesOf, trunks_keep_their_address_while_dns_fails) {
    dns_->set({"192.0.2.7"});
    names_.watch({"sip.example.com"}, now_);
    expect_address("192.0.2.7");
    dns_->set({});
    names_.tick(now_ + Names::lifetime + 10s);
    dns_->wait_asked(2);
    expect_address("192.0.2.7");
    // It moves, and is found again; of several addresses the one in use stays.
    dns_->set({"192.0.2.9"});
    const Instant until = runtime::steady_now() + 5s;
    for (Instant late = now_ + 1h;
         names_.address("sip.example.com") != "192.0.2.9" && runtime::steady_now() < until;) {
        late = late + Names::lifetime;
        names_.tick(late);
        std::this_thread::yield();
    }
    expect_address("192.0.2.9");
}

TEST_F(NamesOf, trunks_that_are_slow_hold_nobody) {
    {
        const std::lock_guard lock(dns_->mutex);
        dns_->silent = true;
    }
    {
        Names names([dns = dns_](const std::string&) { return dns->look_up(); });
        names.watch({"sip.example.com"}, now_);
        dns_->wait_asked(1);
        EXPECT_EQ(names.address("sip.example.com"), "");
    }  // its end does not wait for the lookup
    const std::lock_guard lock(dns_->mutex);
    dns_->silent = false;
    dns_->changed.notify_all();
}

}  // namespace
}  // namespace linka::sip
