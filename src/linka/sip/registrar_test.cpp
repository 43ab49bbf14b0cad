#include "linka/sip/registrar.hpp"

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

const Instant first_seen{1'700'000'000'000'000};

Register request(const std::string& contact, std::int64_t expires_s = 600, int cseq = 1) {
    Register wanted;
    wanted.device = "330";
    wanted.call_id = "call of " + contact;
    wanted.cseq = cseq;
    wanted.contacts.push_back({contact, {}, expires_s, 1000, false});
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
    EXPECT_EQ(registrar.apply(request("sip:a@1.1.1.1", 100), first_seen), 200);
    EXPECT_EQ(registrar.apply(request("sip:b@1.1.1.1", 200), first_seen), 200);
    EXPECT_EQ(uris(registrar, first_seen).size(), 2U);
    EXPECT_EQ(registrar.next_expiry(), first_seen + 100s);
    EXPECT_EQ(uris(registrar, first_seen + 100s), std::vector<std::string>{"sip:b@1.1.1.1"});
    EXPECT_EQ(registrar.expire(first_seen + 100s), std::vector<std::string>{"330"});
    EXPECT_TRUE(registrar.expire(first_seen + 101s).empty());
    EXPECT_EQ(registrar.expire(first_seen + 200s), std::vector<std::string>{"330"});
    EXPECT_TRUE(registrar.devices().empty());
}

TEST(Registrar, bounds_the_expiry) {
    Registrar registrar;
    EXPECT_EQ(registrar.apply(request("sip:a@1.1.1.1", 59), first_seen), 423);
    EXPECT_TRUE(uris(registrar, first_seen).empty());
    EXPECT_EQ(registrar.apply(request("sip:a@1.1.1.1", 999999), first_seen), 200);
    EXPECT_EQ(registrar.next_expiry(), first_seen + 3600s);
    Register by_header = request("sip:b@1.1.1.1", -1);
    by_header.expires_s = 70;
    EXPECT_EQ(registrar.apply(by_header, first_seen), 200);
    EXPECT_EQ(registrar.next_expiry(), first_seen + 70s);
}

TEST(Registrar, removes_one_or_all) {
    Registrar registrar;
    registrar.apply(request("sip:a@1.1.1.1"), first_seen);
    registrar.apply(request("sip:b@1.1.1.1"), first_seen);
    EXPECT_EQ(registrar.apply(request("sip:a@1.1.1.1", 0, 2), first_seen), 200);
    EXPECT_EQ(uris(registrar, first_seen), std::vector<std::string>{"sip:b@1.1.1.1"});
    Register all;
    all.device = "330";
    all.all = true;
    all.expires_s = 600;
    EXPECT_EQ(registrar.apply(all, first_seen), 400);
    all.expires_s = 0;
    EXPECT_EQ(registrar.apply(all, first_seen), 200);
    EXPECT_TRUE(uris(registrar, first_seen).empty());
}

// Switched off and on it begins with the same Call-ID and a small CSeq.
TEST(Registrar, takes_a_telephone_that_began_anew) {
    Registrar registrar;
    registrar.apply(request("sip:a@1.1.1.1", 600, 870), first_seen);
    Register again = request("sip:a@1.1.1.1", 600, 1);
    again.source.port = 5090;
    EXPECT_EQ(registrar.apply(again, first_seen + 60s), 200);
    EXPECT_EQ(registrar.contacts("330", first_seen + 61s).front().source.port, 5090);
    EXPECT_EQ(registrar.apply(request("sip:a@1.1.1.1", 0, 2), first_seen + 61s), 200);
    EXPECT_TRUE(uris(registrar, first_seen + 61s).empty());
}

TEST(Registrar, knows_from_where_its_contacts_came) {
    Registrar registrar;
    Register one = request("sip:a@1.1.1.1", 100);
    Register two = request("sip:b@1.1.1.1", 200);
    two.source.port = 5090;
    registrar.apply(one, first_seen);
    registrar.apply(two, first_seen);
    EXPECT_TRUE(registrar.is_contact(one.source));
    EXPECT_FALSE(registrar.is_contact({Transport::udp, "127.0.0.1", 5081}));
    registrar.expire(first_seen + 100s);
    EXPECT_FALSE(registrar.is_contact(one.source));
    EXPECT_TRUE(registrar.has_contact_at("127.0.0.1"));
    registrar.forget("330");
    EXPECT_FALSE(registrar.is_contact(two.source));
    EXPECT_FALSE(registrar.has_contact_at("127.0.0.1"));
}

TEST(Registrar, orders_by_preference_then_newest) {
    Registrar registrar;
    Register low = request("sip:low@1.1.1.1");
    low.contacts.front().q_milli = 100;
    registrar.apply(low, first_seen);
    registrar.apply(request("sip:old@1.1.1.1"), first_seen + 1s);
    registrar.apply(request("sip:new@1.1.1.1"), first_seen + 2s);
    EXPECT_EQ(uris(registrar, first_seen + 2s),
              (std::vector<std::string>{"sip:new@1.1.1.1", "sip:old@1.1.1.1", "sip:low@1.1.1.1"}));
}

TEST(Registrar, drops_the_oldest_when_full_and_replaces_an_instance) {
    Registrar registrar;
    for (std::size_t i = 0; i <= Registrar::contacts_max; ++i) {
        registrar.apply(request("sip:c" + std::to_string(i) + "@1.1.1.1"),
                        first_seen + std::chrono::seconds(i));
    }
    EXPECT_EQ(uris(registrar, first_seen).size(), Registrar::contacts_max);
    EXPECT_EQ(uris(registrar, first_seen).back(), "sip:c1@1.1.1.1");
    Register phone = request("sip:x@1.1.1.1:1");
    phone.contacts.front().instance = "\"<urn:uuid:1>\"";
    registrar.apply(phone, first_seen + 60s);
    phone.contacts.front().uri = "sip:x@1.1.1.1:2";
    registrar.apply(phone, first_seen + 61s);
    EXPECT_EQ(uris(registrar, first_seen + 61s).front(), "sip:x@1.1.1.1:2");
    EXPECT_EQ(uris(registrar, first_seen + 61s)[1], "sip:c10@1.1.1.1");
}

TEST(Registrar, comes_back_from_its_text) {
    Registrar registrar;
    registrar.apply(request("sip:a@1.1.1.1", 100), first_seen);
    registrar.apply(request("sip:b@1.1.1.1", 200), first_seen);
    const std::string text = registrar.save("330");
    Registrar again;
    ASSERT_TRUE(again.restore("330", text, first_seen + 150s).ok());
    EXPECT_EQ(uris(again, first_seen + 150s), std::vector<std::string>{"sip:b@1.1.1.1"});
    EXPECT_EQ(again.contacts("330", first_seen + 150s).front().source,
              (Source{Transport::udp, "127.0.0.1", 5080}));
    EXPECT_FALSE(again.restore("330", "{\"version\":9,\"bindings\":[]}", first_seen).ok());
    EXPECT_FALSE(again.restore("330", "", first_seen).ok());
    EXPECT_EQ(registrar.save("331"), "");
}

}  // namespace
}  // namespace linka::sip
