// /api/v6/queues. `name` is the number; what is special to a type stands in `options`, by the names
// of the public option codes.
#include "linka/api/v6/serve.hpp"
#include "linka/base/text.hpp"
#include "linka/core/limits.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {

const std::vector<std::string>& queue_fields() {
    static const std::vector<std::string> fields{
        "name", "title",     "alias",       "description", "call_steering_description",
        "type", "direction", "deactivated", "options",     "_sys"};
    return fields;
}

void list_queues(const AskPtr& ask, const Respond& respond) {
    serve_list(ask, respond, queue_fields(), [ask](store::Reader&) {
        const View view = view_of(*ask);
        Rows rows;
        for (const auto& [id, queue] : view.records->queues) {
            if (may_see(*ask->user, id)) {
                rows.push_back(view.queue(*queue));
            }
        }
        return rows;
    });
}

std::shared_ptr<const core::Queue> visible_queue(const Ask& ask) {
    const core::QueueId id{text::to_int(ask.name).value_or(0)};
    auto queue = ask.site.directory.now()->queue(id);
    return queue && may_see(*ask.user, id) ? queue : nullptr;
}

void one_queue(const AskPtr& ask, const Respond& respond) {
    const auto queue = visible_queue(*ask);
    respond(queue ? record_response(*ask, view_of(*ask).queue(*queue)) : ask->envelope.not_found());
}

void read_options(Form& form, core::Queue& queue) {
    form.choice("strategy", queue.strategy);
    namespace limits = core::limits;
    // The core says which values between are wrong, and why.
    form.integer("weight", queue.weight, limits::weight.least, limits::weight.most);
    form.duration("ringtime", queue.ring_time, 1s, limits::ring_time.most);
    form.duration("sleeptime", queue.sleep_time, 1s, limits::sleep_time.most);
    form.duration("wrapuptime", queue.wrap_time, 1s, limits::wrap_time.most);
    form.duration("maxwait", queue.max_wait, 1s, limits::max_wait.most);
    form.integer("maxlength", queue.max_length, 0, limits::max_length.most);
    form.choices("join_empty", queue.join_empty);
    form.choices("leave_empty", queue.leave_empty);
    form.flag("lajdak", queue.auto_pause);
    form.flag("autoanswer", queue.auto_answer);
    form.text("recording_before", queue.announcement, 128);
    form.text("music", queue.music, 128);
    form.flag("position_announcement", queue.position_announcement);
    form.duration("position_repeat", queue.position_repeat, 1s, limits::position_repeat.most);
    form.text("announcement_language", queue.language, 8);
    form.choice("recording", queue.record);
    form.text("outboundcid", queue.outbound_number, 32);
    form.duration("answer_within", queue.answer_within, 1s, limits::answer_within.most);
    form.duration("abandon_within", queue.abandon_within, 1s, limits::abandon_within.most);
    const json::Value* target = form.value("target");
    if (target != nullptr && target->is_object()) {
        Form inner(target->get_object(), Language::en);
        inner.choice("kind", queue.on_leave.kind);
        inner.text("value", queue.on_leave.value, 64);
        if (!inner.errors().empty()) {
            form.wrong("target", "neplatný cíl", "invalid destination");
        }
    }
}

void write_queue(const AskPtr& ask, const Respond& respond, core::Queue queue, bool create) {
    const auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    if (!create && overtaken(ask, respond, *body, view_of(*ask).queue(queue))) {
        return;
    }
    Form form(*body, ask->envelope.language());
    if (create) {
        int number = 0;
        form.require("name", form.has("name"));
        form.require("title", form.has("title"));
        form.integer("name", number, 1, core::limits::queue_number_max);
        queue.id = core::QueueId{number};
    } else if (const auto name = form.relation("name");
               name && text::to_int(*name) != queue.id.value) {
        form.wrong("name", "Číslo fronty nelze změnit", "The queue's number cannot be changed");
    }
    form.text("title", queue.title, core::limits::title_bytes_max);
    form.text("alias", queue.alias, core::limits::title_bytes_max);
    form.choice("type", queue.type);
    form.flag("deactivated", queue.deactivated);
    form.attributes(queue.attributes, {"description", "call_steering_description"});
    const json::Value* options = form.value("options");
    if (options != nullptr && options->is_object()) {
        Form inner(options->get_object(), ask->envelope.language());
        read_options(inner, queue);
        for (const auto& [field, text] : inner.errors()) {
            form.wrong("options." + field, text, text);
        }
    }
    if (refused(ask, respond, form, *body)) {
        return;
    }
    const core::QueueId id = queue.id;
    save(ask, respond, core::SaveQueue{std::move(queue), create},
         [ask, respond, id, create](const core::Reply&, const core::State& state) {
             note_change_later(ask, create ? "queues.create" : "queues.update",
                               std::to_string(id.value));
             const core::Queue* saved = core::find_queue(state, id);
             respond(saved == nullptr
                         ? ask->envelope.not_found()
                         : ask->envelope.success(view_of(*ask).queue(*saved), create ? 201 : 200));
         });
}

void create_queue(const AskPtr& ask, const Respond& respond) {
    if (may_write(ask, respond)) {
        write_queue(ask, respond, core::Queue{}, true);
    }
}

void update_queue(const AskPtr& ask, const Respond& respond) {
    if (!may_write(ask, respond)) {
        return;
    }
    const auto queue = visible_queue(*ask);
    if (!queue) {
        respond(ask->envelope.not_found());
        return;
    }
    write_queue(ask, respond, *queue, false);
}

void remove_queue(const AskPtr& ask, const Respond& respond) {
    if (!may_write(ask, respond)) {
        return;
    }
    const auto queue = visible_queue(*ask);
    if (!queue) {
        respond(ask->envelope.not_found());
        return;
    }
    save(ask, respond, core::RemoveQueue{queue->id},
         [ask, respond](const core::Reply&, const core::State&) {
             note_change_later(ask, "queues.delete", ask->name);
             Response response;
             response.status = 204;
             respond(std::move(response));
         });
}

}  // namespace

Model queues_model() {
    return {"queues",     {},           list_queues,  one_queue,
            create_queue, update_queue, remove_queue, nullptr};
}

}  // namespace linka::api::v6
