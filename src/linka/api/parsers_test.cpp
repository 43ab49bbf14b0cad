// The parsers of the HTTP interface: paths, forms, the list grammar, ranges, times, the router.
#include "linka/api/auth/password_rule.hpp"
#include "linka/api/auth/rate_limit.hpp"
#include "linka/api/auth/sign_in_guard.hpp"
#include "linka/api/auth/throttle.hpp"
#include "linka/api/fair_queue.hpp"
#include "linka/api/files/listenings.hpp"
#include "linka/api/files/range.hpp"
#include "linka/api/live/names.hpp"
#include "linka/api/live/reports.hpp"
#include "linka/api/server/network.hpp"
#include "linka/api/server/router.hpp"
#include "linka/api/server/url.hpp"
#include "linka/api/v6/body.hpp"
#include "linka/api/v6/list_query.hpp"
#include "linka/api/v6/match.hpp"
#include "linka/core/acd/verdict.hpp"

#include <gtest/gtest.h>

namespace linka::api {
namespace {

using store::Filter;
using store::Operator;

Result<v6::ListQuery> list(std::string_view query) {
    const auto pairs = parse_form(query);
    EXPECT_TRUE(pairs.ok());
    return v6::parse_list(*pairs);
}

TEST(WhyWords, every_rule_has_words) {
    int rules = 0;
    for (char verdict = ' '; verdict < '~'; ++verdict) {
        const std::string_view rule = core::verdict_rule(verdict);
        if (!rule.empty()) {
            ++rules;
            EXPECT_NE(rule_text(rule, Language::cs), "") << rule;
            EXPECT_NE(rule_text(rule, Language::en), "") << rule;
        }
    }
    EXPECT_EQ(rules, 19);
}

TEST(Url, decodes_after_splitting) {
    EXPECT_EQ(*parse_path("/api/v6/x/record%2Fwith%2Fslash"),
              (std::vector<std::string>{"api", "v6", "x", "record/with/slash"}));
    EXPECT_EQ(parse_path("/a/b/")->size(), 2U);
    for (const std::string_view bad : {"", "a", "/..", "/a/%2e%2e/b", "/%zz", "/%", "/%ff", "/%00",
                                       "/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7/8"}) {
        EXPECT_FALSE(parse_path(bad).ok()) << bad;
    }
    EXPECT_EQ(parse_form("a=b+c&d=%C4%8D&e")->size(), 3U);
    EXPECT_EQ((*parse_form("d=%C4%8D"))[0].second, "č");
    EXPECT_FALSE(parse_form("a=%f").ok());
}

TEST(Grammar, takes_every_encoding_of_a_filter) {
    for (const std::string_view query :
         {"filter[logic]=and&filter[filters][0][field]=title&filter[filters][0][operator]=eq"
          "&filter[filters][0][value]=x",
          "filter%5Bfilters%5D%5B0%5D%5Bfield%5D=title&filter%5bfilters%5d%5b0%5d%5boperator%5d=eq"
          "&filter[filters][0][value]=x&filter[logic]=and",
          "filter[0][field]=title&filter[0][operator]=eq&filter[0][value]=x"}) {
        const auto parsed = list(query);
        ASSERT_TRUE(parsed.ok()) << query;
        ASSERT_EQ(parsed->query.filter.parts.size(), 1U) << query;
        EXPECT_EQ(parsed->query.filter.parts[0].field, "title");
        EXPECT_EQ(parsed->query.filter.parts[0].values, std::vector<std::string>{"x"});
    }
    const auto leaf = list(
        "filter[field]=a.b&filter[operator]=like&filter[value]=x%26amp%3By"
        "&filter[ignoreCase]=true&filter[type]=string");
    EXPECT_EQ(leaf->query.filter.kind, Filter::Kind::compare);
    EXPECT_EQ(leaf->query.filter.values[0], "x&y");
    EXPECT_TRUE(leaf->query.filter.ignore_case);
    const auto nested = list(
        "filter[logic]=or&filter[filters][0][logic]=and&filter[filters][0][filters][0][field]=a"
        "&filter[filters][0][filters][0][operator]=isnull&filter[filters][1][field]=b"
        "&filter[filters][1][operator]=in&filter[filters][1][value][0]=1"
        "&filter[filters][1][value][1]=2");
    EXPECT_EQ(nested->query.filter.kind, Filter::Kind::any_of);
    EXPECT_EQ(nested->query.filter.parts[0].parts[0].op, Operator::isnull);
    EXPECT_EQ(nested->query.filter.parts[1].values.size(), 2U);
    EXPECT_TRUE(list("filter=edited[gte]=2026-01-01")->query.filter.parts.empty());
    EXPECT_EQ(list("filter[0][field]=a&filter[0][operator]=begins&filter[0][value]=x")
                  ->query.filter.parts[0]
                  .op,
              Operator::startswith);
    EXPECT_FALSE(list("filter[field]=a&filter[operator]=nonsense&filter[value]=1").ok());
    EXPECT_FALSE(list("filter[field]=a&filter[operator]=between&filter[value]=1").ok());
}

TEST(Grammar, bounds_depth_and_count) {
    std::string deep = "filter";
    for (int i = 0; i < 4; ++i) {
        deep += "[filters][0]";
    }
    EXPECT_TRUE(list(deep + "[field]=a").ok());
    std::string many;
    for (int i = 0; i < 201; ++i) {
        many += "filter[" + std::to_string(i) + "][field]=a&";
    }
    EXPECT_FALSE(list(many).ok());
}

TEST(Grammar, takes_fields_sort_and_pages) {
    for (const std::string_view query :
         {"fields[0]=a&fields[1]=b", "fields[]=a&fields[]=b", "fields=a,b"}) {
        EXPECT_EQ(list(query)->fields, (std::vector<std::string>{"a", "b"})) << query;
    }
    for (const std::string_view query :
         {"sort[0][field]=a&sort[0][dir]=desc", "sort[0][dir]=desc&sort[0][field]=a",
          "sort[field]=a&sort[dir]=DESC"}) {
        const auto parsed = list(query);
        ASSERT_EQ(parsed->query.sort.size(), 1U) << query;
        EXPECT_TRUE(parsed->query.sort[0].descending);
    }
    EXPECT_EQ(list("")->query.take, 100);
    EXPECT_EQ(list("take=5000&skip=7")->query.take, 1000);
    EXPECT_EQ(list("page=3&pageSize=20")->query.skip, 40);
    EXPECT_FALSE(list("take=x").ok());
    EXPECT_FALSE(list("total=false")->query.count);
    EXPECT_EQ(list("q=nov%C3%A1k")->query.search, "novák");
}

TEST(Grammar, compares_rows_in_memory) {
    const json::Object row =
        json::parse(
            R"({"name":"jan","on":true,"age":7,"queue":{"name":6001,"title":"Podpora"},"none":null,
            "statuses":[{"name":"a"},{"name":"b"}]})")
            ->as_object();
    const auto holds = [&](std::string field, Operator op, std::vector<std::string> values) {
        Filter filter;
        filter.kind = Filter::Kind::compare;
        filter.field = std::move(field);
        filter.op = op;
        filter.values = std::move(values);
        return v6::matches(filter, row);
    };
    EXPECT_TRUE(holds("queue", Operator::eq, {"6001"}));
    EXPECT_TRUE(holds("queue.title", Operator::like, {"odpor"}));
    EXPECT_TRUE(holds("queue.title", Operator::like, {"Po%ra"}));
    EXPECT_FALSE(holds("queue.title", Operator::like, {"od%"}));
    EXPECT_TRUE(holds("age", Operator::lt, {"10"}));
    EXPECT_TRUE(holds("on", Operator::eq, {"1"}));
    EXPECT_TRUE(holds("on", Operator::eq, {"true"}));
    EXPECT_TRUE(holds("none", Operator::isnull, {}));
    EXPECT_TRUE(holds("statuses", Operator::in, {"b", "c"}));
    EXPECT_FALSE(holds("statuses", Operator::neq, {"a"}));
    EXPECT_TRUE(holds("age", Operator::between, {"5", "9"}));
}

TEST(Body, nests_php_keys) {
    const auto object = v6::nest(*parse_form(
        "title=a&customFields[vin][0]=x&add_files[0][name]=n&add_files[1][name]=m&list[]=1"));
    ASSERT_TRUE(object.ok());
    EXPECT_EQ(
        boost::json::serialize(*object),
        R"({"title":"a","customFields":{"vin":["x"]},"add_files":[{"name":"n"},{"name":"m"}],)"
        R"("list":["1"]})");
    EXPECT_FALSE(v6::nest({{"a[b", "1"}}).ok());
    EXPECT_FALSE(v6::nest({{"a[1][2][3][4][5][6][7][8][9][0][1]", "1"}}).ok());
}

TEST(Range, follows_the_standard) {
    using Kind = ByteRange::Kind;
    EXPECT_EQ(parse_range("bytes=0-99", 1000), (ByteRange{Kind::part, 0, 99}));
    EXPECT_EQ(parse_range("bytes=900-", 1000), (ByteRange{Kind::part, 900, 999}));
    EXPECT_EQ(parse_range("bytes=-5", 1000), (ByteRange{Kind::part, 995, 999}));
    EXPECT_EQ(parse_range("bytes=-5000", 1000), (ByteRange{Kind::part, 0, 999}));
    EXPECT_EQ(parse_range("bytes=0-99999999999999999999", 10), (ByteRange{Kind::part, 0, 9}));
    EXPECT_EQ(parse_range("bytes=1000-", 1000).kind, Kind::unsatisfiable);
    EXPECT_EQ(parse_range("bytes=-0", 1000).kind, Kind::unsatisfiable);
    EXPECT_EQ(parse_range("bytes=0-", 0).kind, Kind::unsatisfiable);
    for (const std::string_view odd : {"", "bytes=", "bytes=5-1", "bytes=a-b", "lines=1-2",
                                       "bytes=0-1,3-4", "bytes=--1", "bytes=1"}) {
        EXPECT_EQ(parse_range(odd, 1000).kind, Kind::whole) << odd;
    }
}

TEST(Names, go_there_and_back) {
    EXPECT_EQ(activity_from_name("activities_17").value, 17);
    EXPECT_EQ(activity_from_name("17").value, 17);
    EXPECT_FALSE(activity_from_name("activities_x"));
    EXPECT_FALSE(activity_from_name("-1"));
}

TEST(Throttle, doubles_the_delay_and_forgets) {
    Throttle throttle({});
    Instant now{1'000'000};
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(throttle.failed("a", now), Duration{});
    }
    EXPECT_EQ(throttle.failed("a", now), 2s);
    EXPECT_EQ(throttle.failed("a", now), 4s);
    EXPECT_EQ(throttle.wait("a", now + 1s), 3s);
    EXPECT_EQ(throttle.wait("b", now), Duration{});
    for (int i = 0; i < 40; ++i) {
        throttle.failed("a", now);
    }
    EXPECT_EQ(throttle.wait("a", now), 300s);
    throttle.succeeded("a");
    EXPECT_EQ(throttle.wait("a", now), Duration{});
}

