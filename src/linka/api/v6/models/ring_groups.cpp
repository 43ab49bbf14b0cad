// /api/v6/ringGroups: numbers that ring several people, at our telephones and outside. They are
// edited in the sandbox (live/routing.cpp).
#include "linka/api/v6/describe/destination.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/limits.hpp"

namespace linka::api::v6 {

namespace {

using core::RingGroup;
namespace limits = core::limits;

Member<RingGroup> group_number() {
    auto number = member::special<RingGroup>(
        "name", FieldKind::number,
        [](const RingGroup& group, const json::Object&, const View&) {
            return json::Value(group.id.value);
        },
        [](Form& form, RingGroup& group, const Records&) {
            int given = 0;
            form.integer("name", given, 1, limits::queue_number_max);
            group.id = core::RingGroupId{given};
        });
    return std::move(number).required().once().basic().next("700").limit(
        {LimitOf::number, {1, limits::queue_number_max, false}});
}

// One element: an object, or a number alone.
std::optional<core::GroupMember> read_member(Form& form, const json::Value& element) {
    json::Object entry = element.is_object() ? element.get_object() : json::Object();
    if (!element.is_object()) {
        entry["number"] = element;
    }
    Form inner(entry, form.language());
    core::GroupMember read;
    read.number = without_spaces(inner.relation("number").value_or(""));
    inner.duration("ringtime", read.ring, 1s, limits::member_ring.least, limits::member_ring.most);
    inner.only({"number", "ringtime"});
    if (!inner.errors().empty()) {
        const auto& [where, said] = *inner.errors().begin();
        const std::string told = read.number + ", " + where + ": " + said;
        form.wrong("members", told, told);
        return std::nullopt;
    }
    return read;
}

void write_members(Form& form, RingGroup& group, const Records&) {
    const auto list = form.list("members");
    if (!list) {
        return;
    }
    group.members.clear();
    for (const json::Value& element : *list) {
        if (auto read = read_member(form, element)) {
            group.members.push_back(std::move(*read));
        }
    }
}

Member<RingGroup> group_members() {
    auto out = member::special<RingGroup>(
        "members", FieldKind::ring_members,
        [](const RingGroup& group, const json::Object&, const View&) {
            json::Array all;
            for (const core::GroupMember& each : group.members) {
                all.push_back(
                    json::Object{{"number", each.number}, {"ringtime", each.ring / Duration(1s)}});
            }
            return json::Value(std::move(all));
        },
        write_members);
    return std::move(out)
        .required()
        .basic()
        .limit({LimitOf::number, limits::member_ring})
        .standard(json::Array());
}

std::shared_ptr<const RingGroup> find_group(const Ask& ask) {
    const auto draft = ask.site.directory.now()->draft;
    const auto found =
        draft->ring_groups.find(core::RingGroupId{text::to_int(ask.name).value_or(0)});
    return found == draft->ring_groups.end()
               ? nullptr
               : std::shared_ptr<const RingGroup>(draft, &found->second);
}

json::Object group_json(const View& view, const RingGroup& group) {
    json::Object out =
        read_record(ring_groups_description(), group, attributes_of(group.attributes), view);
    out["_sys"] =
        view.versioned_sys("ringGroups", std::to_string(group.id.value), json::to_text(group));
    return out;
}

Rows group_rows(const View& view) {
    Rows all;
    for (const auto& [id, group] : view.records->draft->ring_groups) {
        all.push_back(group_json(view, group));
    }
    return all;
}

// Of one that is made: another one with this number would be changed by it.
void check_group(const Ask& ask, Form& form, Writing<RingGroup>& writing) {
    if (form.has("members") && !form.is_wrong("members")) {
        form.require("members", !writing.now.members.empty());
    }
    if (writing.create && ask.site.directory.now()->draft->ring_groups.contains(writing.now.id)) {
        form.wrong("name", "už existuje", "exists already");
    }
}

bool is_still_new(const Ask&, const core::State& state, const RingGroup* old,
                  const RingGroup* now) {
    return old != nullptr || now == nullptr || !state.draft.ring_groups.contains(now->id);
}

const RingGroup* saved_group(const core::State& state, const RingGroup& group, const core::Reply&) {
    const auto found = state.draft.ring_groups.find(group.id);
    return found == state.draft.ring_groups.end() ? nullptr : &found->second;
}

}  // namespace

const Description<RingGroup>& ring_groups_description() {
    static const Description<RingGroup> all{
        "ringGroups",
        Module::routing,
        {"name", "title", "strategy", "members"},
        {group_number(),
         member::text("title", &RingGroup::title, limits::title_bytes_max).required().basic(),
         member::choice("strategy", &RingGroup::strategy).basic(), group_members(),
         member::destination("destination", &RingGroup::on_no_answer).basic(),
         member::note<RingGroup>("description", limits::description_bytes_max).advanced()},
        [](const RingGroup& group) { return std::to_string(group.id.value); },
        true};
    return all;
}

Model ring_groups_model() {
    static const CoreModel<RingGroup> model{
        .description = ring_groups_description(),
        .find = find_group,
        .rows = group_rows,
        .read = group_json,
        .save = [](const Writing<RingGroup>& writing) -> core::Input {
            return core::SaveDraft{writing.now};
        },
        .remove = [](const RingGroup& group) -> core::Input {
            return core::RemoveDraft{{.ring_groups = {group.id}}};
        },
        .saved = saved_group,
        .fault = [](const core::State& state, const RingGroup& group,
                    bool) { return core::check(state, state.draft, group); },
        .check = check_group,
        .still = is_still_new};
    return serve_core(model);
}

}  // namespace linka::api::v6
