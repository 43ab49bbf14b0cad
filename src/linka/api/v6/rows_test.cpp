// What the rows of work, sessions and changes have: their fields in order, how they are read, and
// what lists know of them. Clients depend on all of it.
#include "linka/api/testing/rig.hpp"
#include "linka/core/view.hpp"

#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct RowFields : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");
    std::string jan = rig.sign_in("jan");

    // Jan works in 6001.
    void begin_to_work() {
        const auto device = rig.live->device("331");
        rig.live->now(core::DeviceReachabilityReport{device, true, true});
        EXPECT_EQ(rig.post("/api/live/me/devices", jan, R"({"login":["331"]})").status, 200);
        EXPECT_EQ(rig.post("/api/live/me/queues", jan, R"({"login":[6001]})").status, 200);
    }
    // Jan answered a call of queue 6001 and dialled one. Written as events: what passes through the
    // core comes before.
    void write_two_calls() {
        using core::CallDirection;
        const auto user = rig.live->see(
            [](const core::State& state) { return core::user_by_name(state, "jan")->id; });
        const auto seq =
            rig.live->see([](const core::State& state) { return std::int64_t{state.seq}; });
        const Instant at{1'790'000'000'000'000};
        core::InteractionStarted in;
        in.interaction = core::InteractionId{1};
        in.carrier = core::carrier::Call{core::CallId{1}};
        in.queue = core::QueueId{6001};
        in.party.address = "00420601111222";
        in.party.name = "Novák";
        in.our_address = "226000002";
        in.waiting_as = core::ActivityId{1};
        core::InteractionStarted out;
        out.interaction = core::InteractionId{2};
        out.carrier = core::carrier::Call{core::CallId{2}};
        out.direction = CallDirection::out;
        out.party.address = "00420777123456";
        out.our_address = "226000001";
        const core::ActivityOpened answers{.activity = core::ActivityId{1},
                                           .interaction = in.interaction,
                                           .queue = in.queue,
                                           .user = user,
                                           .direction = CallDirection::in,
                                           .title = "Reklamace"};
        const core::ActivityOpened dials{.activity = core::ActivityId{2},
                                         .interaction = out.interaction,
                                         .user = user,
                                         .direction = CallDirection::out};
        store::Write write;
        write.events = {
            {seq + 1, at, in},
            {seq + 2, at + 3s, answers},
            {seq + 3, at + 3s,
             core::InteractionAnswered{in.interaction, user, core::ActivityId{1}}},
            {seq + 4, at + 65s, core::InteractionEnded{in.interaction, core::Outcome::answered}},
            {seq + 5, at + 100s, out},
            {seq + 6, at + 100s, dials},
            {seq + 7, at + 120s, core::InteractionEnded{out.interaction, core::Outcome::busy}}};
        ASSERT_TRUE(rig.store->append(std::move(write)));
        rig.store->flush();
    }
    json::Value one(const std::string& path) {
        const Answer answer = rig.get("/api/v6/" + path, admin);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json().at("result");
    }
    json::Value first_of(const std::string& model) {
        return one(model + "?take=1").at("data").at(0);
    }
    int status(const std::string& path) { return rig.get("/api/v6/" + path, admin).status; }
};

std::string names(const json::Value& row) {
    std::string all;
    for (const auto& member : row.as_object()) {
        all += (all.empty() ? "" : " ") + std::string(member.key());
    }
    return all;
}

// The row without the records nested in it.
std::string plain(const json::Value& row) {
    json::Object out;
    for (const auto& [name, value] : row.as_object()) {
        if (!value.is_object() && name != "activities") {
            out[name] = value;
        }
    }
    return boost::json::serialize(out);
}

constexpr const char* activity_names =
    "name ticket title important action type item queue user contact survey record priority "
    "options description time time_wait time_open time_close baw aaw duration ringing_time "
    "focus_time focus_disruptions created_by statuses customFields anonymized attachments _sys";
constexpr const char* call_names =
    "id_call name call_time direction answered id_queue id_agent clid contact prefix_clid_name did "
    "waiting_time ringing_time hold_time duration disposition_cause disconnection_cause "
    "pressed_key missed_call end_reason end_status missed_call_time missed_callback attempts "
    "orig_pos position options cdr activities _sys";
constexpr const char* session_names =
    "name id_agent state exten exten_status presence_status logintime lastcalltime lastqueue "
    "id_pause onpause statetime id_call unwrap _sys";
constexpr const char* change_names =
    "name time user access address action model record title before after titles detail taken_back "
    "takes_back note can_take_back _sys";

TEST_F(RowFields, come_in_this_order) {
    begin_to_work();
    ASSERT_EQ(rig.put("/api/v6/queues/6001", admin, R"({"title":"Nová"})").status, 200);
    write_two_calls();
    const json::Value activity = first_of("activities");
    EXPECT_EQ(names(activity), activity_names);
    EXPECT_EQ(names(activity.at("item")), call_names);
    EXPECT_EQ(names(one("activities/" + text_at(activity, {"name"}))), activity_names);
    const json::Value call = first_of("activitiesCall");
    EXPECT_EQ(names(call), call_names);
    EXPECT_EQ(names(call.at("cdr")), "name direction src dst time_created time_closed");
    EXPECT_EQ(names(call.at("activities").at(0)), activity_names);
    EXPECT_TRUE(call.at("activities").at(0).at("item").is_int64());
    EXPECT_EQ(names(first_of("realtimeSessions")), session_names);
    EXPECT_EQ(names(one("realtimeSessions/jan")), session_names);
    EXPECT_EQ(names(first_of("auditLog")), change_names);
}

