// Serves a model of the core's records from its description: list, one, create, change and delete.
// What a model has of its own are small functions in CoreModel; those that are null do nothing.
#pragma once

#include "linka/api/v6/describe/change.hpp"
#include "linka/api/v6/describe/description.hpp"
#include "linka/api/v6/describe/faults.hpp"
#include "linka/api/v6/serve.hpp"
#include "linka/base/plain_letters.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace linka::api::v6 {

/// A write under way.
template <typename R>
struct Writing {
    R old;  // as it is; a fresh one of a new record
    R now;
    bool create = false;
    std::string password;         // what the form has of one
    bool password_given = false;  // an empty one as well, which takes it away
    json::Array people;           // who had rights to one that is made again, see CoreModel
};

template <typename R>
struct CoreModel {
    const Description<R>& description;
    /// By its name, if the one who asks sees it.
    std::shared_ptr<const R> (*find)(const Ask&);
    /// All that they see, as they see them.
    Rows (*rows)(const View&);
    json::Object (*read)(const View&, const R&);
    core::Input (*save)(const Writing<R>&);
    core::Input (*remove)(const R&);
    const R* (*saved)(const core::State&, const R& sent, const core::Reply&);
    /// The first thing that the core would refuse.
    std::optional<core::Fault> (*fault)(const core::State&, const R&, bool create);
    /// Sets what a new record has beyond the form, and says what is wrong beyond the fields.
    void (*check)(const Ask&, Form&, Writing<R>&) = nullptr;
    /// Does the whole of creating instead of the core's input alone.
    void (*create)(const AskPtr&, const Respond&, Writing<R>) = nullptr;
    /// After the core has saved, on its thread; answers. Null: with the record.
    void (*finish)(const AskPtr&, const Respond&, Writing<R>, const core::State&) = nullptr;
    void (*removed)(const AskPtr&, const Respond&, const R&) = nullptr;
    /// One record is read otherwise than its row of a list.
    void (*one)(const AskPtr&, const Respond&) = nullptr;
    void (*list)(const AskPtr&, const Respond&) = nullptr;
    /// What somebody's right to it says; none: they have none. Stands in the change log when the
    /// record is removed, with their `name` and `id`, so that they get it again when it is brought
    /// back. By id, since a name may be somebody else's by then.
    std::optional<json::Object> (*right_of)(const core::User&, const R&) = nullptr;
    /// The answer if this may not be done, whatever the fields say. Null of `old`: it is new; of
    /// `now`: it is to be removed.
    std::optional<Response> (*barred)(const Ask&, const R* old, const R* now) = nullptr;
    /// Whether that judgement would be the same in the turn that saves. That whoever asks, their
    /// role and `old` are as they were is known already.
    bool (*still)(const Ask&, const core::State&, const R* old, const R* now) = nullptr;
};

/// The record as the core has it now; null: it is gone.
template <typename R>
const R* present_in(const CoreModel<R>& model, const core::State& state, const R& record) {
    core::Reply itself;
    if constexpr (requires { record.id.value; }) {
        itself.record_id = record.id.value;
    }
    return model.saved(state, record, itself);
}

/// Whether no other record has the title, as refuse_second() compares them, of those that count.
template <typename Id, typename R, typename Counts>
bool is_title_free(const std::map<Id, R>& all, const R* old, const R& now, Counts counts) {
    const std::string title = text::plain_letters(now.title);
    return (old != nullptr && text::plain_letters(old->title) == title) ||
           std::none_of(all.begin(), all.end(), [&](const auto& entry) {
               return entry.first != now.id && counts(entry.second) &&
                      text::plain_letters(entry.second.title) == title;
           });
}

/// What CoreModel asks of records that stand in the core by their number: which one was saved, and
/// whether no other has the title.
template <auto all, typename R>
const R* saved_among(const core::State& state, const R&, const core::Reply& reply) {
    const auto found = (state.*all).find(decltype(R::id){reply.record_id});
    return found == (state.*all).end() ? nullptr : &found->second;
}
template <auto all, typename R>
bool keeps_titles_apart(const Ask&, const core::State& state, const R* old, const R* now) {
    return now == nullptr || is_title_free(state.*all, old, *now, [](const R&) { return true; });
}

/// Of a write, in the turn that saves. Null of `old`: it is new; of `now`: it is to be removed.
template <typename R>
bool holds(const CoreModel<R>& model, const Ask& ask, const core::State& state, const R* old,
           const R* now) {
    const R* present = old != nullptr ? present_in(model, state, *old) : nullptr;
    const bool same = old == nullptr || (present != nullptr && *present == *old);
    return same && (model.still == nullptr || model.still(ask, state, old, now));
}

