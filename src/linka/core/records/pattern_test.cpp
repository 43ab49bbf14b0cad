// Patterns of dialled numbers: which are fit to be saved, of routes and of rights to call alike.
#include "linka/core/records/pattern.hpp"

#include "linka/core/records/right_to_call.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

constexpr const char* whole[] = {"112",     "_X",      "_7XXXXXXXX", "_[1237-9]X", "_[0-9]",
                                 "_00420.", "_[7]77.", "_.",         "_XZN"};
constexpr const char* broken[] = {"_[N]",   "_[[7]]",   "_7]",  "_]",     "_[7]]", "_[X-Z]",
                                  "_[1-X]", "_[7.]",    "_[]",  "_[9-1]", "_[1-]", "_[-1",
                                  "_[1--",  "_[1-3-5]", "_7.7", "_-",     "_+420", "_a",
                                  "_",      "7X",       "+420", "7]",     "[7]",   "_7 7"};

TEST(Patterns, AreReadOneWayByRoutesAndByRightsToCall) {
    World w;
    w.queue(6001);
    const auto routed = [&](const std::string& did, const std::string& caller) {
        Route route;
        route.did = did;
        route.caller = caller;
        route.destination = {DestinationKind::queue, "6001"};
        w.give(SaveRoute{route});
        return w.reply.kind == Reply::Kind::ok ? "ok" : w.reply.field;
    };
    for (const std::string pattern : whole) {
        EXPECT_TRUE(is_call_rule(pattern)) << pattern;
        EXPECT_TRUE(is_call_rule("!" + pattern)) << pattern;
        EXPECT_EQ(routed(pattern, pattern), "ok") << pattern;
    }
    for (const std::string pattern : broken) {
        EXPECT_FALSE(is_call_rule(pattern)) << pattern;
        EXPECT_EQ(routed(pattern, ""), "did") << pattern;
        EXPECT_EQ(routed("", pattern), "caller") << pattern;
    }
    EXPECT_EQ(routed("", ""), "ok") << "any number";
    EXPECT_FALSE(is_call_rule(""));
    EXPECT_EQ(routed("_" + std::string(64, '7'), ""), "did") << "too long";
}

TEST(Patterns, MatchSetsOfDigits) {
    EXPECT_TRUE(matches("_[1237-9]X", "85"));
    EXPECT_FALSE(matches("_[1237-9]X", "45"));
    EXPECT_TRUE(matches("_[0-9].", "12"));
}

}  // namespace
}  // namespace linka::core::test
