#include "linka/api/v6/work_rows.hpp"

#include "linka/api/live/names.hpp"
#include "linka/api/v6/view.hpp"
#include "linka/base/text.hpp"

#include <array>

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

std::int64_t activity_number(std::string_view name) {
    return activity_from_name(name).value;
}

}  // namespace

const SqlFields& activity_fields() {
    static const SqlFields fields{{"name", "id", Kind::id, {}, {}, activity_number},
                                  {"ticket", "", Kind::fixed},
                                  {"title", "title", Kind::text, {}, {}, nullptr, "caller"},
                                  {"important", "important", Kind::flag},
                                  {"action", "action", Kind::text},
                                  {"type", "channel", Kind::codes, {}, channel_types()},
                                  {"queue", "queue", Kind::queue},
                                  {"user", "user", Kind::user},
                                  {"contact", "", Kind::fixed},
                                  {"record", "", Kind::fixed},
                                  {"survey", "", Kind::fixed},
                                  {"customFields", "", Kind::fixed},
                                  {"options", "options", Kind::listed},
                                  {"anonymized", "", Kind::fixed, {}, {{"false", ""}}},
                                  {"focus_time", "", Kind::fixed, {}, {{"0", ""}}},
                                  {"focus_disruptions", "", Kind::fixed, {}, {{"0", ""}}},
                                  {"priority", "priority", Kind::number},
                                  {"description", "note", Kind::text},
                                  {"time", "time", Kind::instant},
                                  {"time_wait", "time", Kind::instant},
                                  {"time_open", "opened", Kind::instant},
                                  {"time_close", "closed", Kind::instant},
                                  {"baw", "before_work", Kind::seconds},
                                  {"aaw", "after_work", Kind::seconds},
                                  {"duration", "duration", Kind::seconds},
                                  {"ringing_time", "ringing", Kind::seconds},
                                  {"statuses", "statuses", Kind::listed},
                                  {"created_by", "user", Kind::creator},
                                  {"direction", "direction", Kind::text},
                                  {"clid", "caller", Kind::text, "number"},
                                  {"did", "number", Kind::text, "caller"}};
    return fields;
}

const SqlFields& call_fields() {
    static const SqlFields fields{
        {"id_call", "id", Kind::id, {}, {}, call_from_name},
        {"name", "id", Kind::id, {}, {}, call_from_name},
        {"call_time", "entered", Kind::instant},
        {"direction", "direction", Kind::text},
        {"answered", "answered", Kind::happened},
        {"id_queue", "queue", Kind::queue},
        {"id_agent", "user", Kind::user},
        {"clid", "caller", Kind::text, "number"},
        {"did", "number", Kind::text, "caller"},
        {"contact", "", Kind::fixed},
        {"prefix_clid_name", "caller_name", Kind::text},
        {"waiting_time", "wait", Kind::seconds},
        {"ringing_time", "ring", Kind::seconds},
        {"hold_time", "hold", Kind::seconds},
        {"duration", "duration", Kind::seconds},
        {"disposition_cause", "ended_by", Kind::text},
        {"disconnection_cause", "outcome", Kind::codes, {}, causes()},
        {"pressed_key", "", Kind::fixed},
        {"missed_call", "missed", Kind::codes, {}, {{"1", "missed"}, {"0", "spoken"}}},
        {"missed_call_time", "", Kind::fixed},
        {"missed_callback", "", Kind::fixed},
        {"options", "", Kind::fixed},
        {"end_reason", "end_reason", Kind::text},
        {"end_status", "end_status", Kind::number},
        {"attempts", "attempts", Kind::number},
        {"orig_pos", "position_in", Kind::number},
        {"position", "position_out", Kind::number},
        {"activities", "activity", Kind::id, {}, {}, activity_number}};
    return fields;
}

std::vector<std::string> activity_members() {
    std::vector<std::string> names = names_of(activity_fields());
    names.insert(names.end(), {"item", "attachments", "_sys"});
    return names;
}

