// Router: which handler serves a method and a path. Patterns are literal segments and {name}
// placeholders; the route table is also what the OpenAPI test compares with contract/.
#pragma once

#include "linka/api/server/http.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api {

/// Values of the placeholders, by name.
using PathValues = std::map<std::string, std::string, std::less<>>;
using RouteHandler = std::function<void(Request, PathValues, Respond)>;

class Router {
  public:
    /// `pattern`: "/api/live/activities/{name}/why". Literal segments win over placeholders. HEAD
    /// is served by the GET handler unless it has its own.
    void add(Method method, std::string_view pattern, RouteHandler handler);

    /// GET and HEAD of every address that no route fits; `pattern` is how list() calls it.
    void add_rest(std::string_view pattern, RouteHandler handler);

    /// Calls the handler, or answers 404, or 405 with Allow.
    void handle(Request request, Respond respond) const;

    /// "GET /healthz" …, in the order of addition.
    [[nodiscard]] std::vector<std::string> list() const;

  private:
    struct Route {
        Method method = Method::get;
        std::string pattern;
        std::vector<std::string> segments;
        RouteHandler handler;
    };
    [[nodiscard]] const Route* find(Method method, const std::vector<std::string>& path) const;

    std::vector<Route> routes_;
    Route rest_;
};

}  // namespace linka::api
