#include "linka/api/v6/describe/kept.hpp"

#include "linka/api/auth/token.hpp"
#include "linka/api/v6/describe/change.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <mutex>

namespace linka::api::v6 {

namespace kept {

namespace {

Field lying(std::string name, FieldKind kind) {
    Field out;
    out.field.name = name;
    out.field.kind = kind;
    out.read = [name = std::move(name)](const json::Object& record, const json::Object&,
                                        const View&) { return field_value(record, name); };
    return out;
}

bool is_there(const Records& records, const std::string& model, const std::string& name) {
    return model == "users"
               ? records.user(std::string_view(name)) != nullptr
               : records.queue(core::QueueId{text::to_int(name).value_or(0)}) != nullptr;
}

}  // namespace

Field text(std::string name, std::size_t bytes_max) {
    Field out = lying(name, FieldKind::text);
    out.field.nullable = true;
    out.field.limit = member::up_to_bytes(bytes_max);
    out.write = [name = std::move(name), bytes_max](Form& form, json::Object& record,
                                                    const Records&) {
        if (form.has(name)) {
            std::string value;
            form.text(name, value, bytes_max);
            record[name] = text_or_null(value);
        }
    };
    return out;
}

Field name(std::size_t bytes_max) {
    return text("name", bytes_max).once();
}

Field flag(std::string name) {
    Field out = lying(name, FieldKind::flag);
    out.field.standard = false;
    out.write = [name = std::move(name)](Form& form, json::Object& record, const Records&) {
        if (form.has(name)) {
            bool value = false;
            form.flag(name, value);
            record[name] = value;
        }
    };
    return out;
}

Field choice(std::string name, std::vector<std::string> choices) {
    Field out = lying(name, FieldKind::choice);
    out.field.choices = choices;
    out.field.standard = choices.front();
    out.write = [name = std::move(name), choices = std::move(choices)](
                    Form& form, json::Object& record, const Records&) {
        const auto value = form.relation(name);
        if (!value) {
            return;
        }
        if (std::find(choices.begin(), choices.end(), *value) == choices.end()) {
            form.wrong(name, "neplatná hodnota", "invalid value");
        }
        record[name] = *value;
    };
    return out;
}

Field names(std::string name, std::string of) {
    Field out = lying(name, FieldKind::names);
    out.field.of = of;
    out.field.standard = json::Array();
    out.write = [name = std::move(name), of = std::move(of)](Form& form, json::Object& record,
                                                             const Records& records) {
        if (!form.list(name)) {
            return;
        }
        const json::Value before = field_value(record, name);
        json::Array given;
        for (const std::string& one : form.names(name)) {
            const bool known = is_there(records, of, one);
            if (!known && before.is_array() &&
                std::find(before.get_array().begin(), before.get_array().end(), json::Value(one)) !=
                    before.get_array().end()) {
                continue;  // deleted since: whoever sends back what they read cannot help it
            }
            if (!known) {
                form.wrong(name, one + ": takový záznam není", one + ": there is no such record");
            }
            given.emplace_back(one);
        }
        record[name] = std::move(given);
    };
    return out;
}

Field fixed(std::string name, json::Value value) {
    return member::fixed<json::Object>(std::move(name), std::move(value));
}

}  // namespace kept

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
    query.take = 1000;
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

json::Object shown_kept(const KeptModel& model, const json::Object& stored) {
    json::Object out = kept_values(model.description, stored);
    out["_sys"] =
        versioned_sys(model.description.model, text_in(out, "name"), boost::json::serialize(out));
    return out;
}

Response saved(const KeptModel& model, const Ask& ask, Stored record, const json::Object& before,
               const json::Object& sent) {
    const std::string name = text_in(record.body, "name");
    const auto kept = ask.site.store.save_record(
        {record.id, model.description.model, name, text_in(record.body, "title"),
         boost::json::serialize(record.body)},
        ask.site.now());
    if (!kept && kept.error().code == ErrorCode::conflict) {
        Form form(sent, ask.envelope.language());
        form.wrong("name", "Takové jméno už existuje", "exists already");
        return ask.envelope.invalid(form.errors(), sent);
    }
    if (!kept) {
        return ask.envelope.error(kept.error());
    }
    note(ask, change_between(model.description.fields(), model.description.model, name, before,
                             kept_values(model.description, record.body)));
    return ask.envelope.success(shown_kept(model, record.body), before.empty() ? 201 : 200);
}

// `old`: none for a new record.
Response write_kept(const KeptModel& model, const AskPtr& ask, const json::Object& body,
                    const std::optional<Stored>& old) {
    const std::vector<Field> fields = model.description.fields();
    Stored record = old.value_or(Stored{});
    json::Object before;
    if (old) {
        before = kept_values(model.description, old->body);
        std::optional<Response> refusal;
        if (overtaken(ask, Respond([&](Response response) { refusal = std::move(response); }), body,
                      shown_kept(model, old->body))) {
            return *refusal;
        }
    }
    const Language language = ask->envelope.language();
    Form form(body, language);
    write_record(model.description, form, language, record.body, *ask->site.directory.now(),
                 old ? &before : nullptr);
    if (old) {
        refuse_emptying(fields, form);
    } else {
        require_fields(fields, form, "", ask->takes_back != 0);
        if (text_in(record.body, "name").empty()) {
            record.body["name"] = model.description.model + "_" + random_hex(16);
        }
    }
    if (model.check != nullptr) {
        model.check(form, kept_values(model.description, record.body));
    }
    return form.errors().empty() ? saved(model, *ask, std::move(record), before, body)
                                 : ask->envelope.invalid(form.errors(), body);
}

void change_kept(const KeptModel& model, const AskPtr& ask, const Respond& respond, bool create) {
    auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    on_worker(ask, respond, [&model, ask, create, body = std::move(*body)](store::Reader& reader) {
        const std::lock_guard lock(writing());
        const auto old =
            create ? std::nullopt : stored_named(reader, model.description.model, ask->name);
        return create || old ? write_kept(model, ask, body, old) : ask->envelope.not_found();
    });
}

void remove_kept(const KeptModel& model, const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [&model, ask](store::Reader& reader) {
        const std::lock_guard lock(writing());
        const auto old = stored_named(reader, model.description.model, ask->name);
        if (!old) {
            return ask->envelope.not_found();
        }
        const Status removed = ask->site.store.remove_record(old->id, ask->site.now());
        if (!removed) {
            return ask->envelope.error(removed.error());
        }
        note(*ask, change_between(model.description.fields(), model.description.model, ask->name,
                                  kept_values(model.description, old->body), {}));
        return gone();
    });
}

