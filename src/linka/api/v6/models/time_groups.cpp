// /api/v6/timegroups: when a company is open, by which inbound numbers lead one way or another.
// They are edited in the sandbox (live/routing.cpp).
#include "linka/api/auth/token.hpp"
#include "linka/api/live/refusal_text.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/limits.hpp"

namespace linka::api::v6 {

namespace {

using core::TimeGroup;
namespace limits = core::limits;

// What people call the members of a rule.
std::string_view czech_member(std::string_view member) {
    return member == "days"   ? "dny"
           : member == "date" ? "datum"
           : member == "from" ? "od"
           : member == "to"   ? "do"
                              : member;
}

constexpr std::string_view time_rule = "HH:MM, 00:00 to 24:00";

json::Value hours_rule_json(const calendar::Rule& rule) {
    json::Object out;
    if (rule.date) {
        out["date"] = calendar::date_text(*rule.date);
    } else {
        out["days"] = json::Array(rule.days.begin(), rule.days.end());
    }
    out["from"] = calendar::clock_text(rule.from);
    out["to"] = calendar::clock_text(rule.to);
    out["closed"] = rule.closed;
    return out;
}

json::Value hours_json(const TimeGroup& group, const json::Object&, const View&) {
    json::Array all;
    for (const calendar::Rule& rule : group.hours.rules) {
        all.push_back(hours_rule_json(rule));
    }
    return all;
}

void read_clock(Form& form, std::string_view field, int& minutes) {
    std::string given;
    form.text(field, given, 5);
    if (given.empty() || form.is_wrong(field)) {
        return;  // as it was: the day's beginning or end
    }
    if (const auto read = calendar::from_clock_text(given)) {
        minutes = *read;
    } else {
        form.wrong(field, refusal_text(time_rule, Language::cs), time_rule);
    }
}

void read_days(Form& form, std::vector<int>& days) {
    for (const json::Value& each : form.list("days").value_or(json::Array())) {
        const auto day = text::to_int(scalar(each));
        if (!day || *day < 1 || *day > 7) {
            form.wrong("days", "čísla 1 (pondělí) až 7", "numbers 1 (Monday) to 7");
            return;
        }
        days.push_back(static_cast<int>(*day));
    }
}

std::optional<calendar::Rule> read_hours_rule(Form& form, std::size_t number,
                                              const json::Value& given) {
    if (!given.is_object()) {
        form.wrong("rules", text::format("pravidlo {}: musí být objekt", number),
                   text::format("rule {}: must be an object", number));
        return std::nullopt;
    }
    Form inner(given.get_object(), form.language());
    calendar::Rule rule;
    read_days(inner, rule.days);
    std::string date;
    inner.text("date", date, 10);
    if (!date.empty() && !inner.is_wrong("date")) {
        rule.date = calendar::from_date_text(date);
        if (!rule.date) {
            inner.wrong("date", "datum jako 2026-12-24", "a date as 2026-12-24");
        }
    }
    read_clock(inner, "from", rule.from);
    read_clock(inner, "to", rule.to);
    inner.flag("closed", rule.closed);
    inner.only({"days", "date", "from", "to", "closed"});
    if (!inner.errors().empty()) {
        const auto& [where, said] = *inner.errors().begin();
        form.wrong("rules", text::format("pravidlo {}, {}: {}", number, czech_member(where), said),
                   text::format("rule {}, {}: {}", number, where, said));
        return std::nullopt;
    }
    return rule;
}

void write_hours(Form& form, TimeGroup& group, const Records&) {
    const auto list = form.list("rules");
    if (!list) {
        return;
    }
    if (list->size() > calendar::rules_max) {
        form.wrong("rules", text::format("nejvýše {} pravidel", calendar::rules_max),
                   text::format("at most {} rules", calendar::rules_max));
        return;
    }
    group.hours.rules.clear();
    for (const json::Value& each : *list) {
        if (auto rule = read_hours_rule(form, group.hours.rules.size() + 1, each)) {
            group.hours.rules.push_back(std::move(*rule));
        } else {
            return;
        }
    }
}

Member<TimeGroup> hours_member() {
    auto out = member::special<TimeGroup>("rules", FieldKind::hours, hours_json, write_hours);
    return std::move(out)
        .basic()
        .standard(json::Array())
        .about("each of days (1 Monday to 7) or of a date, from and to as HH:MM; closed: shuts");
}

Member<TimeGroup> hours_holidays_member() {
    auto out = member::special<TimeGroup>(
        "holidays", FieldKind::choices,
        [](const TimeGroup& group, const json::Object&, const View&) {
            return json::Value(
                json::Array(group.hours.holidays.begin(), group.hours.holidays.end()));
        },
        [](Form& form, TimeGroup& group, const Records&) {
            if (form.list("holidays")) {
                group.hours.holidays = form.names("holidays");
            }
        });
    std::vector<std::string> countries;
    for (const std::string_view country : calendar::countries()) {
        countries.emplace_back(country);
    }
    return std::move(out).choices(std::move(countries)).basic().standard(json::Array());
}

Member<TimeGroup> hours_zone_member() {
    auto out = member::special<TimeGroup>(
        "timezone", FieldKind::text,
        [](const TimeGroup& group, const json::Object&, const View&) {
            return json::Value(group.hours.zone);
        },
        [](Form& form, TimeGroup& group, const Records&) {
            form.text("timezone", group.hours.zone, limits::name_bytes_max);
        });
    return std::move(out)
        .limit(member::up_to_bytes(limits::name_bytes_max))
        .standard(json::Value(std::string_view(calendar::Hours{}.zone)))
        .advanced();
}

calendar::HoursState hours_state(const TimeGroup& group, const View& view) {
    auto zone = calendar::Zone::find(group.hours.zone);
    if (zone == nullptr) {
        zone = calendar::Zone::find("UTC");
    }
    return calendar::state_at(group.hours, *zone, view.envelope.now());
}

std::vector<Member<TimeGroup>> time_group_members() {
    return {
        member::chosen_name<TimeGroup>(),
        member::text("title", &TimeGroup::title, limits::title_bytes_max).required().basic(),
        hours_member(),
        hours_holidays_member(),
        hours_zone_member(),
        member::note<TimeGroup>("description", limits::description_bytes_max).advanced(),
        member::shown<TimeGroup>("open", FieldKind::flag,
                                 [](const TimeGroup& group, const json::Object&, const View& view) {
                                     return json::Value(hours_state(group, view).open);
                                 }),
        member::shown<TimeGroup>("changes_at", FieldKind::time,
                                 [](const TimeGroup& group, const json::Object&, const View& view) {
                                     return view.envelope.time(
                                         hours_state(group, view).changes_at.value_or(Instant()));
                                 })
            .about("when that changes next; null: not within 400 days")};
}

std::shared_ptr<const TimeGroup> time_group_named(const Ask& ask) {
    const auto draft = ask.site.directory.now()->draft;
    const auto found =
        std::find_if(draft->time_groups.begin(), draft->time_groups.end(),
                     [&](const auto& entry) { return entry.second.name == ask.name; });
    return found == draft->time_groups.end()
               ? nullptr
               : std::shared_ptr<const TimeGroup>(draft, &found->second);
}

json::Object time_group_record(const View& view, const TimeGroup& group) {
    json::Object out =
        read_record(time_groups_description(), group, attributes_of(group.attributes), view);
    out["_sys"] = view.versioned_sys("timegroups", group.name, json::to_text(group));
    return out;
}

Rows time_group_rows(const View& view) {
    Rows all;
    for (const auto& [id, group] : view.records->draft->time_groups) {
        all.push_back(time_group_record(view, group));
    }
    return all;
}

// "rules.3.from" is told as the fourth rule's.
void tell_fault(Form& form, const calendar::Fault& fault) {
    const auto parts = text::split(fault.field, '.');
    const std::string field(parts.front());
    const std::string value = fault.value.empty() ? "" : fault.value + ": ";
    const bool of_rule = field == "rules" && parts.size() >= 3;
    const std::int64_t number = of_rule ? text::to_int(parts[1]).value_or(0) + 1 : 0;
    const std::string cs =
        of_rule ? text::format("pravidlo {}, {}: ", number, czech_member(parts[2])) : "";
    const std::string en = of_rule ? text::format("rule {}, {}: ", number, parts[2]) : "";
    form.wrong(field, cs + value + refusal_text(fault.limit, Language::cs),
               en + value + fault.limit);
}

void check_time_group(const Ask&, Form& form, Writing<TimeGroup>& writing) {
    for (const calendar::Fault& fault : calendar::check(writing.now.hours)) {
        tell_fault(form, fault);
    }
    if (calendar::Zone::find(writing.now.hours.zone) == nullptr) {
        tell_fault(form, {"timezone", writing.now.hours.zone, calendar::zone_rule});
    }
    if (writing.now.name.empty()) {
        writing.now.name = "timegroups_" + random_hex(16);
    }
}

const TimeGroup* saved_time_group(const core::State& state, const TimeGroup&,
                                  const core::Reply& reply) {
    const auto found = state.draft.time_groups.find(core::TimeGroupId{reply.record_id});
    return found == state.draft.time_groups.end() ? nullptr : &found->second;
}

}  // namespace

const Description<TimeGroup>& time_groups_description() {
    static const Description<TimeGroup> all{"timegroups",
                                            Module::routing,
                                            {"title", "rules", "open", "changes_at"},
                                            time_group_members(),
                                            [](const TimeGroup& group) { return group.name; },
                                            true};
    return all;
}

Model time_groups_model() {
    static const CoreModel<TimeGroup> model{
        .description = time_groups_description(),
        .find = time_group_named,
        .rows = time_group_rows,
        .read = time_group_record,
        .save = [](const Writing<TimeGroup>& writing) -> core::Input {
            return core::SaveDraft{writing.now};
        },
        .remove = [](const TimeGroup& group) -> core::Input {
            return core::RemoveDraft{{.time_groups = {group.id}}};
        },
        .saved = saved_time_group,
        .fault = [](const core::State& state, const TimeGroup& group,
                    bool) { return core::check(state, state.draft, group); },
        .check = check_time_group};
    return serve_core(model);
}

}  // namespace linka::api::v6
