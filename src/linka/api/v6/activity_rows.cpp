#include "linka/api/live/names.hpp"
#include "linka/api/v6/describe/rows.hpp"
#include "linka/api/v6/work_rows.hpp"
#include "linka/core/records/limits.hpp"

#include <limits>

namespace linka::api::v6 {

namespace {

std::string name_of_activity(std::int64_t number) {
    return activity_name(core::ActivityId{number});
}

json::Value title_of_activity(const ShownActivity& activity, const json::Object&, const View&) {
    const std::string title = text_in(activity.row, "title");
    return json::Value(title.empty() ? text_in(activity.row, "caller") : title);
}

json::Value type_of_activity(const ShownActivity& activity, const json::Object&, const View&) {
    return json::Value(channel_type(text_in(activity.row, "channel")));
}

json::Value item_of_activity(const ShownActivity& activity, const json::Object&, const View&) {
    return activity.item;
}

json::Value options_of_activity(const ShownActivity& activity, const json::Object&, const View&) {
    const json::Value* options = activity.row.if_contains("options");
    return options != nullptr ? *options : json::Value(json::Array());
}

json::Value creator_of_activity(const ShownActivity& activity, const json::Object&, const View&) {
    const bool dialled = text_in(activity.row, "direction") == name_of(core::CallDirection::out);
    return dialled ? activity.nested.user(core::UserId{number_in(activity.row, "user")})
                   : json::Value(nullptr);
}

json::Value statuses_of_activity(const ShownActivity& activity, const json::Object&, const View&) {
    json::Array statuses;
    const json::Value* list = activity.row.if_contains("statuses");
    if (list != nullptr && list->is_array()) {
        for (const json::Value& status : list->get_array()) {
            statuses.push_back(
                activity.nested.statuses().find(status.is_string() ? status.get_string() : ""));
        }
    }
    return json::Value(std::move(statuses));
}

json::Value no_attachments(const ShownActivity&, const json::Object&, const View&) {
    return json::Value(json::Array());
}

void write_title(Form& form, ShownActivity& activity, const Records&) {
    if (form.has("title")) {
        form.text("title", activity.wanted->description.title.emplace(),
                  core::limits::title_bytes_max);
    }
}

void write_note(Form& form, ShownActivity& activity, const Records&) {
    if (form.has("description")) {
        form.text("description", activity.wanted->description.note.emplace(),
                  core::limits::note_bytes_max, core::Lines::many);
    }
}

void write_important(Form& form, ShownActivity& activity, const Records&) {
    if (form.has("important")) {
        form.flag("important", activity.wanted->description.important.emplace(false));
    }
}

constexpr core::limits::Span any_number{std::numeric_limits<int>::min(),
                                        std::numeric_limits<int>::max()};

void write_priority(Form& form, ShownActivity& activity, const Records&) {
    if (form.has("priority")) {
        form.integer("priority", activity.wanted->description.priority.emplace(0), any_number.least,
                     any_number.most);
    }
}

// That there are such statuses is for whoever knows them to see.
void write_statuses(Form& form, ShownActivity& activity, const Records&) {
    if (form.has("statuses")) {
        activity.wanted->description.statuses = form.names("statuses");
    }
}

void write_options(Form& form, ShownActivity& activity, const Records&) {
    const json::Value* options = form.value("options");
    if (options == nullptr) {
        return;
    }
    std::optional<json::Raw>& given = activity.wanted->description.options;
    if (form.refuse_hidden("options")) {
        given.reset();
    } else if (options->is_array() || options->is_object()) {
        given = json::Raw{boost::json::serialize(*options)};
    } else if (options->is_null()) {
        given = json::Raw{"[]"};
    } else {
        form.wrong("options", "musí být pole nebo objekt", "must be an array or an object");
    }
}

void write_action(Form& form, ShownActivity& activity, const Records&) {
    form.text("action", activity.wanted->action, 16);
}

void write_until(Form& form, ShownActivity& activity, const Records&) {
    activity.wanted->until = form.relation("time_open");
}

// The value that it has may be sent back, and an empty one where there is none.
void check_same(Form& form, std::string_view field, const json::Object& present) {
    const json::Value* value = form.value(field);
    const json::Value& has = present.at(field);
    const json::Value* of = has.is_object() ? has.get_object().if_contains("name") : &has;
    const bool same = of != nullptr && form.relation(field) == scalar(*of);
    if (value == nullptr || value->is_null() || same) {
        return;
    }
    const bool none = (value->is_array() && value->get_array().empty()) ||
                      (value->is_object() && value->get_object().empty()) ||
                      (value->is_string() && value->get_string().empty());
    if (!none) {
        form.wrong(field, "nelze změnit", "cannot be changed");
    }
}

// What belongs to the call, or to what we do not have, cannot be written.
Member<ShownActivity> settled(Member<ShownActivity> member) {
    member.write = [name = member.field.name](Form& form, ShownActivity& activity, const Records&) {
        check_same(form, name, *activity.wanted->present);
    };
    return member;
}

// Given when it is made, see POST.
Member<ShownActivity> given_once(Member<ShownActivity> member) {
    member.field.writers = Writers::people;
    return settled(std::move(member).once());
}

// The number that POST dials.
Member<ShownActivity> dialled_number() {
    Member<ShownActivity> out;
    out.field.name = "number";
    out.field.limit = member::up_to_bytes(dialled_bytes_max);
    return std::move(out).once().about("dialled by POST");
}

std::vector<std::string> type_names() {
    std::vector<std::string> names;
    for (const auto& [theirs, ours] : channel_types()) {
        names.emplace_back(theirs);
    }
    return names;
}

using ActivityMembers = std::vector<Member<ShownActivity>>;

ActivityMembers what_and_whose() {
    using Own = RowMembers<ShownActivity>;
    using Kind = SqlField::Kind;
    return {settled(Own::name("name", "id", name_of_activity, activity_number)),
            settled(Own::fixed("ticket", nullptr)),
            Own::special("title", FieldKind::text, {.column = "title", .column_empty = "caller"},
                         title_of_activity)
                .limit(member::up_to_bytes(core::limits::title_bytes_max))
                .about("as long as it has none: the number that called")
                .written(write_title),
            Own::flag("important", "important").written(write_important),
            Own::text("action", "action")
                .about("WAIT, OPEN, POSTPONE, CLOSE; changed to CLOSE or POSTPONE")
                .written(write_action),
            given_once(
                Own::special("type", FieldKind::choice,
                             {.column = "channel", .kind = Kind::codes, .codes = channel_types()},
                             type_of_activity)
                    .choices(type_names())),
            member::shown<ShownActivity>("item", FieldKind::object, item_of_activity)
                .of("activitiesCall")
                .about("the call, see v6_activitiesCall; within a call its number; null: none"),
            given_once(Own::queue("queue", "queue")),
            given_once(Own::user("user", "user")),
            settled(Own::fixed("contact", nullptr)),
            settled(Own::fixed("survey", nullptr)),
            settled(Own::fixed("record", nullptr)),
            Own::number("priority", "priority")
                .limit({LimitOf::number, any_number})
                .written(write_priority),
            Own::special("options", FieldKind::object, {.column = "options", .kind = Kind::listed},
                         options_of_activity)
                .about("an array or an object of clients")
                .written(write_options),
            Own::text_or_none("description", "note")
                .limit(member::up_to_bytes(core::limits::note_bytes_max))
                .written(write_note)};
}

ActivityMembers times_and_rest() {
    using Own = RowMembers<ShownActivity>;
    using Kind = SqlField::Kind;
    return {Own::time("time", "time"),
            Own::time("time_wait", "time"),
            Own::time("time_open", "opened")
                .about("wall time of the reader's zone; with the action POSTPONE: until when")
                .written(write_until),
            Own::time("time_close", "closed"),
            Own::seconds("baw", "before_work").about("seconds of work before the call"),
            Own::seconds("aaw", "after_work").about("seconds of work after the call"),
            Own::seconds("duration", "duration"),
            Own::seconds("ringing_time", "ringing"),
            Own::fixed("focus_time", 0),
            Own::fixed("focus_disruptions", 0),
            Own::special("created_by", FieldKind::record, {.column = "user", .kind = Kind::creator},
                         creator_of_activity)
                .of("users")
                .nullable()
                .about("who dialled; null: it came in"),
            Own::special("statuses", FieldKind::records,
                         {.column = "statuses", .kind = Kind::listed}, statuses_of_activity)
                .of("statuses")
                .written(write_statuses),
            settled(Own::fixed("customFields", json::Array())),
            Own::fixed("anonymized", false),
            member::shown<ShownActivity>("attachments", FieldKind::object, no_attachments),
            Own::compared("direction", {.column = "direction"}),
            Own::compared("clid", {.column = "caller", .column_out = "number"}),
            Own::compared("did", {.column = "number", .column_out = "caller"}),
            dialled_number()};
}

}  // namespace

std::int64_t activity_number(std::string_view name) {
    return activity_from_name(name).value;
}

const Description<ShownActivity>& activities_description() {
    static const Description<ShownActivity> all = [] {
        Description<ShownActivity> made{"activities", Module::activities, {}, what_and_whose()};
        for (Member<ShownActivity>& member : times_and_rest()) {
            made.members.push_back(std::move(member));
        }
        return made;
    }();
    return all;
}

const SqlFields& activity_fields() {
    static const SqlFields fields = sql_fields_of(activities_description());
    return fields;
}

}  // namespace linka::api::v6