/// Null of `old`: it was made; of `now`: it was removed. `users`: their rights then.
template <typename R>
Change change_of(const CoreModel<R>& model, const Ask& ask, const R* old, const R* now,
                 const std::vector<const core::User*>& users) {
    const View view = whole_view_of(ask);
    Change change = change_between(model.description.fields(), model.description.model,
                                   model.description.name_of(now != nullptr ? *now : *old),
                                   old != nullptr ? model.read(view, *old) : json::Object(),
                                   now != nullptr ? model.read(view, *now) : json::Object());
    json::Array people;
    for (const core::User* user : users) {
        if (auto right = model.right_of(*user, now != nullptr ? *now : *old)) {
            right->insert({{"name", user->name}, {"id", user->id.value}});
            people.emplace_back(std::move(*right));
        }
    }
    if (!people.empty()) {
        (now != nullptr ? change.after : change.before)[people_member] = std::move(people);
    }
    keep_titles(change, model.description.fields(), *view.records);
    return change;
}

/// What the change log is told of a write, from what the core has made of it.
template <typename R>
Note note_of_write(const CoreModel<R>& model, const AskPtr& ask, const Writing<R>& writing) {
    return [&model, ask, writing](const core::Reply& reply,
                                  const core::State& state) -> std::optional<store::Change> {
        const R* saved = model.saved(state, writing.now, reply);
        if (saved == nullptr) {
            return std::nullopt;
        }
        std::vector<const core::User*> users;
        if (writing.create && model.right_of != nullptr) {
            for (const auto& [id, user] : state.users) {
                users.push_back(&user);
            }
        }
        Change change =
            change_of(model, *ask, writing.create ? nullptr : &writing.old, saved, users);
        if (writing.create && writing.password_given) {
            change.secrets.emplace_back("password");
        }
        return entry_of(*ask, change);
    };
}

template <typename R>
void answer_write(const CoreModel<R>& model, const AskPtr& ask, const Respond& respond,
                  const Writing<R>& writing) {
    respond(
        ask->envelope.success(model.read(view_of(*ask), writing.now), writing.create ? 201 : 200));
}

template <typename R>
void finish_write(const CoreModel<R>& model, const AskPtr& ask, const Respond& respond,
                  Writing<R> writing, const core::State& state) {
    if (model.finish != nullptr) {
        model.finish(ask, respond, std::move(writing), state);
        return;
    }
    answer_write(model, ask, respond, writing);
}

template <typename R>
void submit_write(const CoreModel<R>& model, const AskPtr& ask, const Respond& respond,
                  Writing<R> writing) {
    core::Input input = model.save(writing);
    Note note = note_of_write(model, ask, writing);
    Guard guard = [&model, ask, writing](const core::State& state) {
        return holds(model, *ask, state, writing.create ? nullptr : &writing.old, &writing.now);
    };
    save(
        ask, respond, std::move(input), std::move(note),
        [&model, ask, respond, writing = std::move(writing)](const core::Reply& reply,
                                                             const core::State& state) mutable {
            if (const R* saved = model.saved(state, writing.now, reply)) {
                writing.now = *saved;
                finish_write(model, ask, respond, std::move(writing), state);
                return;
            }
            // Removed by somebody else since: it was done all the same.
            if constexpr (requires { writing.now.id.value; }) {
                writing.now.id = decltype(R::id){reply.record_id};
            }
            answer_write(model, ask, respond, writing);
        },
        std::move(guard));
}

struct WriteTexts {
    const json::Object& sent;
    const json::Object& present;  // the record as it is read before the write
};

/// On the core's thread: what it would refuse is named beside what the form has found.
template <typename R>
void judge_write(const CoreModel<R>& model, const AskPtr& ask, const Respond& respond,
                 const core::State& state, Form& form, const WriteTexts& texts,
                 Writing<R> writing) {
    if (!writing.create && present_in(model, state, writing.old) == nullptr) {
        respond(ask->envelope.not_found());  // removed meanwhile
        return;
    }
    Faults<R>(model.description, *ask->site.directory.now(), texts.present)
        .name(
            writing.now,
            [&](const R& record) { return model.fault(state, record, writing.create); }, form);
    if (refused(ask, respond, form, texts.sent)) {
        return;
    }
    if (model.barred != nullptr) {
        if (auto refusal =
                model.barred(*ask, writing.create ? nullptr : &writing.old, &writing.now)) {
            respond(std::move(*refusal));
            return;
        }
    }
    if (writing.create && model.create != nullptr) {
        model.create(ask, respond, std::move(writing));
    } else {
        submit_write(model, ask, respond, std::move(writing));
    }
}

