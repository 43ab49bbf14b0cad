#include "linka/api/v6/api.hpp"

#include "linka/api/auth/credentials.hpp"
#include "linka/api/server/url.hpp"
#include "linka/api/v6/model.hpp"
#include "linka/api/v6/sign_in.hpp"
#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::api::v6 {

const std::vector<Model>& models() {
    static const std::vector<Model> all{users_model(),
                                        devices_model(),
                                        queues_model(),
                                        pauses_model(),
                                        statuses_model(),
                                        groups_model(),
                                        roles_model(),
                                        rights_to_call_model(),
                                        profiles_model(),
                                        inbound_routes_model(),
                                        ring_groups_model(),
                                        trunks_model(),
                                        recordings_model(),
                                        time_groups_model(),
                                        settings_model(),
                                        audit_log_model(),
                                        activities_model(),
                                        calls_model(),
                                        realtime_sessions_model(),
                                        users_session_model()};
    return all;
}

const Model* model_named(std::string_view name) {
    const auto found = std::find_if(models().begin(), models().end(),
                                    [&](const Model& model) { return model.name == name; });
    return found != models().end() ? &*found : nullptr;
}

namespace {

const Model* find_model(std::string_view name) {
    for (const Model& model : models()) {
        const bool fits =
            text::equal_ignoring_case(model.name, name) ||
            std::any_of(model.aliases.begin(), model.aliases.end(), [&](const std::string& alias) {
                return text::equal_ignoring_case(alias, name);
            });
        if (fits) {
            return &model;
        }
    }
    return nullptr;
}

void drop_suffix(std::string& segment) {
    if (has_address_suffix(segment)) {
        segment.resize(segment.size() - address_suffix.size());
    }
}

// The verb that is meant: _method in the query (or a form) wins.
Method effective_method(const Request& request) {
    if (request.query.find("_method=") != std::string::npos) {
        const auto pairs = parse_form(request.query);
        const std::string* wanted = pairs ? find_pair(*pairs, "_method") : nullptr;
        if (wanted != nullptr) {
            std::string upper = *wanted;
            std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
                return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            });
            return method_from(upper);
        }
    }
    return request.method == Method::head ? Method::get : request.method;
}

const Serve& choose(const Model& model, const Ask& ask) {
    static const Serve none;
    if (!ask.relation.empty()) {
        return ask.request.method == Method::get ? model.relation : none;
    }
    switch (ask.request.method) {
        case Method::get:
            return ask.name.empty() ? model.list : model.one;
        case Method::post:
            return ask.name.empty() ? model.create : none;
        case Method::put:
            return ask.name.empty() ? none : model.update;
        case Method::del:
            return ask.name.empty() ? none : model.remove;
        default:
            return none;
    }
}

Operation operation_of(Method method) {
    switch (method) {
        case Method::post:
            return Operation::create;
        case Method::put:
            return Operation::update;
        case Method::del:
            return Operation::remove;
        default:
            return Operation::read;
    }
}

// One client writes a blank in a path as forms do. A name with a real '+' comes first.
Respond also_with_spaces(const Serve& serve, const std::shared_ptr<Ask>& ask,
                         const Respond& respond) {
    if (ask->name.find('+') == std::string::npos) {
        return respond;
    }
    return Respond([&serve, ask, respond](Response response) {
        if (response.status != 404) {
            respond(std::move(response));
            return;
        }
        const auto other = std::make_shared<Ask>(*ask);
        std::replace(other->name.begin(), other->name.end(), '+', ' ');
        serve(other, respond);
    });
}

