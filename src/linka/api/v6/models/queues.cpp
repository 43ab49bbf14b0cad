// /api/v6/queues. `name` is the number; what is special to a type stands in `options`, by the names
// of the public option codes.
#include "linka/api/v6/describe/destination.hpp"
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

using core::Offering;
using core::Queue;
using core::QueueType;
using core::queue_of::Calls;
namespace limits = core::limits;

std::vector<std::string> types_where(bool (*is)(QueueType)) {
    std::vector<std::string> names;
    for (const std::string& name : member::names_in_order<QueueType>()) {
        QueueType type{};
        if (enum_from_name(name, type) && is(type)) {
            names.push_back(name);
        }
    }
    return names;
}
bool is_call(QueueType type) {
    return !core::is_written(type);
}
bool is_offered(QueueType type) {
    return core::channel_of(type) != core::Channel::email;
}

// The parts of a queue, by its channel. What belongs to one is only of use where callers wait, or
// whoever writes.
Member<Queue> of_calls(Member<Calls> member) {
    return member::part<Queue>(std::move(member), core::calls_of, core::calls_of,
                               types_where(is_call));
}
Member<Queue> of_offering(Member<Offering> member) {
    return member::part<Queue>(std::move(member), core::offering_of, core::offering_of,
                               types_where(is_offered))
        .only(types_where([](QueueType type) {
            return type == QueueType::in || (core::is_written(type) && is_offered(type));
        }));
}
Member<Queue> of_callers(Member<Calls> member) {
    return of_calls(std::move(member)).only({"in"});
}
std::vector<std::string> all_but_campaigns(bool outgoing) {
    std::vector<std::string> types =
        types_where([](QueueType type) { return type == QueueType::in || core::is_written(type); });
    if (outgoing) {
        types.insert(types.begin() + 1, "out");
    }
    return types;
}
template <typename R>
Member<R> queue_seconds(std::string name, Duration R::*at, core::limits::Span span) {
    return member::duration("options." + std::move(name), at, 1s, span);
}

// The name of a prompt, of music, or of a language's folder; null and "" clear it.
Member<Calls> plain_option(std::string name, std::string Calls::*at, std::size_t size_max) {
    Member<Calls> out = member::text("options." + name, at, size_max);
    out.write = [name, at, size_max](Form& form, Calls& calls, const Records&) {
        std::string given = calls.*at;
        form.text(name, given, size_max);
        if (form.has(name) && !given.empty() && !is_plain_name(given)) {
            form.wrong(name, "musí být jméno bez cesty", "must be a name without a path");
        } else {
            calls.*at = std::move(given);
        }
    };
    return out;
}

// Somebody who waits hears something.
Member<Calls> heard_while_waiting() {
    Member<Calls> out =
        member::recording(plain_option("music", &Calls::music, plain_name_bytes_max))
            .standard("default");
    out.field.nullable = false;
    return out;
}

Member<Queue> queue_type() {
    Member<Queue> type = member::choice("type", &Queue::type);
    type.write = [](Form& form, Queue& queue, const Records&) {
        QueueType given = queue.type;
        form.choice("type", given);
        core::set_type(queue, given);
    };
    return std::move(type).once().basic().offered({"in", "out"});
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
        queue_type(),
        of_offering(member::choice("options.strategy", &Offering::strategy).basic()),
        of_offering(queue_seconds("ringtime", &Offering::ring_time, limits::ring_time).basic()),
        queue_seconds("wrapuptime", &Queue::wrap_time, limits::wrap_time)
            .basic()
            .only(all_but_campaigns(true)),
        of_callers(member::flag("options.autoanswer", &Calls::auto_answer).basic()),
        of_calls(member::choice("options.recording", &Calls::record).basic()).only({"in", "out"}),
        of_calls(member::text("options.outboundcid", &Calls::outbound_number, 32).basic())
            .only({"out"})};
}

std::vector<Member<Queue>> advanced_queue_members() {
    return {
        of_offering(member::flag("options.lajdak", &Offering::auto_pause).advanced()),
        of_offering(member::number("options.weight", &Offering::weight, limits::weight).advanced()),
        of_offering(
            queue_seconds("sleeptime", &Offering::sleep_time, limits::sleep_time).advanced()),
        of_offering(queue_seconds("maxwait", &Offering::max_wait, limits::max_wait).advanced()),
        of_callers(
            member::number("options.maxlength", &Calls::max_length, limits::max_length).advanced()),
        of_callers(member::flag("options.position_announcement", &Calls::position_announcement)
                       .advanced()),
        queue_seconds("answer_within", &Queue::answer_within, limits::answer_within)
            .advanced()
            .only(all_but_campaigns(false)),
        queue_seconds("abandon_within", &Queue::abandon_within, limits::abandon_within)
            .advanced()
            .only(all_but_campaigns(false)),
        of_callers(member::recording(
                       plain_option("recording_before", &Calls::announcement, plain_name_bytes_max))
                       .advanced()),
        of_callers(heard_while_waiting().advanced()),
        member::text_or_none("alias", &Queue::alias, limits::title_bytes_max).advanced(),
        member::note<Queue>("description", limits::description_bytes_max).advanced(),
        member::flag("deactivated", &Queue::deactivated).advanced(),
        member::fixed<Queue>("call_steering_description", nullptr),
        member::shown<Queue>("direction", FieldKind::choice,
                             [](const Queue& queue, const json::Object&, const View&) {
                                 return json::Value(core::is_outgoing(queue.type) ? "out" : "in");
                             })
            .choices({"in", "out"}),
        of_calls(member::choices("options.join_empty", &Calls::join_empty)),
        of_calls(member::choices("options.leave_empty", &Calls::leave_empty)),
        of_calls(
            queue_seconds("position_repeat", &Calls::position_repeat, limits::position_repeat)),
        of_calls(plain_option("announcement_language", &Calls::language, 8).standard("cs")),
        of_calls(member::destination("options.target", &Calls::on_leave).advanced())};
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
