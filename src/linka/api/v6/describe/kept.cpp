#include "linka/api/v6/describe/kept.hpp"

#include "linka/api/auth/token.hpp"
#include "linka/api/live/refusal_text.hpp"
#include "linka/api/v6/describe/change.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/check.hpp"
#include "linka/core/records/limits.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace linka::api::v6 {

namespace {

struct Stored {
    std::int64_t id = 0;  // 0: not stored yet
    json::Object body;    // by the names of v6
};

// Two changes of one record must not both begin from the same state of it.
std::mutex& writing() {
    static std::mutex one;
    return one;
}

Result<std::vector<Stored>> stored_of(store::Reader& reader, const std::string& model) {
    store::Query query;
    query.filter = is_equal("model", model);
    query.take = core::limits::kept_records_max;
    query.count = false;
    auto page = reader.list(store::Model::records, query);
    if (!page) {
        return page.error();
    }
    std::vector<Stored> all;
    for (const std::string& row : page->rows) {
        json::Object body = row_object(row);
        const std::int64_t id = number_in(body, "id");
        body.erase("id");
        all.push_back({id, std::move(body)});
    }
    return all;
}

std::optional<Stored> stored_named(store::Reader& reader, const std::string& model,
                                   const std::string& name) {
    store::Query query;
    query.filter = all_of({is_equal("model", model), is_equal("name", name)});
    query.take = 1;
    query.count = false;
    const auto page = reader.list(store::Model::records, query);
    if (!page || page->rows.empty()) {
        return std::nullopt;
    }
    Stored found{0, row_object(page->rows.front())};
    found.id = number_in(found.body, "id");
    found.body.erase("id");
    return found;
}

std::vector<json::Object> built_ins(const KeptModel& model, const Ask& ask) {
    return model.built_in != nullptr ? model.built_in(ask.envelope.language())
                                     : std::vector<json::Object>();
}

// One that is there from the beginning.
std::optional<json::Object> built_in(const KeptModel& model, const Ask& ask,
                                     const std::string& name) {
    for (json::Object& record : built_ins(model, ask)) {
        if (text_in(record, "name") == name) {
            return std::move(record);
        }
    }
    return std::nullopt;
}

json::Object shown_kept(const KeptModel& model, const json::Object& stored, const View& view) {
    json::Object out = living_values(model.description, stored, *view.records, &view);
    out["_sys"] = view.versioned_sys(model.description.model, text_in(out, "name"),
                                     boost::json::serialize(out));
    return out;
}

std::optional<store::Change> note_of(const KeptModel& model, const Ask& ask,
                                     const std::string& name, const json::Object& before,
                                     const json::Object& after) {
    const std::vector<Field> fields = model.description.fields();
    Change change = change_between(fields, model.description.model, name, before, after);
    keep_titles(change, fields, *ask.site.directory.now());
    return entry_of(ask, change);
}

Response saved(const KeptModel& model, const Ask& ask, Stored record, const json::Object& before,
               const json::Object& sent) {
    const std::string name = text_in(record.body, "name");
    const View view = view_of(ask);
    const auto note =
        note_of(model, ask, name, before,
                living_values(model.description, record.body, *view.records, nullptr));
    const auto kept = ask.site.store.save_record(
        {record.id, model.description.model, name, text_in(record.body, "title"),
         boost::json::serialize(record.body)},
        ask.site.now(), note ? &*note : nullptr);
    if (!kept && kept.error().code == ErrorCode::conflict) {
        Form form(sent, ask.envelope.language());
        form.wrong("name", "Takové jméno už existuje", "exists already");
        return ask.envelope.invalid(form.errors(), sent);
    }
    if (!kept) {
        return ask.envelope.error(kept.error());
    }
    return ask.envelope.success(shown_kept(model, record.body, view), before.empty() ? 201 : 200);
}

// What a record that is brought back names: those who are deleted by now are passed over, as if it
// had been there all the time.
json::Object names_in(const KeptModel& model, const json::Object& body) {
    json::Object names;
    for (const Member<json::Object>& member : model.description.members) {
        const json::Value* value = body.if_contains(member.field.name);
        if (member.field.kind == FieldKind::names && value != nullptr) {
            names[member.field.name] = *value;
        }
    }
    return names;
}

void tell_changed(const KeptModel& model, const Site& site, store::Reader& reader) {
    if (model.changed == nullptr) {
        return;
    }
    if (const auto all = stored_of(reader, model.description.model)) {
        std::vector<json::Object> bodies;
        for (const Stored& each : *all) {
            bodies.push_back(each.body);
        }
        model.changed(site, bodies);
    }
}

// A change of a model whose records are told.
struct Telling {
    std::vector<json::Object> all;       // that are kept then
    const json::Object* goes = nullptr;  // null: none does
};

enum class Told { yes, outdated, unknown };

// In a turn of the core: whether it is still judged rightly; if so everybody goes by it from then
// on. On a worker, which waits.
Told tell_in_turn(const KeptModel& model, const AskPtr& ask, Telling telling) {
    constexpr Duration wait_max = 10s;
    if (model.changed == nullptr) {
        return Told::yes;
    }
    struct Waiting {
        std::mutex mutex;
        std::condition_variable wake;
        std::optional<core::Reply::Kind> done;
        bool given_up = false;
    };
    const auto waiting = std::make_shared<Waiting>();  // ours and the core's thread's
    const bool taken = ask->site.live.submit(
        core::Tick{},
        [waiting](const core::Reply& reply) {
            const std::lock_guard lock(waiting->mutex);
            waiting->done = reply.kind;
            waiting->wake.notify_all();
        },
        {},
        [&model, ask, telling = std::move(telling), waiting](const core::State& state) {
            const std::lock_guard lock(waiting->mutex);
            if (waiting->given_up || !is_judged_rightly(*ask, state) ||
                (telling.goes != nullptr && !model.is_free(state, *telling.goes))) {
                return false;
            }
            model.changed(ask->site, telling.all);
            return true;
        });
    std::unique_lock lock(waiting->mutex);
    const bool known =
        taken && waiting->wake.wait_for(lock, wait_max, [&] { return waiting->done.has_value(); });
    waiting->given_up = true;
    return !known                                          ? Told::unknown
           : *waiting->done == core::Reply::Kind::outdated ? Told::outdated
                                                           : Told::yes;
}

// What there is of a model.
struct There {
    std::vector<json::Object> built_in;
    std::vector<json::Object> kept;
};

std::vector<json::Object> others_than(const There& there, const std::string& name) {
    std::vector<json::Object> others = there.kept;
    std::erase_if(others, [&](const json::Object& each) { return text_in(each, "name") == name; });
    return others;
}

// Nothing: what it was judged by is outdated.
std::optional<Response> tell_and_save(const KeptModel& model, const AskPtr& ask, Stored record,
                                      const json::Object& before, const There& there,
                                      const json::Object& body) {
    Telling telling{others_than(there, text_in(record.body, "name"))};
    telling.all.push_back(record.body);
    switch (tell_in_turn(model, ask, std::move(telling))) {
        case Told::outdated:
            return std::nullopt;
        case Told::unknown:
            return overloaded();
        case Told::yes:
            break;
    }
    return saved(model, *ask, std::move(record), before, body);
}

void refuse_too_many(Form& form, std::size_t count) {
    if (const auto fault = core::check_count(count)) {
        form.wrong(fault->field, refusal_text(fault->text, Language::cs), fault->text);
    }
}

// Nobody gives what they do not see, of which they are told no more than of what is not there; and
// what a form did not show, it did not leave out. `old`: as it is stored; `before`: who of it
// lives.
void keep_unseen(const KeptModel& model, const View& view, Form& form, const json::Object& old,
                 const json::Object& before, json::Object& record) {
    for (const Member<json::Object>& member : model.description.members) {
        const Field& field = member.field;
        if (field.kind != FieldKind::names || !form.list(field.name)) {
            continue;
        }
        const json::Value had = field_value(before, field.name);
        const json::Array now = record.at(field.name).as_array();
        for (const json::Value& name : now) {
            if (!view.named(field.of, scalar(name))) {
                form.none_such(field.name, scalar(name));
            }
        }
        for (const json::Value& name : had.is_array() ? had.get_array() : json::Array()) {
            if (!view.named(field.of, scalar(name))) {
                kept::keep_name(record, field.name, scalar(name), old);
            }
        }
    }
}

// `old`: none for a new record. Nothing: what it was judged by is outdated.
std::optional<Response> write_kept(const KeptModel& model, const AskPtr& ask,
                                   const json::Object& body, const std::optional<Stored>& old,
                                   const There& there) {
    const std::vector<Field> fields = model.description.fields();
    Stored record = old.value_or(Stored{});
    json::Object before;
    const View view = view_of(*ask);
    if (old) {
        before = living_values(model.description, old->body, *view.records, nullptr);
        std::optional<Response> refusal;
        if (overtaken(ask, Respond([&](Response response) { refusal = std::move(response); }), body,
                      shown_kept(model, old->body, view))) {
            return *refusal;
        }
    }
    if (ask->takes_back != 0 && !old) {
        record.body = names_in(model, body);
    }
    const Language language = ask->envelope.language();
    Form form(body, language);
    write_record(model.description, form, language, record.body, *view.records,
                 old ? &before : nullptr);
    keep_unseen(model, view, form, old ? old->body : json::Object(), before, record.body);
    if (old) {
        refuse_emptying(fields, form);
    } else {
        require_fields(fields, form, "", ask->takes_back != 0);
        if (text_in(record.body, "name").empty()) {
            record.body["name"] = model.description.model + "_" + random_hex(16);
        }
        refuse_cut_name(form, text_in(record.body, "name"));
    }
    std::vector<json::Object> others = there.built_in;
    others.insert(others.end(), there.kept.begin(), there.kept.end());
    const std::string name = text_in(record.body, "name");
    if (!old && std::any_of(others.begin(), others.end(), [&](const json::Object& other) {
            return text_in(other, "name") == name;
        })) {
        form.wrong("name", "Takové jméno už existuje", "exists already");
    }
    refuse_second(fields, form, old ? text_in(old->body, "name") : std::string(), others);
    if (!old) {
        refuse_too_many(form, there.kept.size());
    }
    if (model.check != nullptr) {
        model.check(form, kept_values(model.description, record.body));
    }
    if (!form.errors().empty()) {
        return ask->envelope.invalid(form.errors(), body);
    }
    if (model.barred != nullptr) {
        if (auto refusal = model.barred(*ask, old ? &old->body : nullptr, &record.body)) {
            return std::move(*refusal);
        }
    }
    return tell_and_save(model, ask, std::move(record), before, there, body);
}

// One write of such records after the other. `work` gives nothing where it was judged by what is
// outdated.
void answer_kept(const AskPtr& ask, const Respond& respond,
                 std::function<std::optional<Response>(store::Reader&)> work) {
    begin_on_worker(ask, respond, [ask, respond, work = std::move(work)](store::Reader& reader) {
        std::unique_lock lock(writing());
        std::optional<Response> response = work(reader);
        lock.unlock();
        if (!response) {
            judge_again(*ask, respond);
        }
        return response;
    });
}

std::optional<Response> absent(const KeptModel& model, const Ask& ask) {
    return built_in(model, ask, ask.name) ? built_in_stays(ask) : ask.envelope.not_found();
}

void change_kept(const KeptModel& model, const AskPtr& ask, const Respond& respond, bool create) {
    auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    answer_kept(
        ask, respond, [&model, ask, create, body = std::move(*body)](store::Reader& reader) {
            const auto old =
                create ? std::nullopt : stored_named(reader, model.description.model, ask->name);
            if (!create && !old) {
                return absent(model, *ask);
            }
            const auto all = stored_of(reader, model.description.model);
            if (!all) {
                return std::optional(ask->envelope.error(all.error()));
            }
            There there{built_ins(model, *ask), {}};
            for (const Stored& each : *all) {
                there.kept.push_back(each.body);
            }
            auto response = write_kept(model, ask, body, old, there);
            tell_changed(model, ask->site, reader);
            return response;
        });
}

// Nothing: what it was judged by is outdated.
std::optional<Response> removed(const KeptModel& model, const AskPtr& ask, const Stored& old,
                                store::Reader& reader) {
    if (model.barred != nullptr) {
        if (auto refusal = model.barred(*ask, &old.body, nullptr)) {
            return refusal;
        }
    }
    const auto all = stored_of(reader, model.description.model);
    if (!all) {
        return ask->envelope.error(all.error());
    }
    There there;
    for (const Stored& each : *all) {
        there.kept.push_back(each.body);
    }
    const Told told = tell_in_turn(model, ask, {others_than(there, ask->name), &old.body});
    if (told != Told::yes) {
        return told == Told::outdated ? std::nullopt : std::optional(overloaded());
    }
    const auto note = note_of(
        model, *ask, ask->name,
        living_values(model.description, old.body, *ask->site.directory.now(), nullptr), {});
    const Status done =
        ask->site.store.remove_record(old.id, ask->site.now(), note ? &*note : nullptr);
    return done ? gone() : ask->envelope.error(done.error());
}

void remove_kept(const KeptModel& model, const AskPtr& ask, const Respond& respond) {
    answer_kept(ask, respond, [&model, ask](store::Reader& reader) {
        const auto old = stored_named(reader, model.description.model, ask->name);
        if (!old) {
            return absent(model, *ask);
        }
        auto response = removed(model, ask, *old, reader);
        tell_changed(model, ask->site, reader);
        return response;
    });
}

void list_kept(const KeptModel& model, const AskPtr& ask, const Respond& respond) {
    serve_list(ask, respond, model.description.known(), [&model, ask](store::Reader& reader) {
        const View view = view_of(*ask);
        Rows rows;
        for (const json::Object& record : built_ins(model, *ask)) {
            rows.push_back(shown_kept(model, record, view));
        }
        if (const auto all = stored_of(reader, model.description.model)) {
            for (const Stored& record : *all) {
                rows.push_back(shown_kept(model, record.body, view));
            }
        }
        return rows;
    });
}

void one_kept(const KeptModel& model, const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [&model, ask](store::Reader& reader) {
        const auto found = stored_named(reader, model.description.model, ask->name);
        const auto record = found ? std::optional(found->body) : built_in(model, *ask, ask->name);
        return record ? record_response(*ask, shown_kept(model, *record, view_of(*ask)),
                                        model.description.known())
                      : ask->envelope.not_found();
    });
}

