// /api/v6/statuses. Exactly nine keys in a row: a client counts them.
#include "linka/api/auth/token.hpp"
#include "linka/api/v6/serve.hpp"
#include "linka/api/v6/status_rows.hpp"

namespace linka::api::v6 {

namespace {

std::optional<StoredStatus> find_status(store::Reader& reader, const std::string& name) {
    auto all = stored_statuses(reader);
    if (all) {
        for (StoredStatus& status : *all) {
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
            for (const StoredStatus& status : *all) {
                rows.push_back(status_json(status.body));
            }
        }
        return rows;
    });
}

void one_status(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader& reader) {
        const auto status = find_status(reader, ask->name);
        return status ? record_response(*ask, status_json(status->body))
                      : ask->envelope.not_found();
    });
}

// "#2f9e44", "#0f0" or a word; empty for none.
bool is_color(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    const bool hex = text.starts_with('#');
    const std::string_view rest = hex ? text.substr(1) : text;
    return rest.find_first_not_of(hex ? digits : letters) == std::string_view::npos &&
           (!hex || rest.size() == 3 || rest.size() == 6 || rest.size() == 8);
}

// What the form says of each field goes into the record; null and "" clear it.
void read_status(Form& form, json::Object& status) {
    const auto text = [&](std::string_view field, std::size_t size_max) {
        if (form.has(field)) {
            std::string value;
            form.text(field, value, size_max);
            status[field] = text_or_null(value);
        }
    };
    text("title", 255);
    text("description", 1024);
    text("color", 32);
    text("blacklist_database", 255);
    text("blacklist_expiration_time", 255);
    for (const std::string_view field : {"validation", "nextcall"}) {
        if (form.has(field)) {
            bool value = false;
            form.flag(field, value);
            status[field] = value;
        }
    }
    const json::Value* title = status.if_contains("title");
    form.require("title", title != nullptr && title->is_string());
    const json::Value* color = status.if_contains("color");
    if (color != nullptr && color->is_string() && !is_color(color->get_string())) {
        form.wrong("color", "musí být barva, například #2f9e44", "must be a color, e.g. #2f9e44");
    }
}

Response stored_status(const Ask& ask, const StoredStatus& status, const json::Object& body,
                       int code) {
    const std::string name(status.body.at("name").as_string());
    const auto saved = ask.site.store.save_status(
        {status.id, name, std::string(status.body.at("title").as_string()),
         boost::json::serialize(status.body)},
        ask.site.now());
    if (saved) {
        note_change(ask, code == 201 ? "statuses.create" : "statuses.update", name);
        return ask.envelope.success(status_json(status.body), code);
    }
    if (saved.error().code == ErrorCode::conflict) {
        Form form(body, ask.envelope.language());
        form.wrong("name", "Status toho jména už je", "There is a status of this name already");
        return ask.envelope.invalid(form.errors(), body);
    }
    return ask.envelope.error(saved.error());
}

void write_status(const AskPtr& ask, const Respond& respond, bool create) {
    auto body = body_of(ask, respond);
    if (!body || !may_write(ask, respond)) {
        return;
    }
    on_worker(ask, respond, [ask, body = std::move(*body), create](store::Reader& reader) {
        StoredStatus status;
        if (!create) {
            auto found = find_status(reader, ask->name);
            if (!found) {
                return ask->envelope.not_found();
            }
            status = std::move(*found);
        }
        Form form(body, ask->envelope.language());
        std::string name = create ? "statuses_" + random_hex(16) : ask->name;
        if (create && form.relation("name")) {
            form.text("name", name, 255);
            form.require("name", !name.empty());
        }
        read_status(form, status.body);
        if (!form.errors().empty()) {
            return ask->envelope.invalid(form.errors(), body);
        }
        status.body["name"] = name;
        return stored_status(*ask, status, body, create ? 201 : 200);
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