TEST(SignInGuard, strangers_do_not_lock_a_person_out) {
    SignInGuard guard({});
    const Instant now{1'000'000};
    for (int i = 0; i < 40; ++i) {
        guard.failed({"jan", text::format("192.0.2.{}", i % 4), {}}, now);
    }
    EXPECT_GT(guard.wait({"jan", "192.0.2.1", {}}, now), Duration{});
    EXPECT_EQ(guard.wait({"jan", "198.51.100.7", {}}, now), Duration{}) << "the owner's network";
    EXPECT_EQ(guard.wait({"jan", "192.0.2.1", "browser"}, now), Duration{})
        << "the owner's browser, from the network of the guesses";
    EXPECT_EQ(guard.failed({"jan", "203.0.113.9", {}}, now).delay, 2s)
        << "one attempt for each further network";
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(guard.failed({"jan", "192.0.2.1", "browser"}, now).delay, Duration{});
    }
    EXPECT_EQ(guard.failed({"jan", "192.0.2.1", "browser"}, now).delay, 2s)
        << "a browser may not guess for ever either";
}

TEST(SignInGuard, networks_of_people_who_signed_in_go_before_strangers) {
    SignInGuard guard({});
    const Instant now{1'000'000};
    EXPECT_FALSE(guard.is_known({"jan", "198.51.100.7", {}}, now));
    EXPECT_TRUE(guard.is_known({"jan", "198.51.100.7", "browser"}, now));
    guard.succeeded({"jana", "198.51.100.7", {}}, now);
    EXPECT_TRUE(guard.is_known({"jan", "198.51.100.7", {}}, now)) << "a colleague's network";
    EXPECT_FALSE(guard.is_known({"jan", "198.51.100.8", {}}, now));
    EXPECT_FALSE(guard.is_known({"jan", "198.51.100.7", {}}, now + 31 * 24h));
}