std::optional<json::Object> whole_kept(const KeptModel& model, const Ask& ask,
                                       store::Reader& reader) {
    const auto found = stored_named(reader, model.description.model, ask.name);
    if (!found) {
        return std::nullopt;
    }
    const View view = view_of(ask);
    json::Object out = living_values(model.description, found->body, *view.records, nullptr);
    out["_sys"] = shown_kept(model, found->body, view).at("_sys");
    return out;
}

// The records that a field names, whole, as far as the one who asks sees them.
void related(const KeptModel& model, const AskPtr& ask, const Respond& respond) {
    const auto& members = model.description.members;
    const auto member = std::find_if(members.begin(), members.end(), [&](const auto& each) {
        return each.field.kind == FieldKind::names &&
               text::equal_ignoring_case(each.field.name, ask->relation);
    });
    if (member == members.end()) {
        respond(ask->envelope.not_found());
        return;
    }
    on_worker(ask, respond, [&model, ask, field = &member->field](store::Reader& reader) {
        const auto found = stored_named(reader, model.description.model, ask->name);
        if (!found) {
            return ask->envelope.not_found();
        }
        const View view = view_of(*ask);
        Rows rows;
        const json::Object living = shown_kept(model, found->body, view);
        for (const json::Value& name : living.at(field->name).as_array()) {
            if (auto row = view.named(field->of, scalar(name))) {
                rows.push_back(std::move(*row));
            }
        }
        return list_response(*ask, std::move(rows), fields_of_model(field->of));
    });
}

}  // namespace

