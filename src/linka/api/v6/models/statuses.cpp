// /api/v6/statuses. Exactly nine keys in a row: a client counts them.
#include "linka/api/auth/token.hpp"
#include "linka/api/v6/serve.hpp"

namespace linka::api::v6 {

namespace {

const std::vector<std::string>& status_fields() {
    static const std::vector<std::string> fields{
        "name",     "title", "description",        "validation",
        "nextcall", "color", "blacklist_database", "blacklist_expiration_time",
        "_sys"};
    return fields;
}

json::Object status_json(const json::Object& stored) {
    json::Object out;
    for (const std::string& field : status_fields()) {
        const json::Value* value = stored.if_contains(field);
        const bool flag = field == "validation" || field == "nextcall";
        out[field] = value != nullptr ? *value : (flag ? json::Value(false) : json::Value(nullptr));
    }
    const json::Value& name = out.at("name");
    out["_sys"] = sys("statuses", name.is_string() ? std::string_view(name.get_string()) : "");
    return out;
}

struct Stored {
    std::int64_t id = 0;
    json::Object body;
};

Result<std::vector<Stored>> stored_statuses(store::Reader& reader) {
    store::Query query;
    query.take = 1000;
    query.count = false;
    auto page = reader.list(store::Model::statuses, query);
    if (!page) {
        return page.error();
    }
    std::vector<Stored> all;
    for (const std::string& row : page->rows) {
        auto value = json::parse(row);
        if (value && value->is_object()) {
            const json::Value* id = value->get_object().if_contains("id");
            all.push_back({id != nullptr && id->is_int64() ? id->get_int64() : 0,
                           std::move(value->get_object())});
        }
    }
    return all;
}

std::optional<Stored> find_status(store::Reader& reader, const std::string& name) {
    auto all = stored_statuses(reader);
    if (all) {
        for (Stored& status : *all) {
            const json::Value* own = status.body.if_contains("name");
            if (own != nullptr && own->is_string() && own->get_string() == name) {
                return std::move(status);
            }
        }
    }
    return std::nullopt;
}

void list_statuses(const AskPtr& ask, const Respond& respond) {
    serve_list(ask, respond, status_fields(), [](store::Reader& reader) {
        Rows rows;
        if (const auto all = stored_statuses(reader)) {
            for (const Stored& status : *all) {
                rows.push_back(status_json(status.body));
            }
        }
        return rows;
    });
}

void one_status(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader& reader) {
        const auto status = find_status(reader, ask->name);
        return status ? ask->envelope.success(status_json(status->body))
                      : ask->envelope.not_found();
    });
}

// The id goes into the body too, so that a row can be found again by its name.
Result<json::Object> store_status(const Ask& ask, Stored status) {
    const std::string name(status.body.at("name").as_string());
    const std::string title(status.body.at("title").as_string());
    const Instant now = ask.site.now();
    if (status.id == 0) {
        const auto id =
            ask.site.store.save_status({0, name, title, boost::json::serialize(status.body)}, now);
        if (!id) {
            return id.error();
        }
        status.id = *id;
    }
    status.body["id"] = status.id;
    const auto saved = ask.site.store.save_status(
        {status.id, name, title, boost::json::serialize(status.body)}, now);
    if (!saved) {
        return saved.error();
    }
    return status_json(status.body);
}

void write_status(const AskPtr& ask, const Respond& respond, bool create) {
    auto body = body_of(ask, respond);
    if (!body || !may_write(ask, respond)) {
        return;
    }
    on_worker(ask, respond, [ask, body = std::move(*body), create](store::Reader& reader) {
        Stored status;
        if (!create) {
            auto found = find_status(reader, ask->name);
            if (!found) {
                return ask->envelope.not_found();
            }
            status = std::move(*found);
        }
        Form form(body, ask->envelope.language());
        std::string name = create ? "statuses_" + random_hex(16) : ask->name;
        std::string title = create ? "" : std::string(status.body.at("title").as_string());
        std::string text;
        bool flag = false;
        if (create && form.relation("name")) {
            form.text("name", name, 255);
        }
        form.text("title", title, 255);
        form.text("description", text, 1024);
        form.text("color", text, 32);
        form.flag("validation", flag);
        form.flag("nextcall", flag);
        form.require("title", !title.empty());
        if (!form.errors().empty()) {
            return ask->envelope.invalid(form.errors(), body);
        }
        status.body["name"] = name;
        status.body["title"] = title;
        for (const std::string_view field :
             {"description", "color", "blacklist_database", "blacklist_expiration_time"}) {
            if (const json::Value* value = body.if_contains(field)) {
                status.body[field] = *value;
            }
        }
        for (const std::string_view field : {"validation", "nextcall"}) {
            bool value = false;
            if (body.contains(field)) {
                form.flag(field, value);
                status.body[field] = value;
            }
        }
        const auto saved = store_status(*ask, std::move(status));
        if (!saved) {
            return ask->envelope.error(saved.error());
        }
        note_change(*ask, create ? "statuses.create" : "statuses.update", name);
        return ask->envelope.success(*saved, create ? 201 : 200);
    });
}

void remove_status(const AskPtr& ask, const Respond& respond) {
    if (!may_write(ask, respond)) {
        return;
    }
    on_worker(ask, respond, [ask](store::Reader& reader) {
        const auto status = find_status(reader, ask->name);
        if (!status) {
            return ask->envelope.not_found();
        }
        const Status removed = ask->site.store.remove_status(status->id, ask->site.now());
        if (!removed) {
            return ask->envelope.error(removed.error());
        }
        note_change(*ask, "statuses.delete", ask->name);
        Response response;
        response.status = 204;
        return response;
    });
}

}  // namespace

Model statuses_model() {
    return {"statuses",
            {},
            list_statuses,
            one_status,
            [](const AskPtr& ask, const Respond& respond) { write_status(ask, respond, true); },
            [](const AskPtr& ask, const Respond& respond) { write_status(ask, respond, false); },
            remove_status,
            nullptr};
}

}  // namespace linka::api::v6
