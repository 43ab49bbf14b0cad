#include "linka/api/server/router.hpp"

#include "linka/base/text.hpp"

namespace linka::api {

namespace {

bool is_placeholder(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

// How well a route fits: -1 not at all, else the number of literal segments.
int fit(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
    if (pattern.size() != path.size()) {
        return -1;
    }
    int literals = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (is_placeholder(pattern[i])) {
            if (path[i].empty()) {
                return -1;
            }
        } else if (pattern[i] == path[i]) {
            ++literals;
        } else {
            return -1;
        }
    }
    return literals;
}

}  // namespace

void Router::add(Method method, std::string_view pattern, RouteHandler handler) {
    Route route{method, std::string(pattern), {}, std::move(handler)};
    for (const std::string_view segment : text::split(pattern.substr(1), '/')) {
        if (!segment.empty()) {
            route.segments.emplace_back(segment);
        }
    }
    routes_.push_back(std::move(route));
}

void Router::add_rest(std::string_view pattern, RouteHandler handler) {
    rest_ = {Method::get, std::string(pattern), {}, std::move(handler)};
}

const Router::Route* Router::find(Method method, const std::vector<std::string>& path) const {
    const Route* best = nullptr;
    int best_fit = -1;
    for (const Route& route : routes_) {
        const int here = route.method == method ? fit(route.segments, path) : -1;
        if (here > best_fit) {
            best = &route;
            best_fit = here;
        }
    }
    return best;
}

void Router::handle(Request request, Respond respond) const {
    const Route* route = find(request.method, request.segments);
    if (route == nullptr && request.method == Method::head) {
        route = find(Method::get, request.segments);
    }
    if (route != nullptr) {
        PathValues values;
        for (std::size_t i = 0; i < route->segments.size(); ++i) {
            const std::string& segment = route->segments[i];
            if (is_placeholder(segment)) {
                values[segment.substr(1, segment.size() - 2)] = request.segments[i];
            }
        }
        route->handler(std::move(request), std::move(values), std::move(respond));
        return;
    }
    std::string allowed;
    for (const Route& other : routes_) {
        const bool fits = fit(other.segments, request.segments) >= 0;
        const std::string_view name = method_name(other.method);
        if (fits && allowed.find(name) == std::string::npos) {
            allowed += allowed.empty() ? "" : ", ";
            allowed += name;
        }
    }
    const bool reads = request.method == Method::get || request.method == Method::head;
    if (allowed.empty() && reads && rest_.handler) {
        rest_.handler(std::move(request), {}, std::move(respond));
        return;
    }
    if (allowed.empty()) {
        respond(error_response(404, "not_found", "there is nothing at this address"));
        return;
    }
    Response response = error_response(405, "method_not_allowed", "this address takes " + allowed);
    response.headers.emplace_back("Allow", allowed);
    respond(std::move(response));
}

std::vector<std::string> Router::list() const {
    std::vector<std::string> names;
    for (const Route& route : routes_) {
        names.push_back(std::string(method_name(route.method)) + " " + route.pattern);
    }
    if (rest_.handler) {
        names.push_back(std::string(method_name(rest_.method)) + " " + rest_.pattern);
    }
    return names;
}

}  // namespace linka::api
