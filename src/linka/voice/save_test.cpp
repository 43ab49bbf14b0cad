// Side records of legs: those of before are read, what cannot be read is forgotten.
#include "linka/base/json_read.hpp"
#include "linka/voice/test_rig.hpp"

namespace linka::voice {
namespace {

// Those of version 1 have the port's text as a string.
TEST(Save, what_an_earlier_version_saved_is_restored) {
    TestRig rig;
    rig.start();
    const auto [caller, phone] = rig.talking();
    rig.crash();
    for (const LegNumber number : {caller, phone}) {
        std::string& text = rig.side.at({"voice_leg", std::to_string(number)});
        auto members = json::parse(text).value();
        members.as_object()["version"] = 1;
        members.as_object()["sip"] = boost::json::serialize(members.at("sip"));
        text = boost::json::serialize(members);
        ASSERT_NE(text.find(R"("sip":"{\"dialog\":)"), std::string::npos) << text;
    }
    EXPECT_TRUE(sip_restore(rig.side).legs.at(phone).starts_with(R"({"dialog":)"));
    rig.start();
    EXPECT_EQ(rig.told<core::ProgramStartedReport>().back().legs,
              (std::vector<core::LegId>{id(caller), id(phone)}));
    rig.expect_all_end();
}

TEST(Save, unreadable_records_are_forgotten) {
    TestRig rig;
    rig.side[{"voice_leg", "13"}] = "broken";
    rig.side[{"voice_leg", "x"}] = "{}";
    rig.side[{"voice_leg", "15"}] = R"({"version":99,"leg":15})";
    rig.side[{"other", "1"}] = "not ours";
    EXPECT_TRUE(sip_restore(rig.side).legs.empty());
    rig.start();
    EXPECT_EQ(rig.side.size(), 1U);
    rig.expect_clean();
}

}  // namespace
}  // namespace linka::voice
