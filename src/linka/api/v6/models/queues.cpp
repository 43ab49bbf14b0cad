// /api/v6/queues. `name` is the number; what is special to a type stands in `options`, by the names
// of the public option codes.
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/plain_name.hpp"
#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {

using core::Queue;
namespace limits = core::limits;

// A field of `options` that calls wait by, and one that every queue has a use for.
Member<Queue> of_waiting(Member<Queue> member) {
    return std::move(member).only({"in"});
}
Member<Queue> queue_seconds(std::string name, Duration Queue::*at, core::limits::Span span) {
    return member::duration("options." + std::move(name), at, 1s, span);
}

// The name of a prompt, of music, or of a language's folder; null and "" clear it.
Member<Queue> plain_option(std::string name, std::string Queue::*at, std::size_t size_max) {
    Member<Queue> out = member::text("options." + name, at, size_max);
    out.write = [name, at, size_max](Form& form, Queue& queue, const Records&) {
        std::string given = queue.*at;
        form.text(name, given, size_max);
        if (form.has(name) && !given.empty() && !is_plain_name(given)) {
            form.wrong(name, "musí být jméno bez cesty", "must be a name without a path");
        } else {
            queue.*at = std::move(given);
        }
    };
    return out;
}

void read_target(Form& form, Queue& queue, const Records&) {
    const json::Value* value = form.value("target");
    if (value == nullptr) {
        return;
    }
    core::Destination& target = queue.on_leave;
    if (value->is_null() || (value->is_array() && value->get_array().empty())) {
        target = {};
        return;
    }
    const json::Object* object = value->if_object();
    const json::Object given = object != nullptr ? *object : json::Object();
    Form inner(given, Language::en);
    inner.choice("kind", target.kind);
    inner.text("value", target.value, 64);
    const std::size_t known = std::size_t{inner.has("kind")} + std::size_t{inner.has("value")};
    if (object == nullptr || known != given.size() || !inner.errors().empty()) {
        form.wrong("target", "neplatný cíl", "invalid destination");
    }
}

Member<Queue> queue_target() {
    return member::special<Queue>(
        "options.target", FieldKind::object,
        [](const Queue& queue, const json::Object&, const View&) {
            return json::Value(json::Object{{"kind", name_of(queue.on_leave.kind)},
                                            {"value", queue.on_leave.value}});
        },
        read_target);
}

Member<Queue> queue_number() {
    auto number = member::special<Queue>(
        "name", FieldKind::number,
        [](const Queue& queue, const json::Object&, const View&) {
            return json::Value(queue.id.value);
        },
        [](Form& form, Queue& queue, const Records&) {
            int given = 0;
            form.integer("name", given, 1, limits::queue_number_max);
            queue.id = core::QueueId{given};
        });
    return std::move(number).required().once().basic().next("6001").limit(
        {LimitOf::number, {1, limits::queue_number_max, false}});
}

std::vector<Member<Queue>> basic_queue_members() {
    return {
        queue_number(),
        member::text("title", &Queue::title, limits::title_bytes_max).required().distinct().basic(),
        member::choice("type", &Queue::type).once().basic().offered({"in", "out"}),
        of_waiting(member::choice("options.strategy", &Queue::strategy).basic()),
        of_waiting(queue_seconds("ringtime", &Queue::ring_time, limits::ring_time).basic()),
        queue_seconds("wrapuptime", &Queue::wrap_time, limits::wrap_time)
            .basic()
            .only({"in", "out"}),
        of_waiting(member::flag("options.autoanswer", &Queue::auto_answer).basic()),
        member::choice("options.recording", &Queue::record).basic().only({"in", "out"}),
        member::text("options.outboundcid", &Queue::outbound_number, 32).basic().only({"out"})};
}

