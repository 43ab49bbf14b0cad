// What holds of every described model: from the description alone come list, form, errors, change
// log and schema.
#include "linka/api/testing/rig.hpp"
#include "linka/api/v6/describe/catalogue.hpp"
#include "linka/api/v6/describe/change.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

using v6::Field;
using v6::FieldKind;
using v6::Model;
using v6::Writers;

// A record of each model that may be changed.
const std::map<std::string, std::string>& subjects() {
    static const std::map<std::string, std::string> all{
        {"users", "frantisek"},   {"sipDevices", "330"},     {"queues", "6001"},
        {"pauses", "lunch"},      {"statuses", "solved"},    {"settings", "instance"},
        {"groups", "all_queues"}, {"roles", "lead"},         {"rightsToCall", "near"},
        {"profiles", "night"},    {"inboundRoutes", "line"}, {"ringGroups", "790"},
        {"trunks", "provider"},   {"timegroups", "office"},  {"recordings", "hello"}};
    return all;
}

struct Models : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    void SetUp() override {
        made("pauses", R"({"name":"lunch","title":"Svačina"})");
        made("statuses", R"({"name":"solved","title":"Vyřešeno"})");
        made("groups", R"({"name":"all_queues","title":"Vše","type":"queues","queues":[6001]})");
        made("rightsToCall", R"({"name":"near","title":"Blízko","rules":["_7XXXXXXXX"]})");
        made("profiles", R"({"name":"night","title":"Noční"})");
        made("inboundRoutes", R"({"name":"line","did":"1","destination":{"kind":"echo"}})");
        made("timegroups", R"({"name":"office","title":"Kancelář"})");
        made("ringGroups", R"({"name":790,"title":"Sklad","members":["511"]})");
        made("trunks", R"({"name":"provider","title":"Operátor","host":"192.0.2.1"})");
        std::filesystem::create_directories(rig.directory + "/prompts/own");
        std::ofstream(rig.directory + "/prompts/own/tone.wav") << std::string(32'044, 'x');
        made("recordings", R"({"name":"hello","title":"Pozdrav","language":"cs","file":"tone"})");
        made("roles", R"({"name":"lead","title":"Vedoucí směny","reach":"queues"})");
    }
    void made(const std::string& model, const std::string& body) {
        const Answer answer = rig.post("/api/v6/" + model, admin, body);
        ASSERT_EQ(answer.status, 201) << answer.body;
    }
    // Without the version, which is another one as soon as a client keeps what was a default
    // before.
    json::Object read(const Model& model) {
        json::Object record =
            rig.get("/api/v6/" + model.name + "/" + subjects().at(model.name), admin)
                .json()
                .at("result")
                .as_object();
        record.erase("_sys");
        record.erase("password");  // a telephone's, which the demo lets be short
        return record;
    }
    Answer write(const Model& model, const std::string& field, const json::Value& value) {
        json::Object body;
        v6::set_field(body, field, value);
        return rig.put("/api/v6/" + model.name + "/" + subjects().at(model.name), admin,
                       boost::json::serialize(body));
    }
    json::Value newest_change() {
        return rig.get("/api/v6/auditLog?take=1", admin).json().at("result").at("data").at(0);
    }
};

// Another value than `now` that the field may have; null: there is none to be made up.
json::Value another(const Field& field, const json::Value& now) {
    switch (field.kind) {
        case FieldKind::number: {
            const int least = field.limit ? field.limit->span.least : 0;
            return now == json::Value(least + 1) ? least + 2 : least + 1;
        }
        case FieldKind::flag:
            return !now.as_bool();
        case FieldKind::choice:
        case FieldKind::choices: {
            json::Value one;
            if (field.of == "rightsToCall" || field.of == "profiles" || field.of == "recordings") {
                one = subjects().at(field.of);
            }
            for (const std::string& choice : field.choices) {
                if (now != json::Value(choice)) {
                    one = choice;
                }
            }
            return field.kind == FieldKind::choice ? one : json::Array{one};
        }
        case FieldKind::texts:
            return json::Array{field.name == "emergency"   ? "199"
                               : field.name == "addresses" ? "192.0.2.7"
                                                           : "00199"};
        case FieldKind::names:
            return json::Array{field.of == "queues"       ? "6002"
                               : field.of == "sipDevices" ? "331"
                                                          : "jan"};
        case FieldKind::rights:
            return json::Array{json::Object{{"name", field.of == "queues" ? "6002" : "331"}}};
        case FieldKind::matrix: {
            json::Value other = now;
            json::Value& cell = other.as_object().begin()->value().as_object().begin()->value();
            cell = cell.to_number<int>() + 1;
            return other;
        }
        case FieldKind::destination:
            return json::Object{{"kind", "busy"}, {"value", ""}};
        case FieldKind::ring_members:
            return json::Array{json::Object{{"number", "512"}, {"ringtime", 25}}};
        case FieldKind::hours:
            return json::Array{json::Object{
                {"days", json::Array{1}}, {"from", "08:00"}, {"to", "12:00"}, {"closed", false}}};
        case FieldKind::object:
            return "changed";
        default:
            if (field.name == "forwarding_number") {
                return "00420777123456";
            }
            return field.limit && field.limit->of == v6::LimitOf::digits ? json::Value("599")
                                                                         : json::Value("123");
    }
}