TEST(SignInGuard, counts_a_network_over_all_accounts) {
    SignInGuard guard({});
    const Instant now{1'000'000};
    for (int i = 0; i < 20; ++i) {
        guard.failed({text::format("user{}", i), "2001:db8::/64", {}}, now);
    }
    EXPECT_GT(guard.wait({"jan", "2001:db8::/64", {}}, now), Duration{});
}

TEST(Network, is_an_address_or_what_one_subscriber_has) {
    EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(network_of("::ffff:192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(network_of("2001:db8:0:1:aaaa::1"), "2001:db8:0:1::/64");
    EXPECT_EQ(network_of("2001:db8:0:1::2"), network_of("2001:db8:0:1:ffff::3"));
    EXPECT_EQ(network_of("fe80::1%eth0"), "fe80::/64");
    EXPECT_EQ(network_of("something"), "something");
}

TEST(FairQueue, lanes_take_turns_and_the_longest_makes_room) {
    FairQueue<int> queue({.all = 4, .lane = 3});
    for (int i = 1; i <= 3; ++i) {
        EXPECT_EQ(queue.push("flood", i), std::nullopt);
    }
    EXPECT_EQ(queue.push("flood", 4), 4) << "a lane has its limit";
    EXPECT_EQ(queue.push("one", 11), std::nullopt);
    EXPECT_EQ(queue.push("two", 21), 3) << "the last of the longest lane";
    EXPECT_EQ(queue.push("three", 31), 2);
    EXPECT_EQ(queue.push("four", 41), 41) << "nobody has more than one";
    for (const int expected : {1, 11, 21, 31}) {
        EXPECT_EQ(queue.pop(), expected);
    }
    EXPECT_EQ(queue.pop(), std::nullopt);
    EXPECT_TRUE(queue.empty());
}

TEST(RateLimit, has_a_burst_and_then_a_pace) {
    RateLimit limit({.per_second = 2, .burst = 3});
    Instant now{1'000'000};
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(limit.take(now));
    }
    EXPECT_FALSE(limit.take(now));
    EXPECT_FALSE(limit.take(now + 400ms));
    EXPECT_TRUE(limit.take(now + 600ms));
    EXPECT_FALSE(limit.take(now)) << "time that goes back gives nothing";
}

TEST(Listenings, note_one_for_all_parts) {
    Listenings listenings;
    const core::UserId jan{1};
    const Instant now{1'000'000};
    EXPECT_TRUE(listenings.begins(jan, "a", now));
    EXPECT_FALSE(listenings.begins(jan, "a", now + 50s));
    EXPECT_FALSE(listenings.begins(jan, "a", now + 100s)) << "it goes on";
    EXPECT_TRUE(listenings.begins(jan, "b", now));
    EXPECT_TRUE(listenings.begins(core::UserId{2}, "a", now));
    EXPECT_TRUE(listenings.begins(jan, "a", now + 161s));
}

TEST(PasswordRule, is_the_same_for_all) {
    EXPECT_TRUE(password_fault("1", false).has_value());
    EXPECT_TRUE(password_fault("1", true).has_value());
    EXPECT_TRUE(password_fault("sip330", false).has_value());
    EXPECT_FALSE(password_fault("sip330", true).has_value());
    EXPECT_FALSE(password_fault("long-enough", false).has_value());
    EXPECT_TRUE(password_fault(std::string(257, 'x'), false).has_value());
    // What is said to be counted is counted: characters at least, bytes at most.
    EXPECT_TRUE(password_fault("ěščř", false).has_value());
    EXPECT_FALSE(password_fault("ěščřžýáí", false).has_value());
    EXPECT_TRUE(password_fault("long-enough\r", false).has_value());
    EXPECT_TRUE(password_fault("long\tenough", false).has_value());
    EXPECT_TRUE(password_fault("long\u200benough", false).has_value());
    EXPECT_TRUE(password_fault("long-enough\xff", false).has_value());
    EXPECT_TRUE(password_fault(std::string("long-enough\0", 12), false).has_value());
    EXPECT_FALSE(password_fault("with a space", false).has_value());
}

TEST(Router, prefers_literals_and_names_the_methods) {
    Router router;
    std::string seen;
    router.add(Method::get, "/a/{x}",
               [&](const Request&, const PathValues& values, const Respond& respond) {
                   seen = "x=" + values.at("x");
                   respond(json_response("{}"));
               });
    router.add(Method::get, "/a/b", [&](const Request&, const PathValues&, const Respond& respond) {
        seen = "literal";
        respond(json_response("{}"));
    });
    const auto ask = [&](Method method, std::vector<std::string> segments) {
        Response got;
        Request request;
        request.method = method;
        request.segments = std::move(segments);
        router.handle(std::move(request), Respond([&](Response r) { got = std::move(r); }));
        return got;
    };
    ask(Method::get, {"a", "b"});
    EXPECT_EQ(seen, "literal");
    ask(Method::head, {"a", "c"});
    EXPECT_EQ(seen, "x=c");
    EXPECT_EQ(ask(Method::post, {"a", "b"}).status, 405);
    EXPECT_EQ(ask(Method::get, {"z"}).status, 404);
    Response dropped;
    {
        const Respond lost([&](Response r) { dropped = std::move(r); });
    }
    EXPECT_EQ(dropped.status, 500);
}

}  // namespace
}  // namespace linka::api
