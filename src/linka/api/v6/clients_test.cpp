// What public clients of the v6 API stumble over: shapes and details that no grammar says.
#include "linka/api/testing/rig.hpp"

#include <algorithm>
#include <future>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

TEST(Clients, get_only_the_fields_that_they_ask_for) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    for (const std::string path : {"users/frantisek", "queues/6001", "sipDevices/330"}) {
        const Answer answer = rig.get("/api/v6/" + path + "?fields[0]=name&fields[1]=title", admin);
        EXPECT_EQ(answer.json().at("result").as_object().size(), 2U) << answer.body;
    }
}

// Goal: strictly typed clients read users. Null stands for a dictionary that there is none of, and
// for what is not known of a nested user.
TEST(Clients, read_users_with_strict_types) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const json::Value user = rig.get("/api/v6/users/frantisek", admin).json().at("result");
    EXPECT_TRUE(user.at("options").is_null());
    EXPECT_TRUE(user.at("role").at("options").is_null());
    EXPECT_TRUE(user.at("profile").at("options").is_null());
    for (const std::string_view field :
         {"deleteMissedActivity", "monitoringModes", "gptFunctions", "askForAssistance",
          "customViews", "customSocialMediaViews", "oneTimePassword", "passwordReset"}) {
        EXPECT_TRUE(user.at("profile").as_object().contains(field)) << field;
    }
    EXPECT_TRUE(user.at("role").as_object().contains("gpt_custom_prompts"));
}

TEST(Clients, find_people_by_capital_letters_with_accents) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.put("/api/v6/users/frantisek", admin, R"({"title":"František Dvořák"})").status,
              200);
    // %FRANTIŠEK%
    const Answer found = rig.get(
        "/api/v6/users?filter[field]=title&filter[operator]=like"
        "&filter[value]=%25FRANTI%C5%A0EK%25",
        admin);
    EXPECT_EQ(text_at(found.json(), {"result", "total"}), "1") << found.body;
}

TEST(Clients, find_names_with_blanks_written_as_forms_do) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.post("/api/v6/statuses", admin, R"({"name":"a b","title":"A"})").status, 201);
    ASSERT_EQ(rig.post("/api/v6/statuses", admin, R"({"name":"c+d","title":"C"})").status, 201);
    EXPECT_EQ(rig.get("/api/v6/statuses/a+b.json", admin).status, 200);
    EXPECT_EQ(rig.get("/api/v6/statuses/c+d.json", admin).status, 200);
    EXPECT_EQ(rig.get("/api/v6/statuses/a%20c.json", admin).status, 404);
}

TEST(Clients, are_told_what_is_not_there) {
    Rig rig;
    const Answer answer = rig.request("GET", "/internal/globalsettings.json");
    EXPECT_EQ(answer.status, 404);
    EXPECT_TRUE(answer.json().as_object().contains("error"));
}

// Goal: fields of the model that are the same in every row can be compared and sorted by.
TEST(Clients, filter_and_sort_by_every_field_of_a_model) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    for (const std::string field :
         {"focus_time", "focus_disruptions", "survey", "anonymized", "customFields", "options",
          "type", "priority", "contact", "important", "created_by", "duration", "time"}) {
        const std::string base = "/api/v6/activities?";
        EXPECT_EQ(rig.get(base + "filter[0][field]=" + field + "&filter[0][operator]=isnull", admin)
                      .status,
                  200)
            << field;
        EXPECT_EQ(rig.get(base + "sort[0][field]=" + field + "&sort[0][dir]=desc", admin).status,
                  200)
            << field;
    }
    for (const std::string field : {"missed_call", "missed_call_time", "missed_callback", "options",
                                    "duration", "answered", "call_time"}) {
        const std::string base = "/api/v6/activitiesCall?";
        EXPECT_EQ(rig.get(base + "filter[0][field]=" + field + "&filter[0][operator]=isnull", admin)
                      .status,
                  200)
            << field;
        EXPECT_EQ(rig.get(base + "sort[0][field]=" + field, admin).status, 200) << field;
    }
}

