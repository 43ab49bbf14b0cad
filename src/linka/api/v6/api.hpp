// /api/v6/…: finds the model in a path (any case, with or without .json) and the method (with
// _method), and hands the request to the model.
#pragma once

#include "linka/api/site.hpp"
#include "linka/store/reader.hpp"

#include <string>
#include <vector>

namespace linka::api::v6 {

void add_routes(Router& router, const Site& site);

/// At a start, before anybody is let in.
Status load_roles(const Site& site, store::Reader& reader);

/// "GET /api/v6/users" …: what is served, one for each model and method.
std::vector<std::string> route_names();

}  // namespace linka::api::v6