/// Null of `old`: a new record.
template <typename R>
void write_core(const CoreModel<R>& model, const AskPtr& ask, const Respond& respond,
                const R* old) {
    const auto read = body_of(ask, respond);
    if (!read) {
        return;
    }
    const auto body = std::make_shared<const json::Object>(*read);  // ours and the core's look's
    Writing<R> writing{
        old != nullptr ? *old : R{}, old != nullptr ? *old : R{}, old == nullptr, {}, false, {}};
    const json::Object present = model.read(view_of(*ask), writing.old);
    if (old != nullptr && overtaken(ask, respond, *body, present)) {
        return;
    }
    const Language language = ask->envelope.language();
    Form form(*body, language);
    write_record(model.description, form, language, writing.now, *ask->site.directory.now(),
                 writing.create ? nullptr : &present);
    if (writing.create) {
        const json::Object fresh = model.read(view_of(*ask), writing.now);
        const json::Value* type = fresh.if_contains("type");
        const bool named = type != nullptr && type->is_string();
        if (const auto people = ask->takes_back != 0 ? form.list(people_member) : std::nullopt) {
            writing.people = *people;
        }
        require_fields(model.description.fields(), form,
                       named ? std::string_view(type->get_string()) : std::string_view(),
                       ask->takes_back != 0);
        refuse_cut_name(form, model.description.name_of(writing.now));
    } else {
        refuse_emptying(model.description.fields(), form);
    }
    if (has_distinct(model.description.fields())) {
        refuse_second(model.description.fields(), form,
                      writing.create ? std::string() : model.description.name_of(writing.old),
                      model.rows(view_of(*ask)));
    }
    if (model.check != nullptr) {
        model.check(*ask, form, writing);
    }
    on_core(ask, respond,
            [&model, ask, respond, body, form, present, writing = std::move(writing)](
                const core::State& state, Instant) mutable {
                judge_write(model, ask, respond, state, form, {*body, present}, std::move(writing));
            });
}

template <typename R>
void remove_core(const CoreModel<R>& model, const AskPtr& ask, const Respond& respond,
                 const R& record) {
    if (model.barred != nullptr) {
        if (auto refusal = model.barred(*ask, &record, nullptr)) {
            respond(std::move(*refusal));
            return;
        }
    }
    const auto records = ask->site.directory.now();
    std::vector<const core::User*> users;
    if (model.right_of != nullptr) {
        for (const auto& [id, user] : records->users) {
            users.push_back(user.get());
        }
    }
    const Change change = change_of(model, *ask, &record, static_cast<const R*>(nullptr), users);
    save(
        ask, respond, model.remove(record),
        [ask, change](const core::Reply&, const core::State&) { return entry_of(*ask, change); },
        [&model, ask, respond, record](const core::Reply&, const core::State&) {
            if (model.removed != nullptr) {
                model.removed(ask, respond, record);
            } else {
                respond(gone());
            }
        },
        [&model, ask, record](const core::State& state) {
            return holds(model, *ask, state, &record, static_cast<const R*>(nullptr));
        });
}

/// `model` lives as long as the program.
template <typename R>
Model serve_core(const CoreModel<R>& model, std::vector<std::string> aliases = {}) {
    // The record that the request names, or 404.
    const auto with = [&model](auto work) {
        return [&model, work](const AskPtr& ask, const Respond& respond) {
            const auto record = model.find(*ask);
            record ? work(ask, respond, *record) : respond(ask->envelope.not_found());
        };
    };
    Model out;
    out.name = model.description.model;
    out.module = model.description.module;
    out.aliases = std::move(aliases);
    out.list = [&model](const AskPtr& ask, const Respond& respond) {
        if (model.list != nullptr) {
            model.list(ask, respond);
            return;
        }
        serve_list(ask, respond, model.description.known(),
                   [&model, ask](store::Reader&) { return model.rows(view_of(*ask)); });
    };
    out.one = model.one != nullptr
                  ? Serve(model.one)
                  : with([&model](const AskPtr& ask, const Respond& respond, const R& record) {
                        respond(record_response(*ask, model.read(view_of(*ask), record),
                                                model.description.known()));
                    });
    out.create = [&model](const AskPtr& ask, const Respond& respond) {
        write_core<R>(model, ask, respond, nullptr);
    };
    out.update = with([&model](const AskPtr& ask, const Respond& respond, const R& record) {
        write_core(model, ask, respond, &record);
    });
    out.remove = with([&model](const AskPtr& ask, const Respond& respond, const R& record) {
        remove_core(model, ask, respond, record);
    });
    out.whole = [&model](const Ask& ask, store::Reader&) {
        const auto record = model.find(ask);
        return record ? std::optional(model.read(whole_view_of(ask), *record)) : std::nullopt;
    };
    out.described = describe_fields(model.description);
    return out;
}

}  // namespace linka::api::v6
