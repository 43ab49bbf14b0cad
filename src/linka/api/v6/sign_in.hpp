// login and whoim: signing in and out through v6, and who one is.
#pragma once

#include "linka/api/site.hpp"

namespace linka::api::v6 {

/// POST: sign in (JSON, form or query; only_token). PUT: new tokens for a refresh token. DELETE:
/// revoke the token that the request carries.
void handle_login(const Site& site, const Request& request, const Respond& respond);

/// 200 without a token (user: null), 401 with a bad one.
void handle_whoim(const Site& site, const Request& request, const Respond& respond);

}  // namespace linka::api::v6
