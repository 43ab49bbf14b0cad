#include "linka/sip/registrar.hpp"

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

const Instant start{1'700'000'000'000'000};

Register request(const std::string& contact, std::int64_t expires_s = 600, int cseq = 1) {
    Register wanted;
    wanted.device = "330";
    wanted.call_id = "call of " + contact;
    wanted.cseq = cseq;
    wanted.contacts.push_back({contact, {}, expires_s, 1000});
    wanted.source = {Transport::udp, "127.0.0.1", 5080};
    return wanted;
}

std::vector<std::string> uris(const Registrar& registrar, Instant now) {
    std::vector<std::string> out;
    for (const Binding& binding : registrar.contacts("330", now)) {
        out.push_back(binding.contact);
    }
    return out;
}

TEST(Registrar, keeps_contacts_until_they_expire) {
    Registrar registrar;
    EXPECT_EQ(registrar.apply(request("sip:a@1.1.1.1", 100), start), 200);
    EXPECT_EQ(registrar.apply(request("sip:b@1.1.1.1", 200), start), 200);
    EXPECT_EQ(uris(registrar, start).size(), 2U);
    EXPECT_EQ(registrar.next_expiry(), start + 100s);
    EXPECT_EQ(uris(registrar, start + 100s), std::vector<std::string>{"sip:b@1.1.1.1"});
    EXPECT_EQ(registrar.expire(start + 100s), std::vector<std::string>{"330"});
    EXPECT_TRUE(registrar.expire(start + 101s).empty());
    EXPECT_EQ(registrar.expire(start + 200s), std::vector<std::string>{"330"});
    EXPECT_TRUE(registrar.devices().empty());
}

TEST(Registrar, bounds_the_expiry) {
    Registrar registrar;
    EXPECT_EQ(registrar.apply(request("sip:a@1.1.1.1", 59), start), 423);
    EXPECT_TRUE(uris(registrar, start).empty());
    EXPECT_EQ(registrar.apply(request("sip:a@1.1.1.1", 999999), start), 200);
    EXPECT_EQ(registrar.next_expiry(), start + 3600s);
    Register by_header = request("sip:b@1.1.1.1", -1);
    by_header.expires_s = 70;
    EXPECT_EQ(registrar.apply(by_header, start), 200);
    EXPECT_EQ(registrar.next_expiry(), start + 70s);
}

TEST(Registrar, removes_one_or_all) {
    Registrar registrar;
    registrar.apply(request("sip:a@1.1.1.1"), start);
    registrar.apply(request("sip:b@1.1.1.1"), start);
    EXPECT_EQ(registrar.apply(request("sip:a@1.1.1.1", 0, 2), start), 200);
    EXPECT_EQ(uris(registrar, start), std::vector<std::string>{"sip:b@1.1.1.1"});
    Register all;
    all.device = "330";
    all.all = true;
    all.expires_s = 600;
    EXPECT_EQ(registrar.apply(all, start), 400);
    all.expires_s = 0;
    EXPECT_EQ(registrar.apply(all, start), 200);
    EXPECT_TRUE(uris(registrar, start).empty());
}

TEST(Registrar, refuses_older_requests_of_one_dialogue) {
    Registrar registrar;
    registrar.apply(request("sip:a@1.1.1.1", 600, 5), start);
    EXPECT_EQ(registrar.apply(request("sip:a@1.1.1.1", 0, 4), start), 500);
    EXPECT_EQ(uris(registrar, start).size(), 1U);
}

TEST(Registrar, orders_by_preference_then_newest) {
    Registrar registrar;
    Register low = request("sip:low@1.1.1.1");
    low.contacts.front().q_milli = 100;
    registrar.apply(low, start);
    registrar.apply(request("sip:old@1.1.1.1"), start + 1s);
    registrar.apply(request("sip:new@1.1.1.1"), start + 2s);
    EXPECT_EQ(uris(registrar, start + 2s),
              (std::vector<std::string>{"sip:new@1.1.1.1", "sip:old@1.1.1.1", "sip:low@1.1.1.1"}));
}

TEST(Registrar, drops_the_oldest_when_full_and_replaces_an_instance) {
    Registrar registrar;
    for (std::size_t i = 0; i <= Registrar::contacts_max; ++i) {
        registrar.apply(request("sip:c" + std::to_string(i) + "@1.1.1.1"),
                        start + std::chrono::seconds(i));
    }
    EXPECT_EQ(uris(registrar, start).size(), Registrar::contacts_max);
    EXPECT_EQ(uris(registrar, start).back(), "sip:c1@1.1.1.1");
    Register phone = request("sip:x@1.1.1.1:1");
    phone.contacts.front().instance = "\"<urn:uuid:1>\"";
    registrar.apply(phone, start + 60s);
    phone.contacts.front().uri = "sip:x@1.1.1.1:2";
    registrar.apply(phone, start + 61s);
    EXPECT_EQ(uris(registrar, start + 61s).front(), "sip:x@1.1.1.1:2");
    EXPECT_EQ(uris(registrar, start + 61s)[1], "sip:c10@1.1.1.1");
}

TEST(Registrar, comes_back_from_its_text) {
    Registrar registrar;
    registrar.apply(request("sip:a@1.1.1.1", 100), start);
    registrar.apply(request("sip:b@1.1.1.1", 200), start);
    const std::string text = registrar.save("330");
    Registrar again;
    ASSERT_TRUE(again.restore("330", text, start + 150s).ok());
    EXPECT_EQ(uris(again, start + 150s), std::vector<std::string>{"sip:b@1.1.1.1"});
    EXPECT_EQ(again.contacts("330", start + 150s).front().source,
              (Source{Transport::udp, "127.0.0.1", 5080}));
    EXPECT_FALSE(again.restore("330", "{\"version\":9,\"bindings\":[]}", start).ok());
    EXPECT_FALSE(again.restore("330", "", start).ok());
    EXPECT_EQ(registrar.save("331"), "");
}

}  // namespace
}  // namespace linka::sip