std::vector<Member<Queue>> advanced_queue_members() {
    return {
        of_waiting(member::flag("options.lajdak", &Queue::auto_pause).advanced()),
        of_waiting(member::number("options.weight", &Queue::weight, limits::weight).advanced()),
        of_waiting(queue_seconds("sleeptime", &Queue::sleep_time, limits::sleep_time).advanced()),
        of_waiting(queue_seconds("maxwait", &Queue::max_wait, limits::max_wait).advanced()),
        of_waiting(
            member::number("options.maxlength", &Queue::max_length, limits::max_length).advanced()),
        of_waiting(member::flag("options.position_announcement", &Queue::position_announcement)
                       .advanced()),
        of_waiting(queue_seconds("answer_within", &Queue::answer_within, limits::answer_within)
                       .advanced()),
        of_waiting(queue_seconds("abandon_within", &Queue::abandon_within, limits::abandon_within)
                       .advanced()),
        of_waiting(plain_option("music", &Queue::music, plain_name_bytes_max)
                       .standard("default")
                       .advanced()),
        member::text_or_none("alias", &Queue::alias, limits::title_bytes_max).advanced(),
        member::note<Queue>("description", limits::description_bytes_max).advanced(),
        member::flag("deactivated", &Queue::deactivated).advanced(),
        member::fixed<Queue>("call_steering_description", nullptr),
        member::shown<Queue>("direction", FieldKind::choice,
                             [](const Queue& queue, const json::Object&, const View&) {
                                 return json::Value(core::is_outgoing(queue.type) ? "out" : "in");
                             })
            .choices({"in", "out"}),
        member::choices("options.join_empty", &Queue::join_empty),
        member::choices("options.leave_empty", &Queue::leave_empty),
        plain_option("recording_before", &Queue::announcement, plain_name_bytes_max),
        queue_seconds("position_repeat", &Queue::position_repeat, limits::position_repeat),
        plain_option("announcement_language", &Queue::language, 8).standard("cs"),
        queue_target()};
}

std::shared_ptr<const Queue> find_one_queue(const Ask& ask) {
    const core::QueueId id{text::to_int(ask.name).value_or(0)};
    auto queue = ask.site.directory.now()->queue(id);
    return queue && sees(*ask.user, id) ? queue : nullptr;
}

Rows queue_rows(const View& view) {
    Rows all;
    for (const auto& [id, queue] : view.records->queues) {
        if (sees(*view.viewer, id)) {
            all.push_back(view.queue(*queue));
        }
    }
    return all;
}

std::optional<json::Object> right_to_queue(const core::User& user, const Queue& queue) {
    for (const core::QueueRight& right : user.queues) {
        if (right.queue == queue.id) {
            return json::Object{{"login", name_of(right.login)}, {"penalty", right.penalty}};
        }
    }
    return std::nullopt;
}

// As they were noted.
std::map<core::UserId, core::QueueRight> queue_rights_of(const json::Array& people) {
    std::map<core::UserId, core::QueueRight> rights;
    for (const json::Value& one : people) {
        const json::Object person = one.is_object() ? one.get_object() : json::Object();
        core::QueueRight right;
        enum_from_name(text_in(person, "login"), right.login);
        right.penalty = static_cast<int>(number_in(person, "penalty"));
        rights.emplace(core::UserId{number_in(person, "id")}, right);
    }
    return rights;
}

}  // namespace

const Description<Queue>& queues_description() {
    static const Description<Queue> all = [] {
        Description<Queue> made{
            "queues",
            Module::queues,
            {"name", "title", "type", "options.strategy", "people", "deactivated"},
            basic_queue_members(),
            [](const Queue& queue) { return std::to_string(queue.id.value); }};
        for (Member<Queue>& member : advanced_queue_members()) {
            made.members.push_back(std::move(member));
        }
        return made;
    }();
    return all;
}

// What nothing serves would never do anything: such a queue is not made, and one that is there, of
// the demo, stays off.
void check_served(const Ask& /*ask*/, Form& form, Writing<Queue>& writing) {
    if (core::is_served(writing.now.type) || (!writing.create && writing.now.deactivated)) {
        return;
    }
    form.wrong(writing.create ? "type" : "deactivated", "fronty tohoto typu zatím nic neobsluhuje",
               "nothing serves queues of this type yet");
}

Model queues_model() {
    static const CoreModel<Queue> model{
        .description = queues_description(),
        .find = find_one_queue,
        .rows = queue_rows,
        .read = [](const View& view, const Queue& queue) { return view.queue(queue); },
        .save = [](const Writing<Queue>& writing) -> core::Input {
            return core::SaveQueue{writing.now, writing.create, queue_rights_of(writing.people)};
        },
        .remove = [](const Queue& queue) -> core::Input { return core::RemoveQueue{queue.id}; },
        .saved = [](const core::State& state, const Queue& sent,
                    const core::Reply&) { return core::find_queue(state, sent.id); },
        .fault = [](const core::State& state, const Queue& queue,
                    bool create) { return core::check(state, queue, create); },
        .check = check_served,
        .right_of = right_to_queue,
        .still =
            [](const Ask& ask, const core::State& state, const Queue* old, const Queue* now) {
                const auto is_seen = [&](const Queue& queue) { return sees(*ask.user, queue.id); };
                return now == nullptr || is_title_free(state.queues, old, *now, is_seen);
            }};
    return serve_core(model);
}

}  // namespace linka::api::v6