// Fields of which another value cannot be made up, or not of these records.
bool is_odd(const Model& model, const Field& field) {
    static const std::set<std::string> odd{"recordings.file",
                                           "users.type",
                                           "users.role",
                                           "users.deactivated",
                                           "inboundRoutes.language",
                                           "timegroups.timezone",
                                           "inboundRoutes.timegroup",
                                           "inboundRoutes.destination_closed",
                                           "users.emailAuth",
                                           "users.fcmSettings",
                                           "sipDevices.number",
                                           "statuses.color",
                                           "groups.users"};
    return field.once || odd.contains(field.name) || odd.contains(model.name + "." + field.name);
}

// Goal: a field that is accepted is used. Method: each gets another value; what people and clients
// write is then read so and stands in the change log, what nothing goes by is refused at the field.
TEST_F(Models, use_each_field_that_they_accept) {
    for (const Model& model : v6::models()) {
        for (const Field& field :
             model.described ? model.described->fields : std::vector<Field>()) {
            const json::Value now = v6::field_value(read(model), field.name);
            const json::Value wanted = another(field, now);
            if (field.kind == FieldKind::password || is_odd(model, field)) {
                continue;
            }
            const Answer answer = write(model, field.name, wanted);
            const std::string what = model.name + "." + field.name + ": " + answer.body;
            const json::Value is = v6::field_value(read(model), field.name);
            if (field.writers == Writers::nobody) {
                EXPECT_EQ(is, now) << what;
                continue;
            }
            ASSERT_EQ(answer.status, 200) << what;
            EXPECT_NE(is, now) << what;
            const json::Value change = newest_change();
            // Of another record the log has the name, which form and answer know, too.
            const bool record = is.is_object() && !field.of.empty();
            EXPECT_EQ(v6::field_value(change.at("after").as_object(), field.name),
                      record ? is.as_object().at("name") : is)
                << what;
            EXPECT_EQ(text_at(change, {"record"}), subjects().at(model.name)) << what;
        }
    }
}

// Goal: what nothing goes by is refused unless it says what is read, and whole objects can be sent
// back.
TEST_F(Models, refuse_what_nothing_reads_and_take_back_what_was_read) {
    for (const Model& model : v6::models()) {
        if (!model.described) {
            continue;
        }
        const json::Object before = read(model);
        const Answer same = rig.put("/api/v6/" + model.name + "/" + subjects().at(model.name),
                                    admin, boost::json::serialize(before));
        EXPECT_EQ(same.status, 200) << model.name << same.body;
        for (const Field& field : model.described->fields) {
            const bool fixed = field.writers == Writers::nobody && !field.standard.is_string();
            if (fixed && field.kind == FieldKind::object) {
                const Answer answer = write(model, field.name, "something");
                EXPECT_EQ(answer.status, 400) << model.name << "." << field.name;
                EXPECT_NE(text_at(answer.json(), {"error", "form", field.name}), "(absent)");
            }
        }
        EXPECT_EQ(boost::json::serialize(read(model)), boost::json::serialize(before));
    }
}

// Goal: what is not seen comes in nowhere, and the refusal names the field. Method: each field that
// takes text, written with a NUL, a space without a width and a turn of direction.
TEST_F(Models, take_nothing_that_is_not_seen) {
    const std::vector<std::string> hidden{std::string("a\0b", 3), "a\u200bb", "a\u202eb"};
    for (const Model& model : v6::models()) {
        for (const Field& field :
             model.described ? model.described->fields : std::vector<Field>()) {
            const bool texts = field.kind == FieldKind::texts;
            const bool text = texts || field.kind == FieldKind::text ||
                              field.kind == FieldKind::area || field.kind == FieldKind::password ||
                              field.writers == Writers::clients;
            if (!text || field.writers == Writers::nobody || field.once) {
                continue;
            }
            for (const std::string& one : hidden) {
                const Answer answer = write(
                    model, field.name, texts ? json::Value(json::Array{one}) : json::Value(one));
                EXPECT_EQ(answer.status, 400) << model.name << "." << field.name << answer.body;
                const json::Value form = answer.json().at("error").at("form");
                EXPECT_FALSE(v6::field_value(form.as_object(), field.name).is_null())
                    << model.name << "." << field.name << answer.body;
            }
            if (field.kind == FieldKind::area) {
                EXPECT_EQ(write(model, field.name, "a\n\tb").status, 200) << field.name;
            }
        }
    }
}

