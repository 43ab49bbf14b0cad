#include "linka/api/v6/describe/rows.hpp"
#include "linka/api/v6/work_rows.hpp"
#include "linka/base/text.hpp"

namespace linka::api::v6 {

namespace {

using Kind = SqlField::Kind;

constexpr std::string_view call_prefix = "activitiesCall_";

// disconnection_cause for what an interaction came to; busy and the like are those of outbound.
const std::vector<std::pair<std::string_view, std::string_view>>& causes() {
    static const std::vector<std::pair<std::string_view, std::string_view>> all{
        {"", ""},
        {"", "answered"},
        {"abandon", "abandoned"},
        {"exitwithtimeout", "timed_out"},
        {"exitwithkey", "left_by_key"},
        {"exitempty", "left_empty"},
        {"exitempty", "refused_empty"},
        {"busy", "refused_full"},
        {"failed", "refused_closed"},
        {"failed", "closed"},
        {"busy", "busy"},
        {"noanswer", "no_answer"},
        {"cancel", "cancelled"},
        {"failed", "failed"}};
    return all;
}

std::string_view cause_of(std::string_view outcome) {
    for (const auto& [theirs, ours] : causes()) {
        if (ours == outcome) {
            return theirs;
        }
    }
    return "";
}

// The customer's number, whichever way the call went, and ours.
json::Value side_of_call(const json::Object& row, bool customers) {
    const bool out = text_in(row, "direction") == "out";
    return text_or_null(text_in(row, out == customers ? "number" : "caller"));
}

json::Value clid_of_call(const ShownCall& call, const json::Object&, const View&) {
    return side_of_call(call.row, true);
}

json::Value did_of_call(const ShownCall& call, const json::Object&, const View&) {
    return side_of_call(call.row, false);
}

json::Value answered_of_call(const ShownCall& call, const json::Object&, const View&) {
    return json::Value(number_in(call.row, "answered") != 0);
}

json::Value duration_of_call(const ShownCall& call, const json::Object&, const View&) {
    return json::Value((number_in(call.row, "talk") + number_in(call.row, "hold")) / 1'000'000);
}

json::Value cause_of_call(const ShownCall& call, const json::Object&, const View&) {
    return json::Value(cause_of(text_in(call.row, "outcome")));
}

json::Value missed_of_call(const ShownCall& call, const json::Object&, const View&) {
    const std::string missed = text_in(call.row, "missed");
    return missed.empty() ? json::Value(nullptr) : json::Value(missed == "missed" ? 1 : 0);
}

json::Value cdr_of_call(const ShownCall& call, const json::Object&, const View& view) {
    const json::Object& row = call.row;
    json::Object cdr;
    cdr["name"] = "calls_" + std::to_string(number_in(row, "call"));
    cdr["direction"] = text_in(row, "direction");
    cdr["src"] = text_in(row, "caller");
    cdr["dst"] = text_in(row, "number");
    cdr["time_created"] = view.envelope.time(instant_in(row, "entered"));
    cdr["time_closed"] = view.envelope.time(instant_in(row, "ended"));
    return json::Value(std::move(cdr));
}

json::Value activities_of_call(const ShownCall& call, const json::Object&, const View& view) {
    json::Array nested;
    for (const json::Object& row : call.activities) {
        const json::Value item(number_in(row, "interaction"));
        nested.push_back(
            read_row(activities_description(), ShownActivity{row, item, call.nested}, view));
    }
    return json::Value(std::move(nested));
}

}  // namespace

const Description<ShownCall>& calls_description() {
    using Own = RowMembers<ShownCall>;
    static const Description<ShownCall> all{
        "activitiesCall",
        Module::activities,
        {},
        {Own::name("id_call", "id", call_name, call_from_name),
         Own::name("name", "id", call_name, call_from_name),
         Own::time("call_time", "entered"),
         Own::text("direction", "direction"),
         Own::special("answered", FieldKind::flag, {.column = "answered", .kind = Kind::happened},
                      answered_of_call),
         Own::queue("id_queue", "queue"),
         Own::user("id_agent", "user"),
         Own::special("clid", FieldKind::text, {.column = "caller", .column_out = "number"},
                      clid_of_call)
             .nullable()
             .about("the customer's number, whichever way the call went"),
         Own::fixed("contact", nullptr),
         Own::text_or_none("prefix_clid_name", "caller_name"),
         Own::special("did", FieldKind::text, {.column = "number", .column_out = "caller"},
                      did_of_call)
             .nullable()
             .about("our number"),
         Own::seconds("waiting_time", "wait"),
         Own::seconds("ringing_time", "ring"),
         Own::seconds("hold_time", "hold"),
         Own::special("duration", FieldKind::number, {.column = "duration", .kind = Kind::seconds},
                      duration_of_call)
             .about("seconds of talk, on hold too"),
         Own::text("disposition_cause", "ended_by"),
         Own::special("disconnection_cause", FieldKind::text,
                      {.column = "outcome", .kind = Kind::codes, .codes = causes()}, cause_of_call),
         Own::fixed("pressed_key", nullptr),
         Own::special(
             "missed_call", FieldKind::number,
             {.column = "missed", .kind = Kind::codes, .codes = {{"1", "missed"}, {"0", "spoken"}}},
             missed_of_call)
             .nullable()
             .about("1: nobody has spoken with the customer since; 0: somebody has; null: it was "
                    "not missed"),
         Own::text_or_none("end_reason", "end_reason"),
         Own::number("end_status", "end_status"),
         Own::fixed("missed_call_time", nullptr),
         Own::fixed("missed_callback", nullptr),
         Own::number("attempts", "attempts"),
         Own::number("orig_pos", "position_in"),
         Own::number("position", "position_out"),
         Own::fixed("options", json::Array()),
         member::shown<ShownCall>("cdr", FieldKind::record, cdr_of_call),
         Own::special("activities", FieldKind::records,
                      {.column = "activity", .kind = Kind::id, .from_name = activity_number},
                      activities_of_call)
             .of("activities")
             .about("their `item` is the call's number")}};
    return all;
}

const SqlFields& call_fields() {
    static const SqlFields fields = sql_fields_of(calls_description());
    return fields;
}

std::string call_name(std::int64_t interaction) {
    return std::string(call_prefix) + std::to_string(interaction);
}

std::int64_t call_from_name(std::string_view name) {
    if (name.starts_with(call_prefix)) {
        name.remove_prefix(call_prefix.size());
    }
    return text::to_int(name).value_or(0);
}

}  // namespace linka::api::v6