Status load_kept(const KeptModel& model, const Site& site, store::Reader& reader) {
    const std::lock_guard lock(writing());
    const auto all = stored_of(reader, model.description.model);
    if (!all) {
        return all.error();
    }
    tell_changed(model, site, reader);
    return Done{};
}

Model serve_kept(const KeptModel& model) {
    Model out;
    out.name = model.description.model;
    out.module = model.description.module;
    out.list = [&model](const AskPtr& a, const Respond& r) { list_kept(model, a, r); };
    out.one = [&model](const AskPtr& a, const Respond& r) { one_kept(model, a, r); };
    out.create = [&model](const AskPtr& a, const Respond& r) { change_kept(model, a, r, true); };
    out.update = [&model](const AskPtr& a, const Respond& r) { change_kept(model, a, r, false); };
    out.remove = [&model](const AskPtr& a, const Respond& r) { remove_kept(model, a, r); };
    const auto& members = model.description.members;
    if (std::any_of(members.begin(), members.end(), [](const Member<json::Object>& member) {
            return member.field.kind == FieldKind::names;
        })) {
        out.relation = [&model](const AskPtr& a, const Respond& r) { related(model, a, r); };
    }
    out.whole = [&model](const Ask& a, store::Reader& r) { return whole_kept(model, a, r); };
    out.described = describe_fields(model.description);
    return out;
}

}  // namespace linka::api::v6