// Goal: what people write about a record is text, so that whoever reads it gets text.
TEST_F(Models, take_only_text_where_people_write) {
    for (const Model& model : v6::models()) {
        for (const Field& field :
             model.described ? model.described->fields : std::vector<Field>()) {
            if (field.kind != FieldKind::area) {
                continue;
            }
            for (const json::Value& wrong : {json::Value(5), json::Value(1.5), json::Value(true),
                                             json::Value(json::Array{"x"})}) {
                const Answer answer = write(model, field.name, wrong);
                EXPECT_EQ(answer.status, 400) << model.name << answer.body;
                EXPECT_EQ(text_at(answer.json(), {"error", "form", field.name}), "musí být text");
            }
            EXPECT_EQ(write(model, field.name, "5").status, 200);
            EXPECT_EQ(read(model).at(field.name), json::Value("5")) << model.name;
            EXPECT_EQ(write(model, field.name, nullptr).status, 200);
        }
    }
}

// Goal: names and titles keep to one rule in all models.
TEST_F(Models, have_names_and_titles_that_are_seen) {
    const std::map<std::string, std::string> rest{{"users", R"("password":"tajne-heslo-1")"},
                                                  {"pauses", R"("paid":true)"},
                                                  {"statuses", R"("color":"red")"},
                                                  {"groups", R"("type":"users")"},
                                                  {"rightsToCall", R"("rules":["_."])"},
                                                  {"profiles", R"("maxActivities":1)"},
                                                  {"roles", R"("reach":"own")"},
                                                  {"sipDevices", R"("shared":true)"}};
    const auto refused = [&](const std::string& model, const std::string& field,
                             const json::Object& body) {
        std::string text = boost::json::serialize(body);
        text.insert(text.size() - 1, "," + rest.at(model));
        const Answer answer = rig.post("/api/v6/" + model, admin, text);
        EXPECT_EQ(answer.status, 400) << model << text;
        EXPECT_NE(text_at(answer.json(), {"error", "form", field}), "(absent)") << answer.body;
    };
    for (const auto& [model, more] : rest) {
        for (const std::string& name :
             {std::string("a/b"), std::string("a\u00a0b"), std::string(".."),
              std::string("a\u200bb"), std::string("a\"b"), std::string(65, 'a'),
              std::string("p0.json")}) {
            refused(model, "name", {{"name", name}, {"title", "T"}});
        }
        if (model == "users" || model == "pauses" || model == "rightsToCall" ||
            model == "profiles") {
            refused(model, "name", {{"name", "a b"}, {"title", "T"}});
        }
        for (const std::string title : {"", "  ", "\u00a0\u2003", "\u200d", "a\u200b"}) {
            refused(model, "title", {{"name", "fresh"}, {"title", title}});
        }
    }
}

// What programs keep with a record though Linka does not go by it: a closed list, each with its
// reader.
TEST(ModelFields, that_clients_alone_read_are_these) {
    std::set<std::string> kept;
    for (const Model& model : v6::models()) {
        for (const Field& field :
             model.described ? model.described->fields : std::vector<Field>()) {
            if (field.writers == Writers::clients) {
                kept.insert(model.name + "." + field.name);
            }
        }
    }
    const std::set<std::string> expected{
        // A softphone sets itself up by these.
        "sipDevices.codec", "sipDevices.dtmfmode", "sipDevices.language", "sipDevices.nat",
        "sipDevices.options", "sipDevices.srtp", "sipDevices.transport",
        // Pages, softphones and address books of clients show or follow these.
        "users.cp_access_crm", "users.ctrl_enter_email", "users.email", "users.emailAuth",
        "users.emoji", "users.fcmSettings", "users.frontend_version", "users.icon", "users.options",
        "users.sign", "users.timezone"};
    EXPECT_EQ(kept, expected);
}

