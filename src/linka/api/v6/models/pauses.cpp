// /api/v6/pauses. System pauses (wrap, lajdak, dnd) can be renamed, nothing else.
#include "linka/api/auth/token.hpp"
#include "linka/api/v6/serve.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {

const std::vector<std::string>& pause_fields() {
    static const std::vector<std::string> fields{"name",
                                                 "type",
                                                 "title",
                                                 "paid",
                                                 "max_duration",
                                                 "calculated_from",
                                                 "repeatable",
                                                 "max_amount",
                                                 "min_timeout",
                                                 "auto_pause",
                                                 "prevent_direct_calls",
                                                 "deactivated",
                                                 "_sys"};
    return fields;
}

void list_pauses(const AskPtr& ask, const Respond& respond) {
    serve_list(ask, respond, pause_fields(), [ask](store::Reader&) {
        const View view = view_of(*ask);
        Rows rows;
        for (const auto& [id, pause] : view.records->pauses) {
            rows.push_back(view.pause(*pause));
        }
        return rows;
    });
}

std::shared_ptr<const core::Pause> named_pause(const Ask& ask) {
    return ask.site.directory.now()->pause(std::string_view(ask.name));
}

void one_pause(const AskPtr& ask, const Respond& respond) {
    const auto pause = named_pause(*ask);
    respond(pause ? record_response(*ask, view_of(*ask).pause(*pause)) : ask->envelope.not_found());
}

void write_pause(const AskPtr& ask, const Respond& respond, core::Pause pause, bool create) {
    const auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    if (!create && overtaken(ask, respond, *body, view_of(*ask).pause(pause))) {
        return;
    }
    Form form(*body, ask->envelope.language());
    if (create) {
        form.text("name", pause.name, 255);
        form.require("title", form.has("title"));
        if (pause.name.empty()) {
            pause.name = "pauses_" + random_hex(16);
        }
    }
    form.text("title", pause.title, 255);
    form.flag("paid", pause.paid);
    form.duration("max_duration", pause.max_duration, 60s, 24 * 60);
    form.flag("auto_pause", pause.auto_pause);
    form.flag("prevent_direct_calls", pause.prevent_direct_calls);
    form.flag("deactivated", pause.deactivated);
    form.attributes(pause.attributes,
                    {"calculated_from", "repeatable", "max_amount", "min_timeout"});
    if (refused(ask, respond, form, *body)) {
        return;
    }
    save(ask, respond, core::SavePause{std::move(pause)},
         [ask, respond, create](const core::Reply& reply, const core::State& state) {
             const core::Pause* saved = core::find_pause(state, core::PauseId{reply.record_id});
             if (saved == nullptr) {
                 respond(ask->envelope.not_found());
                 return;
             }
             note_change_later(ask, create ? "pauses.create" : "pauses.update", saved->name);
             respond(ask->envelope.success(view_of(*ask).pause(*saved), create ? 201 : 200));
         });
}

void create_pause(const AskPtr& ask, const Respond& respond) {
    if (may_write(ask, respond)) {
        write_pause(ask, respond, core::Pause{}, true);
    }
}

void update_pause(const AskPtr& ask, const Respond& respond) {
    if (!may_write(ask, respond)) {
        return;
    }
    const auto pause = named_pause(*ask);
    if (!pause) {
        respond(ask->envelope.not_found());
        return;
    }
    write_pause(ask, respond, *pause, false);
}

void remove_pause(const AskPtr& ask, const Respond& respond) {
    if (!may_write(ask, respond)) {
        return;
    }
    const auto pause = named_pause(*ask);
    if (!pause) {
        respond(ask->envelope.not_found());
        return;
    }
    save(ask, respond, core::RemovePause{pause->id},
         [ask, respond](const core::Reply&, const core::State&) {
             note_change_later(ask, "pauses.delete", ask->name);
             Response response;
             response.status = 204;
             respond(std::move(response));
         });
}

}  // namespace

Model pauses_model() {
    return {"pauses",     {},           list_pauses,  one_pause,
            create_pause, update_pause, remove_pause, nullptr};
}

}  // namespace linka::api::v6