std::vector<std::string> call_members() {
    std::vector<std::string> names = names_of(call_fields());
    names.insert(names.end(), {"cdr", "_sys"});
    return names;
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

json::Object call_json(const json::Object& row, const View& view, const Rows& activities,
                       const StatusBook& book) {
    const Envelope& envelope = view.envelope;
    const bool out = text_in(row, "direction") == "out";
    const std::string caller = text_in(row, "caller");
    const std::string number = text_in(row, "number");
    const std::string name = call_name(number_in(row, "id"));
    json::Object call;
    call["id_call"] = name;
    call["name"] = name;
    call["call_time"] = envelope.time(instant_in(row, "entered"));
    call["direction"] = text_in(row, "direction");
    call["answered"] = number_in(row, "answered") != 0;
    call["id_queue"] = view.queue_ref(core::QueueId{number_in(row, "queue")});
    call["id_agent"] = view.user_ref(core::UserId{number_in(row, "user")});
    // The customer's number, whichever way the call went.
    call["clid"] = text_or_null(out ? number : caller);
    call["contact"] = nullptr;
    call["prefix_clid_name"] = text_or_null(text_in(row, "caller_name"));
    call["did"] = text_or_null(out ? caller : number);
    call["waiting_time"] = seconds_in(row, "wait");
    call["ringing_time"] = seconds_in(row, "ring");
    call["hold_time"] = seconds_in(row, "hold");
    call["duration"] = (number_in(row, "talk") + number_in(row, "hold")) / 1'000'000;
    call["disposition_cause"] = text_in(row, "ended_by");
    call["disconnection_cause"] = cause_of(text_in(row, "outcome"));
    call["pressed_key"] = nullptr;
    // 1: nobody has spoken with the customer since; 0: somebody has; null: it was not missed.
    const std::string missed = text_in(row, "missed");
    call["missed_call"] =
        missed.empty() ? json::Value(nullptr) : json::Value(missed == "missed" ? 1 : 0);
    call["end_reason"] = text_or_null(text_in(row, "end_reason"));
    call["end_status"] = number_in(row, "end_status");
    call["missed_call_time"] = nullptr;
    call["missed_callback"] = nullptr;
    call["attempts"] = number_in(row, "attempts");
    call["orig_pos"] = number_in(row, "position_in");
    call["position"] = number_in(row, "position_out");
    call["options"] = json::Array();
    json::Object cdr;
    cdr["name"] = "calls_" + std::to_string(number_in(row, "call"));
    cdr["direction"] = text_in(row, "direction");
    cdr["src"] = caller;
    cdr["dst"] = number;
    cdr["time_created"] = envelope.time(instant_in(row, "entered"));
    cdr["time_closed"] = envelope.time(instant_in(row, "ended"));
    call["cdr"] = std::move(cdr);
    json::Array nested;
    for (const json::Object& activity : activities) {
        nested.push_back(nested_activity(activity, view, book));
    }
    call["activities"] = std::move(nested);
    call["_sys"] = sys("activitiesCall", name);
    return call;
}

json::Object activity_json(const json::Object& row, const View& view, const json::Value& item,
                           const StatusBook& book) {
    const Envelope& envelope = view.envelope;
    const core::ActivityId id{number_in(row, "id")};
    const std::string name = activity_name(id);
    json::Object out;
    out["name"] = name;
    out["ticket"] = nullptr;
    const std::string title = text_in(row, "title");
    out["title"] = title.empty() ? text_in(row, "caller") : title;
    out["important"] = flag_in(row, "important");
    out["action"] = text_in(row, "action");
    out["type"] = channel_type(text_in(row, "channel"));
    out["item"] = item;
    out["queue"] = view.queue_ref(core::QueueId{number_in(row, "queue")});
    out["user"] = view.user_ref(core::UserId{number_in(row, "user")});
    out["contact"] = nullptr;
    out["survey"] = nullptr;
    out["record"] = nullptr;
    out["priority"] = number_in(row, "priority");
    const json::Value* options = row.if_contains("options");
    out["options"] = options != nullptr ? *options : json::Value(json::Array());
    out["description"] = text_or_null(text_in(row, "note"));
    out["time"] = envelope.time(instant_in(row, "time"));
    out["time_wait"] = envelope.time(instant_in(row, "time"));
    out["time_open"] = envelope.time(instant_in(row, "opened"));
    out["time_close"] = envelope.time(instant_in(row, "closed"));
    out["baw"] = seconds_in(row, "before_work");
    out["aaw"] = seconds_in(row, "after_work");
    out["duration"] = seconds_in(row, "duration");
    out["ringing_time"] = seconds_in(row, "ringing");
    out["focus_time"] = 0;
    out["focus_disruptions"] = 0;
    const bool dialled = text_in(row, "direction") == name_of(core::CallDirection::out);
    out["created_by"] = dialled ? out.at("user") : json::Value(nullptr);
    json::Array statuses;
    const json::Value* list = row.if_contains("statuses");
    if (list != nullptr && list->is_array()) {
        for (const json::Value& status : list->get_array()) {
            statuses.push_back(book.find(status.is_string() ? status.get_string() : ""));
        }
    }
    out["statuses"] = std::move(statuses);
    out["customFields"] = json::Array();
    out["anonymized"] = false;
    out["attachments"] = json::Array();
    out["_sys"] = sys("activities", name);
    return out;
}

json::Object nested_activity(const json::Object& row, const View& view, const StatusBook& book) {
    return activity_json(row, view, number_in(row, "interaction"), book);
}

Result<Rows> rows_by(store::Reader& reader, store::Model model, const std::string& column,
                     std::vector<std::string> values) {
    Rows rows;
    if (values.empty()) {
        return rows;
    }
    store::Query query;
    query.filter = is_in(column, std::move(values));
    query.take = 1000;
    query.count = false;
    auto page = reader.list(model, query);
    if (!page) {
        return page.error();
    }
    for (const std::string& row : page->rows) {
        rows.push_back(row_object(row));
    }
    return rows;
}

}  // namespace linka::api::v6