// Somebody waits in 6001.
void let_somebody_wait(Rig& rig) {
    core::Route route;
    route.did = "226000002";
    route.destination = {core::DestinationKind::queue, "6001"};
    ASSERT_EQ(rig.live->now(core::SaveRoute{route}).kind, core::Reply::Kind::ok);
    rig.live->now(core::CallArrivedReport{
        core::LegId{1}, {}, "loopback", "226000002", "00420601111222", "", {}});
}

// How many rows there are of `model` for which `field` `op` `values`.
std::string count(Rig& rig, const std::string& token, const std::string& model,
                  const std::string& field, const std::string& op,
                  const std::vector<std::string>& values) {
    std::string query = "filter[0][field]=" + field + "&filter[0][operator]=" + op;
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::string value = values[i];
        std::replace(value.begin(), value.end(), ' ', '+');
        query += "&filter[0][value]" + (values.size() > 1 ? "[" + std::to_string(i) + "]" : "") +
                 "=" + value;
    }
    const Answer answer = rig.get("/api/v6/" + model + "?" + query, token);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return text_at(answer.json(), {"result", "total"});
}

// Goal: what is shown is what is compared with. Times and durations are kept to the microsecond and
// shown to the second: a row's own time finds it, and nothing after it does.
TEST(Clients, compare_times_and_durations_as_they_are_shown) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    let_somebody_wait(rig);
    for (const auto& [model, field] :
         {std::pair("activities", "time"), std::pair("activitiesCall", "call_time")}) {
        const json::Value list = rig.get(std::string("/api/v6/") + model, admin).json();
        const std::string time = text_at(list.at("result").at("data").as_array().at(0), {field});
        for (const auto& [op, rows] :
             {std::pair("eq", "1"), std::pair("gte", "1"), std::pair("lte", "1"),
              std::pair("gt", "0"), std::pair("lt", "0"), std::pair("neq", "0"),
              std::pair("in", "1"), std::pair("notin", "0")}) {
            EXPECT_EQ(count(rig, admin, model, field, op, {time}), rows) << model << op;
        }
        EXPECT_EQ(count(rig, admin, model, field, "like", {time.substr(0, 10)}), "1");
        EXPECT_EQ(count(rig, admin, model, field, "between", {"2026-01-01", time}), "1");
    }
    for (const auto& [op, rows] : {std::pair("eq", "1"), std::pair("gt", "0"),
                                   std::pair("gte", "1"), std::pair("lte", "1")}) {
        EXPECT_EQ(count(rig, admin, "activitiesCall", "duration", op, {"0"}), rows) << op;
    }
    EXPECT_EQ(count(rig, admin, "activitiesCall", "answered", "in", {"0", "1"}), "1");
    EXPECT_EQ(count(rig, admin, "activitiesCall", "answered", "eq", {"1"}), "0");
    EXPECT_EQ(count(rig, admin, "activities", "created_by", "eq", {"jan"}), "0");
}

TEST(Clients, ask_for_attachments_and_contacts_of_calls) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    let_somebody_wait(rig);
    const json::Value list = rig.get("/api/v6/activities", admin).json();
    const json::Value& activity = list.at("result").at("data").as_array().at(0);
    const Answer files =
        rig.get("/api/v6/activities/" + text_at(activity, {"name"}) + "/attachments.json", admin);
    EXPECT_EQ(files.status, 200);
    EXPECT_EQ(text_at(files.json(), {"result", "total"}), "0");
    const std::string call = "/api/v6/activitiesCall/" + text_at(activity, {"item", "id_call"});
    EXPECT_EQ(rig.put(call, admin, R"({"contact":null})").status, 200);
    EXPECT_EQ(rig.put(call, admin, R"({"contact":"x"})").status, 400);
    EXPECT_EQ(rig.put(call, rig.sign_in("petr"), R"({"contact":null})").status, 404);
}