TEST_F(Models, name_what_a_new_record_lacks) {
    for (const Model& model : v6::models()) {
        if (!model.described || !model.create) {
            continue;
        }
        const json::Value form =
            rig.post("/api/v6/" + model.name, admin, R"({"deactivated":false})")
                .json()
                .at("error")
                .at("form");
        for (const Field& field : model.described->fields) {
            EXPECT_EQ(form.as_object().contains(field.name),
                      field.required || (field.name == "password" && model.name == "users") ||
                          field.name == "file")  // or a text
                << model.name << "." << field.name;
        }
    }
}

// contract/openapi.json says of each model what its description says. scripts/write-contract writes
// it there: LINKA_WRITE_CONTRACT is the folder that the schemas go to.
// Goal: who fills in a form is told everything at once. Method: faults that the form finds beside
// those of the core, of new records and old ones.
TEST_F(Models, name_all_that_is_wrong_at_once) {
    const auto wrong = [&](const Answer& answer) {
        EXPECT_EQ(answer.status, 400) << answer.body;
        std::string names;
        const json::Value all = answer.json();
        for (const auto& member : all.at("error").at("form").as_object()) {
            names += std::string(member.key()) + " ";
            if (member.value().is_object()) {
                for (const auto& inner : member.value().get_object()) {
                    names += "." + std::string(inner.key()) + " ";
                }
            }
        }
        return names;
    };
    EXPECT_EQ(wrong(rig.post("/api/v6/users", admin,
                             R"({"name":"a b","extension":"1","password":"x",
                                 "queues":[{"name":77}],"recordAtCallStart":"never"})")),
              "extension name password queues recordAtCallStart title ");
    EXPECT_EQ(wrong(rig.put("/api/v6/queues/6001", admin,
                            R"({"title":" ","options":{"ringtime":1,"sleeptime":99999,
                                "strategy":"any"}})")),
              "options .ringtime .sleeptime .strategy title ");
    EXPECT_EQ(wrong(rig.put("/api/v6/settings/instance", admin,
                            R"({"country":"x","voicemail_max":1,"emergency":[]})")),
              "country emergency voicemail_max ");
}

TEST(Contract, has_the_schema_of_each_model) {
    const std::string path = std::string(LINKA_SOURCE_DIR) + "/contract/openapi.json";
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    auto document = json::parse(text.str());
    ASSERT_TRUE(document.ok());
    json::Object& schemas = document->at("components").at("schemas").as_object();
    for (const Model& model : v6::models()) {
        const std::string name = "v6_" + model.name;
        ASSERT_FALSE(v6::fields_of(model).empty()) << name;
        const json::Object expected = v6::schema_of(v6::fields_of(model));
        if (const char* folder = std::getenv("LINKA_WRITE_CONTRACT")) {
            std::ofstream(std::string(folder) + "/" + name) << boost::json::serialize(expected);
            continue;
        }
        const json::Value* described = schemas.if_contains(name);
        ASSERT_NE(described, nullptr) << name;
        EXPECT_EQ(*described, json::Value(expected)) << name;
    }
}

TEST_F(Models, are_told_to_those_who_may_read_them) {
    const auto told = [&](const std::string& who) {
        std::set<std::string> names;
        const json::Value answer = rig.get("/api/live/models", rig.sign_in(who)).json();
        for (const json::Value& model : answer.at("models").as_array()) {
            names.insert(text_at(model, {"model"}));
            EXPECT_EQ(text_at(model, {"may", "update"}), who == "admin" ? "true" : "false");
        }
        return names;
    };
    const std::set<std::string> pages = told("admin");
    EXPECT_TRUE(pages.contains("groups"));
    EXPECT_TRUE(told("jan").contains("users"));
    for (const char* name :
         {"activities", "activitiesCall", "realtimeSessions", "usersSession", "auditLog"}) {
        EXPECT_FALSE(pages.contains(name)) << name << " has no page of records";
    }
}

// Goal: programs are told of work what may be written, in the schema alone.
TEST(ModelFields, of_work_are_written_by_few) {
    std::set<std::string> written;
    for (const Model& model : v6::models()) {
        for (const Field& field : model.shown) {
            EXPECT_EQ(field.place, v6::Place::none) << field.name;
            if (field.writers != Writers::nobody) {
                written.insert(model.name + "." + field.name + (field.once ? " once" : ""));
            }
        }
    }
    const std::set<std::string> expected{
        "activities.action",     "activities.description", "activities.important",
        "activities.options",    "activities.priority",    "activities.statuses",
        "activities.time_open",  "activities.title",       "activities.number once",
        "activities.queue once", "activities.type once",   "activities.user once",
        "auditLog.taken_back",   "usersSession.queues"};
    EXPECT_EQ(written, expected);
}

}  // namespace
}  // namespace linka::api::testing