void list_kept(const KeptModel& model, const AskPtr& ask, const Respond& respond) {
    serve_list(ask, respond, model.description.known(), [&model](store::Reader& reader) {
        Rows rows;
        if (const auto all = stored_of(reader, model.description.model)) {
            for (const Stored& record : *all) {
                rows.push_back(shown_kept(model, record.body));
            }
        }
        return rows;
    });
}

void one_kept(const KeptModel& model, const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [&model, ask](store::Reader& reader) {
        const auto found = stored_named(reader, model.description.model, ask->name);
        return found ? record_response(*ask, shown_kept(model, found->body),
                                       model.description.known())
                     : ask->envelope.not_found();
    });
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
        for (const json::Value& name : field_value(found->body, field->name).is_array()
                                           ? field_value(found->body, field->name).as_array()
                                           : json::Array()) {
            if (auto row = view.named(field->of, scalar(name))) {
                rows.push_back(std::move(*row));
            }
        }
        return list_response(*ask, std::move(rows), {"name", "title", "type"});
    });
}

}  // namespace

json::Object kept_values(const Description<json::Object>& description, const json::Object& stored) {
    json::Object out;
    for (const Member<json::Object>& member : description.members) {
        const Field& field = member.field;
        const json::Value* value =
            field.writers == Writers::nobody ? nullptr : stored.if_contains(field.name);
        out[field.name] = value != nullptr && !value->is_null() ? *value : field.standard;
    }
    return out;
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
    out.described = describe_fields(model.description);
    return out;
}

}  // namespace linka::api::v6