// Three calls of queue 6001: one in that jan answered and one that nobody did, one out by jan.
// Written as events: sign in before, they do not pass through the core.
void write_three_calls(Rig& rig) {
    std::promise<std::pair<std::int64_t, core::UserId>> found;
    ASSERT_TRUE(rig.live->query([&](const core::State& state, Instant) {
        core::UserId jan;
        for (const auto& [id, user] : state.users) {
            jan = user.name == "jan" ? id : jan;
        }
        found.set_value({state.seq, jan});
    }));
    const auto [seq, jan] = found.get_future().get();
    const Instant at{1'790'000'000'000'000};
    const auto started = [](std::int64_t id, core::CallDirection direction, std::string caller,
                            std::string number) {
        core::InteractionStarted event;
        event.interaction = core::InteractionId{id};
        event.carrier = core::carrier::Call{core::CallId{id}};
        event.queue = core::QueueId{6001};
        event.direction = direction;
        const bool out = direction == core::CallDirection::out;
        event.party.address = out ? std::move(number) : std::move(caller);
        event.our_address = out ? std::move(caller) : std::move(number);
        event.waiting_as = core::ActivityId{id + 10};
        return event;
    };
    const auto ended = [](std::int64_t id, core::Outcome outcome) {
        return core::InteractionEnded{core::InteractionId{id}, outcome};
    };
    using core::CallDirection;
    store::Write write;
    write.events = {
        {seq + 1, at, started(1, CallDirection::in, "00420601111222", "226000002")},
        {seq + 2, at, core::InteractionAnswered{core::InteractionId{1}, jan, core::ActivityId{21}}},
        {seq + 3, at, ended(1, core::Outcome::answered)},
        {seq + 4, at, started(2, CallDirection::in, "", "226000002")},
        {seq + 5, at, ended(2, core::Outcome::abandoned)},
        {seq + 6, at, started(3, CallDirection::out, "226000001", "00420777123456")},
        {seq + 7, at, ended(3, core::Outcome::busy)}};
    ASSERT_TRUE(rig.store->append(std::move(write)));
    rig.store->flush();
}

// Goal: what is shown is what is compared with, also where it stands in several columns.
TEST(Clients, compare_numbers_and_causes_as_they_are_shown) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    write_three_calls(rig);
    using Case = std::tuple<const char*, const char*, const char*, const char*>;
    const auto expect = [&](const char* model, std::initializer_list<Case> cases) {
        for (const auto& [field, op, value, rows] : cases) {
            EXPECT_EQ(count(rig, admin, model, field, op, {value}), rows)
                << field << " " << op << " " << value;
        }
    };
    expect("activitiesCall", {{"clid", "eq", "00420601111222", "1"},
                              {"clid", "neq", "00420601111222", "2"},
                              {"clid", "eq", "226000002", "0"},
                              {"clid", "eq", "226000001", "0"},
                              {"clid", "eq", "00420777123456", "1"},
                              {"clid", "startswith", "00420", "2"},
                              {"clid", "notbegins", "00420", "1"},
                              {"clid", "isnull", "", "1"},
                              {"clid", "isnotnull", "", "2"},
                              {"did", "eq", "226000002", "2"},
                              {"did", "neq", "226000002", "1"},
                              {"did", "eq", "226000001", "1"},
                              {"disconnection_cause", "isnull", "", "1"},
                              {"disconnection_cause", "isnotnull", "", "2"},
                              {"disconnection_cause", "eq", "", "1"},
                              {"disconnection_cause", "neq", "busy", "2"},
                              {"missed_call", "isnull", "", "3"},
                              {"missed_call", "isnotnull", "", "0"},
                              {"missed_call", "neq", "1", "3"}});
    // A row that nobody has has no title of its own: the number is shown.
    expect("activities", {{"title", "eq", "226000001", "1"}, {"title", "isnull", "", "1"}});
}