TEST_F(RowFields, are_read_so) {
    write_two_calls();
    const json::Value answered = one("activities/activities_1");
    EXPECT_EQ(plain(answered),
              R"({"name":"activities_1","ticket":null,"title":"Reklamace",)"
              R"("important":false,"action":"OPEN","type":"CALL","contact":null,)"
              R"("survey":null,"record":null,"priority":0,"options":[],)"
              R"("description":null,"time":"2026-09-21 16:13:20",)"
              R"("time_wait":"2026-09-21 16:13:20","time_open":"2026-09-21 16:13:23",)"
              R"("time_close":null,"baw":0,"aaw":0,"duration":0,"ringing_time":0,)"
              R"("focus_time":0,"focus_disruptions":0,"created_by":null,"statuses":[],)"
              R"("customFields":[],"anonymized":false,"attachments":[]})");
    EXPECT_EQ(text_at(answered, {"user", "name"}), "jan");
    EXPECT_EQ(text_at(answered, {"queue", "name"}), "6001");
    EXPECT_EQ(text_at(answered, {"item", "name"}), "activitiesCall_1");
    EXPECT_EQ(text_at(answered, {"created_by"}), "null");
    const json::Value dialled = one("activities/activities_2");
    EXPECT_EQ(plain(dialled),
              R"({"name":"activities_2","ticket":null,"title":"226000001",)"
              R"("important":false,"action":"OPEN","type":"CALL","queue":null,)"
              R"("contact":null,"survey":null,"record":null,"priority":0,"options":[],)"
              R"("description":null,"time":"2026-09-21 16:15:00",)"
              R"("time_wait":"2026-09-21 16:15:00","time_open":"2026-09-21 16:15:00",)"
              R"("time_close":null,"baw":0,"aaw":0,"duration":0,"ringing_time":0,)"
              R"("focus_time":0,"focus_disruptions":0,"statuses":[],"customFields":[],)"
              R"("anonymized":false,"attachments":[]})");
    EXPECT_EQ(text_at(dialled, {"created_by"}), text_at(dialled, {"user"}));
    const json::Value in = one("activitiesCall/activitiesCall_1");
    EXPECT_EQ(plain(in),
              R"({"id_call":"activitiesCall_1","name":"activitiesCall_1",)"
              R"("call_time":"2026-09-21 16:13:20","direction":"in","answered":true,)"
              R"("clid":"00420601111222","contact":null,"prefix_clid_name":"Novák",)"
              R"("did":"226000002","waiting_time":3,"ringing_time":0,"hold_time":0,)"
              R"("duration":0,"disposition_cause":"system","disconnection_cause":"",)"
              R"("pressed_key":null,"missed_call":null,"end_reason":null,"end_status":0,)"
              R"("missed_call_time":null,"missed_callback":null,"attempts":0,)"
              R"("orig_pos":0,"position":0,"options":[]})");
    EXPECT_EQ(boost::json::serialize(in.at("cdr")),
              R"({"name":"calls_1","direction":"in","src":"00420601111222",)"
              R"("dst":"226000002","time_created":"2026-09-21 16:13:20",)"
              R"("time_closed":"2026-09-21 16:14:25"})");
    EXPECT_EQ(text_at(in, {"id_agent"}), text_at(answered, {"user"}));
    EXPECT_EQ(text_at(in, {"id_queue"}), text_at(answered, {"queue"}));
    EXPECT_EQ(plain(one("activitiesCall/activitiesCall_2")),
              R"({"id_call":"activitiesCall_2","name":"activitiesCall_2",)"
              R"("call_time":"2026-09-21 16:15:00","direction":"out","answered":false,)"
              R"("id_queue":null,"clid":"00420777123456","contact":null,)"
              R"("prefix_clid_name":null,"did":"226000001","waiting_time":20,)"
              R"("ringing_time":0,"hold_time":0,"duration":0,)"
              R"("disposition_cause":"system","disconnection_cause":"busy",)"
              R"("pressed_key":null,"missed_call":null,"end_reason":null,"end_status":0,)"
              R"("missed_call_time":null,"missed_callback":null,"attempts":0,)"
              R"("orig_pos":0,"position":0,"options":[]})");
}

// The names that are known for `fields=`, and of those the ones that rows are compared by.
void expect_known(RowFields& test, const std::string& model, const std::string& shown,
                  const std::set<std::string>& not_compared) {
    std::istringstream all(shown);
    for (std::string name; all >> name;) {
        EXPECT_EQ(test.status(model + "?fields[0]=" + name), 200) << name;
        const int expected = not_compared.contains(name) ? 400 : 200;
        EXPECT_EQ(test.status(model + "?filter[0][field]=" + name + "&filter[0][operator]=isnull"),
                  expected)
            << model << " " << name;
        EXPECT_EQ(test.status(model + "?sort[0][field]=" + name), expected) << name;
    }
    EXPECT_EQ(test.status(model + "?fields[0]=nothing_such"), 400);
}

TEST_F(RowFields, are_known_to_lists) {
    expect_known(*this, "activities", std::string(activity_names) + " direction clid did",
                 {"item", "attachments", "_sys"});
    expect_known(*this, "activitiesCall", call_names, {"cdr", "_sys"});
    expect_known(*this, "realtimeSessions", session_names, {});
    expect_known(*this, "auditLog", change_names, {"titles", "note", "can_take_back", "_sys"});
}

}  // namespace
}  // namespace linka::api::testing
