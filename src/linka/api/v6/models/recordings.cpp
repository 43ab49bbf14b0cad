// /api/v6/recordings: system recordings, which rules, menus and queues name as what callers hear.
// The prompts of the system are among them by their names, until one of the company's own replaces
// them. Sounds are sent before (POST /file/prompt); a text is spoken when it is saved.
#include "linka/api/auth/token.hpp"
#include "linka/api/files/prompt_sound.hpp"
#include "linka/api/files/prompts.hpp"
#include "linka/api/live/refusal_text.hpp"
#include "linka/api/v6/body.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/core/flow/prompts.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/records/references.hpp"

#include <array>

namespace linka::api::v6 {

namespace {

using core::Prompt;
namespace limits = core::limits;

struct Said {
    std::string_view name;
    std::string_view czech;
    std::string_view english;
};
// The prompts and the music of the system.
constexpr std::array systems{
    Said{"default", "Výchozí hudba", "Default music"},
    Said{"welcome", "Přivítání", "Welcome"},
    Said{"menu_main", "Hlavní hlasové menu", "Main voice menu"},
    Said{"please_wait", "Vyčkejte na lince", "Please wait"},
    Said{"call_recorded", "Hovor je nahráván", "The call is recorded"},
    Said{"queue_full", "Všechny linky jsou obsazené", "All lines are busy"},
    Said{"queue_closed", "Mimo provozní dobu", "Out of hours"},
    Said{"no_agent", "Není přihlášený žádný operátor", "No agent is logged in"},
    Said{"timeout_goodbye", "Nikdo se vám nemůže věnovat", "Nobody can take the call"},
    Said{"goodbye", "Na shledanou", "Goodbye"},
    Said{"queue_position", "Pořadí ve frontě (následuje číslo)", "Position (a number follows)"},
    Said{"voicemail_greeting", "Uvítání hlasové schránky", "Voicemail greeting"},
    Said{"extension_unavailable", "Linka není dostupná", "Extension not available"},
    Said{"extension_busy", "Linka je obsazená", "Extension busy"},
    Said{"number_unavailable", "Číslo není dostupné", "Number not available"},
    Said{"number_busy", "Číslo je obsazené", "Number busy"},
    Said{"number_no_answer", "Číslo neodpovídá", "Number does not answer"},
    Said{"not_allowed_number", "Na číslo se nesmí volat", "Number not allowed"},
    Said{"not_logged_in", "Na zařízení není nikdo přihlášený", "Nobody is logged in to the device"},
    Said{"not_ready", "Operátor není připojen", "The agent is not ready"},
    Said{"no_outbound_queue", "Operátor není v odchozí frontě", "No outgoing queue"},
    Said{"not_possible", "To nyní není možné", "Not possible now"},
    Said{"done", "Hotovo", "Done"}};

Prompt systems_prompt(std::string_view name, Language language) {
    Prompt out;
    out.name = name;
    const auto said = std::find_if(systems.begin(), systems.end(),
                                   [&](const Said& each) { return each.name == name; });
    out.title =
        said == systems.end() ? name : (language == Language::cs ? said->czech : said->english);
    return out;
}

// What plays it, as far as the reader sees it.
json::Value used_by(const Prompt& prompt, const View& view) {
    json::Array all;
    if (view.whole) {
        return all;  // it is no part of the record
    }
    const auto references = core::References::to_prompt(prompt.name);
    const auto look = [&](std::string_view model, const auto& record, const std::string& name,
                          const std::string& title) {
        json::Object user{
            {"model", model}, {"name", name}, {"title", title.empty() ? name : title}};
        const bool uses = !(references.without(record) == record);
        if (uses && std::find(all.begin(), all.end(), json::Value(user)) == all.end()) {
            all.emplace_back(std::move(user));
        }
    };
    for (const auto& routing : {view.records->routing, view.records->draft}) {
        for (const auto& [id, route] : routing->routes) {
            look("inboundRoutes", route, route.name, route.title.empty() ? route.did : route.title);
        }
        for (const auto& [id, menu] : routing->menus) {
            look("ivrs", menu, menu.name, menu.title);
        }
        for (const auto& [id, group] : routing->ring_groups) {
            look("ringGroups", group, std::to_string(id.value), group.title);
        }
    }
    const Viewer viewer(*view.records, view.viewer);
    for (const auto& [id, queue] : view.records->queues) {
        if (viewer.sees(id)) {
            look("queues", *queue, std::to_string(id.value), queue->title);
        }
    }
    return all;
}

Member<Prompt> language_member() {
    auto out = member::text_or_none("language", &Prompt::language, limits::language_bytes_max);
    out.field.kind = FieldKind::choice;
    out.field.choices = {"cs", "en"};
    out.field.limit.reset();
    return out;
}

Member<Prompt> text_member() {
    auto out = member::text_or_none("text", &Prompt::text, limits::prompt_text_bytes_max);
    out.field.kind = FieldKind::area;
    out.write = [](Form& form, Prompt& prompt, const Records&) {
        form.text("text", prompt.text, limits::prompt_text_bytes_max, core::Lines::many);
    };
    return std::move(out).about("spoken when there is no file");
}

Member<Prompt> file_member() {
    auto out = member::text_or_none("file", &Prompt::file, limits::name_bytes_max);
    out.field.kind = FieldKind::sound;
    out.field.limit.reset();
    return std::move(out).about("what POST /file/prompt has given; heard at /file/prompt/NAME");
}

json::Value seconds_of(const Prompt& prompt) {
    return prompt.id ? json::Value(whole_seconds(prompt.length + 500ms)) : json::Value(nullptr);
}

std::vector<Member<Prompt>> recording_members() {
    return {member::chosen_name<Prompt>().basic(),
            member::text("title", &Prompt::title, limits::title_bytes_max).required().basic(),
            language_member().basic(),
            file_member().basic(),
            text_member().basic(),
            member::note<Prompt>("description", limits::description_bytes_max).advanced(),
            member::shown<Prompt>("duration", FieldKind::number,
                                  [](const Prompt& prompt, const json::Object&, const View&) {
                                      return seconds_of(prompt);
                                  })
                .nullable()
                .about("seconds; null of the system's own"),
            member::shown<Prompt>("built_in", FieldKind::flag,
                                  [](const Prompt& prompt, const json::Object&, const View&) {
                                      return json::Value(!prompt.id);
                                  }),
            member::shown<Prompt>("replaces_built_in", FieldKind::flag,
                                  [](const Prompt& prompt, const json::Object&, const View&) {
                                      return json::Value(prompt.id &&
                                                         core::prompt::is_sound(prompt.name));
                                  }),
            member::shown<Prompt>("used_by", FieldKind::records,
                                  [](const Prompt& prompt, const json::Object&, const View& view) {
                                      return used_by(prompt, view);
                                  })};
}

std::shared_ptr<const Prompt> find_recording(const Ask& ask) {
    auto own = ask.site.directory.now()->prompt(ask.name);
    if (own || !core::prompt::is_sound(ask.name)) {
        return own;
    }
    return std::make_shared<const Prompt>(
        systems_prompt(ask.name, ask.envelope.language()));  // the answer's
}

Rows recording_rows(const View& view) {
    Rows all;
    for (const auto& [id, prompt] : view.records->prompts) {
        all.push_back(view.prompt(*prompt));
    }
    for (const Said& said : systems) {
        if (!view.records->prompt(said.name)) {
            all.push_back(view.prompt(systems_prompt(said.name, view.envelope.language())));
        }
    }
    return all;
}

// What is sent, over what is there.
Prompt as_sent(const Ask& ask, const json::Object& body) {
    const auto old = ask.site.directory.now()->prompt(ask.name);
    Prompt out = old ? *old : Prompt{};
    for (const auto& [field, target] : {std::pair("text", &out.text), std::pair("file", &out.file),
                                        std::pair("language", &out.language)}) {
        if (const json::Value* given = body.if_contains(field)) {
            *target = given->is_string() ? std::string(given->get_string()) : std::string();
        }
    }
    return out;
}

void check_recording(const Ask& ask, Form& form, Writing<Prompt>& writing) {
    Prompt& now = writing.now;
    if (now.name.empty()) {
        now.name = "recordings_" + random_hex(16);
    }
    const bool speaks = now.file.empty() && !now.text.empty();
    now.spoken = speaks ? spoken_name(now.text, now.language) : std::string();
    const std::string& sound = speaks ? now.spoken : now.file;
    const auto length = prompt_sound_length(sound, prompt_sounds_of(ask.site.data_directory));
    if (length) {
        now.length = *length;
    } else if (!sound.empty() && !form.is_wrong("file")) {
        form.wrong(speaks ? "text" : "file", "takový zvuk na serveru není: pošlete ho znovu",
                   "there is no such sound on the server: send it again");
    }
}

// A text is spoken before it is saved, on a worker: a second or two.
Serve after_speaking(Serve own) {
    return [own = std::move(own)](const AskPtr& ask, const Respond& respond) {
        const auto body = read_body(ask->request);
        const Prompt sent = body ? as_sent(*ask, *body) : Prompt{};
        const std::string directory = prompt_sounds_of(ask->site.data_directory);
        const bool speaks = sent.file.empty() && !sent.text.empty() &&
                            sent.text.size() <= limits::prompt_text_bytes_max;
        if (!speaks || prompt_sound_length(spoken_name(sent.text, sent.language), directory)) {
            own(ask, respond);
            return;
        }
        const bool taken =
            ask->site.converting.post([own, ask, respond, sent, directory](Result<store::Reader*>) {
                const Status room = make_room_for_prompt(ask->site);
                const auto spoken = room ? speak_prompt(sent.text, sent.language, directory)
                                         : Result<PromptSound>(room.error());
                if (spoken) {
                    own(ask, respond);
                    return;
                }
                const std::string& why = spoken.error().text;
                respond(spoken.error().code == ErrorCode::invalid
                            ? ask->envelope.invalid(
                                  {{"text", refusal_text(why, ask->envelope.language())}}, nullptr)
                            : ask->envelope.failure(503, refusal_text(why, Language::cs), why));
            });
        if (!taken) {
            respond(overloaded());
        }
    };
}

const CoreModel<Prompt>& recordings() {
    static const CoreModel<Prompt> model{
        .description = recordings_description(),
        .find = find_recording,
        .rows = recording_rows,
        .read = [](const View& view, const Prompt& prompt) { return view.prompt(prompt); },
        .save = [](const Writing<Prompt>& writing) -> core::Input {
            return core::SavePrompt{writing.now};
        },
        .remove = [](const Prompt& prompt) -> core::Input { return core::RemovePrompt{prompt.id}; },
        .saved = saved_among<&core::State::prompts, Prompt>,
        .fault = [](const core::State& state, const Prompt& prompt,
                    bool) { return core::check(state, prompt); },
        .check = check_recording};
    return model;
}

}  // namespace

const Description<Prompt>& recordings_description() {
    static const Description<Prompt> all{"recordings",
                                         Module::routing,
                                         {"title", "listen", "language", "duration", "used_by"},
                                         recording_members(),
                                         [](const Prompt& prompt) { return prompt.name; },
                                         true};
    return all;
}

Model recordings_model() {
    Model model = serve_core(recordings());
    for (Serve* change : {&model.update, &model.remove}) {
        *change = [own = *change](const AskPtr& ask, const Respond& respond) {
            const bool own_one = ask->site.directory.now()->prompt(ask->name) != nullptr;
            !own_one&& core::prompt::is_sound(ask->name) ? respond(built_in_stays(*ask))
                                                         : own(ask, respond);
        };
    }
    model.create = after_speaking(std::move(model.create));
    model.update = after_speaking(std::move(model.update));
    return model;
}

}  // namespace linka::api::v6