// Goal: the type of an activity is its channel, where it is shown and where it is compared.
TEST(Clients, tell_a_chat_from_a_call) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    let_somebody_wait(rig);
    rig.store->flush();
    std::promise<std::int64_t> found;
    ASSERT_TRUE(
        rig.live->query([&](const core::State& state, Instant) { found.set_value(state.seq); }));
    core::InteractionStarted chat;
    chat.interaction = core::InteractionId{500};
    chat.channel = core::Channel::chat;
    chat.carrier = core::carrier::Conversation{core::ConversationId{1}};
    chat.queue = core::QueueId{6004};
    chat.waiting_as = core::ActivityId{500};
    store::Write write;
    write.events = {{found.get_future().get() + 1, Instant{1'790'000'000'000'000}, chat}};
    ASSERT_TRUE(rig.store->append(std::move(write)));
    rig.store->flush();
    EXPECT_EQ(count(rig, admin, "activities", "type", "eq", {"CALL"}), "1");
    EXPECT_EQ(count(rig, admin, "activities", "type", "in", {"CHAT", "SMS"}), "1");
    EXPECT_EQ(
        text_at(rig.get("/api/v6/activities/activities_500", admin).json(), {"result", "type"}),
        "CHAT");
}

// Goal: a name leads to its own record alone, and every row says its name.
TEST(Clients, find_calls_by_their_names) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    let_somebody_wait(rig);
    const json::Value list = rig.get("/api/v6/activitiesCall?sort[0][field]=name", admin).json();
    const json::Value& call = list.at("result").at("data").as_array().at(0);
    const std::string name = text_at(call, {"name"});
    EXPECT_EQ(name, text_at(call, {"id_call"}));
    const std::string number = name.substr(name.rfind('_') + 1);
    for (const auto& [asked, status, rows] :
         {std::tuple(name, 200, "1"), std::tuple(number, 200, "1"),
          std::tuple("activities_" + number, 404, "0"), std::tuple("x_" + number, 404, "0")}) {
        EXPECT_EQ(rig.get("/api/v6/activitiesCall/" + asked, admin).status, status) << asked;
        EXPECT_EQ(count(rig, admin, "activitiesCall", "id_call", "eq", {asked}), rows) << asked;
        EXPECT_EQ(count(rig, admin, "activitiesCall", "name", "in", {asked, "y"}), rows) << asked;
    }
    EXPECT_EQ(count(rig, admin, "activities", "name", "eq", {name}), "0");
}

TEST(Clients, follow_a_session_to_its_call) {
    Rig rig;
    const std::string jan = rig.sign_in("jan");
    std::promise<core::DeviceId> found;
    ASSERT_TRUE(rig.live->query([&](const core::State& state, Instant) {
        core::DeviceId telephone;
        for (const auto& [id, device] : state.devices) {
            telephone = device.name == "331" ? id : telephone;
        }
        found.set_value(telephone);
    }));
    rig.live->now(core::DeviceReachabilityReport{found.get_future().get(), true, true});
    EXPECT_EQ(rig.post("/api/live/me/devices", jan, R"({"login":["331"]})").status, 200);
    EXPECT_EQ(rig.post("/api/live/me/queues", jan, R"({"login":[6001]})").status, 200);
    EXPECT_EQ(rig.post("/api/live/me/ready", jan).status, 200);
    let_somebody_wait(rig);
    std::promise<core::LegId> ringing;
    ASSERT_TRUE(rig.live->query([&](const core::State& state, Instant) {
        ringing.set_value(state.legs.rbegin()->first);  // the newest: the telephone's
    }));
    const core::LegId leg = ringing.get_future().get();
    rig.live->now(core::LegRingingReport{leg, false, false});
    rig.live->now(core::LegAnsweredReport{leg});
    const json::Value session = rig.get("/api/v6/realtimeSessions/jan", jan).json();
    const Answer call =
        rig.get("/api/v6/activitiesCall/" + text_at(session, {"result", "id_call"}), jan);
    EXPECT_EQ(call.status, 200) << text_at(session, {"result"});
    EXPECT_EQ(text_at(call.json(), {"result", "id_agent", "name"}), "jan");
    EXPECT_EQ(text_at(call.json(), {"result", "id_call"}), text_at(session, {"result", "id_call"}));
}

// One part of a form, as httr of R and curl write it.
std::string part(const std::string& name, const std::string& value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

// Goal: libraries that write every form as multipart/form-data sign in and write records.
TEST(Clients, send_forms_in_parts) {
    Rig rig;
    const Headers parts{{"Content-Type", "multipart/form-data; boundary=b"}};
    const Answer signed_in = rig.request(
        "POST", "/api/v6/login.json",
        part("password", "demo500") + part("username", "admin") + part("only_token", "1") + "--b--",
        parts);
    ASSERT_EQ(signed_in.status, 200) << signed_in.body;
    const std::string token = text_at(signed_in.json(), {"result"});
    Headers own = parts;
    own.emplace_back("X-AUTH-TOKEN", token);
    const Answer created = rig.request("POST", "/api/v6/statuses",
                                       part("name", "p") + part("title", "T") +
                                           part("description", "Dvě\r\nřádky & víc") +
                                           part("list[0]", "x") + "--b--\r\n",
                                       own);
    EXPECT_EQ(created.status, 201) << created.body;
    EXPECT_EQ(text_at(created.json(), {"result", "description"}), "Dvě\r\nřádky & víc");
    for (const std::string& broken :
         {part("name", "q"), std::string("--b\r\n\r\nx\r\n--b--"), std::string("name=q"),
          "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--" + std::string()}) {
        EXPECT_EQ(rig.request("POST", "/api/v6/statuses", broken, own).status, 400) << broken;
    }
}

// Goal: a softphone that sets itself up takes the first device that it is told of.
TEST(Clients, set_softphones_up_as_telephones_only) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    for (const std::string device :
         {R"({"name":"821","title":"Web","type":"web"})",
          R"({"name":"00420777123456","title":"Mobil","type":"external","number":"777123456"})"}) {
        ASSERT_EQ(rig.post("/api/v6/sipDevices", admin, device).status, 201) << device;
    }
    ASSERT_EQ(
        rig.put("/api/v6/users/frantisek", admin, R"({"devices":["821","00420777123456","330"]})")
            .status,
        200);
    const Answer who = rig.get("/api/v6/whoim.json", rig.sign_in("frantisek"));
    const json::Value devices = who.json().at("result").at("user").at("extensions");
    ASSERT_EQ(devices.as_array().size(), 1U) << who.body;
    EXPECT_EQ(text_at(devices.as_array().at(0), {"name"}), "330");
}

// Goal: what PHP writes for an empty dictionary is read by strictly typed clients.
TEST(Clients, write_empty_lists_for_nothing) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string user = "/api/v6/users/frantisek";
    ASSERT_EQ(rig.put(user, admin, R"({"options":{"a":1},"fcmSettings":[]})").status, 200);
    EXPECT_TRUE(rig.get(user, admin).json().at("result").at("fcmSettings").is_null());
    EXPECT_TRUE(rig.get(user, admin).json().at("result").at("options").is_object());
    ASSERT_EQ(rig.put(user, admin, R"({"options":[]})").status, 200);
    EXPECT_TRUE(rig.get(user, admin).json().at("result").at("options").is_null());
}

// Goal: what a write answers is the record as it is read.
TEST(Clients, are_answered_with_the_record_that_they_wrote) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const Answer changed = rig.put("/api/v6/users/frantisek", admin, R"({"title":"F"})");
    const Answer created = rig.post(
        "/api/v6/users", admin,
        R"({"name":"novy","title":"N","extension":"555","password":"Heslo-12345-dlouhe"})");
    ASSERT_EQ(created.status, 201) << created.body;
    for (const auto& [name, written] :
         {std::pair("frantisek", changed), std::pair("novy", created)}) {
        const Answer read = rig.get(std::string("/api/v6/users/") + name, admin);
        EXPECT_EQ(text_at(read.json(), {"result", "extension_state"}), "offline");
        EXPECT_EQ(text_at(written.json(), {"result"}), text_at(read.json(), {"result"}));
    }
}

}  // namespace
}  // namespace linka::api::testing