void serve_model(const Site& site, Request request, const Respond& respond, int tries = 0) {
    Envelope envelope(request, site.now());
    const std::uint64_t roles_version = site.directory.now()->roles_version;
    const Credentials credentials = credentials_of(request);
    const auto caller = site.accounts.find(credentials.token);
    if (!caller) {
        respond(envelope.unauthorized());
        return;
    }
    if (credentials.by_cookie && request.method != Method::get && is_cross_site(request)) {
        respond(envelope.forbidden());
        return;
    }
    const std::string model_name = request.segments[2];
    std::string name = request.segments.size() > 3 ? request.segments[3] : std::string();
    std::string relation = request.segments.size() > 4 ? request.segments[4] : std::string();
    const Model* model = find_model(model_name);
    if (model == nullptr || !may_read(*model, *site.directory.now(), *caller->user)) {
        respond(envelope.failure(404, "Model neexistuje", "Model not exist"));
        return;
    }
    auto asked = request.method == Method::get
                     ? nullptr
                     : std::make_shared<const Request>(request);  // shared by all who judge it
    const auto ask = std::make_shared<Ask>(
        Ask{site, caller->user, std::move(request), envelope, std::move(name), std::move(relation),
            0, std::move(asked), roles_version, tries});  // owned by the answers under way
    const Serve& serve = choose(*model, *ask);
    if (!serve) {
        respond(envelope.failure(405, "Metoda není povolena", "Method not allowed"));
        return;
    }
    if (model->module && !may(*site.directory.now(), *ask->user, *model->module,
                              operation_of(ask->request.method))) {
        respond(envelope.forbidden());
        return;
    }
    serve(ask, also_with_spaces(serve, ask, respond));
}

void serve(const Site& site, Request request, const Respond& respond) {
    const Method sent = request.method;
    request.method = effective_method(request);
    drop_suffix(request.segments.back());
    const std::string& model = request.segments[2];
    const bool top = request.segments.size() == 3;
    if (top && text::equal_ignoring_case(model, "login")) {
        if (sent == Method::get) {
            // Passwords must not be taken from an address that a page can make a browser open.
            respond(Envelope(request, site.now())
                        .failure(405, "Metoda není povolena", "Method not allowed"));
            return;
        }
        handle_login(site, request, respond);
        return;
    }
    if (top && text::equal_ignoring_case(model, "whoim") && request.method == Method::get) {
        handle_whoim(site, request, respond);
        return;
    }
    if (sent == Method::get && request.method != Method::get && credentials_of(request).by_cookie) {
        respond(Envelope(request, site.now()).forbidden());
        return;
    }
    serve_model(site, std::move(request), respond);
}

}  // namespace

void judge_again(const Ask& ask, const Respond& respond) {
    constexpr int tries_max = 20;
    if (ask.tries >= tries_max) {
        respond(overloaded());
        return;
    }
    serve_model(ask.site, *ask.asked, respond, ask.tries + 1);
}

void add_routes(Router& router, const Site& site) {
    // A softphone asks for settings there and takes a page for them.
    router.add(Method::get, "/internal/{name}",
               [&site](const Request& request, const PathValues&, const Respond& respond) {
                   respond(Envelope(request, site.now()).not_found());
               });
    for (const std::string_view pattern :
         {"/api/v6/{model}", "/api/v6/{model}/{name}", "/api/v6/{model}/{name}/{relation}"}) {
        for (const Method method : {Method::get, Method::post, Method::put, Method::del}) {
            router.add(method, pattern,
                       [&site](Request request, const PathValues&, const Respond& respond) {
                           serve(site, std::move(request), respond);
                       });
        }
    }
}

std::vector<std::string> route_names() {
    std::vector<std::string> names{"POST /api/v6/login", "PUT /api/v6/login",
                                   "DELETE /api/v6/login", "GET /api/v6/whoim"};
    for (const Model& model : models()) {
        const std::string base = "/api/v6/" + model.name;
        const auto add = [&](const Serve& serve, const std::string& route) {
            if (serve) {
                names.push_back(route);
            }
        };
        add(model.list, "GET " + base);
        add(model.create, "POST " + base);
        add(model.one, "GET " + base + "/{name}");
        add(model.update, "PUT " + base + "/{name}");
        add(model.remove, "DELETE " + base + "/{name}");
        add(model.relation, "GET " + base + "/{name}/{relation}");
    }
    return names;
}

}  // namespace linka::api::v6
