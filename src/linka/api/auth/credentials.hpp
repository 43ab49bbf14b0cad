// Where a request carries its token, and whether a browser may have been tricked into sending it.
#pragma once

#include "linka/api/auth/accounts.hpp"
#include "linka/api/server/http.hpp"
#include "linka/base/time.hpp"

#include <optional>
#include <string>

namespace linka::api {

struct Credentials {
    std::string token;       // empty: none
    bool by_cookie = false;  // sent by a browser on its own
};

/// Looks in X-AUTH-TOKEN, X-AUTH-TOKEN-OPENAPI, Authorization: Bearer, the query's accessToken, the
/// body's accessToken (form, or a member of a JSON object), the cookie c_user, in this order. Empty
/// ones count as absent.
Credentials credentials_of(const Request& request);

/// True if a page of another origin made the browser send this (RFC 6454 Origin against Host, or
/// Fetch Metadata). Programs that are no browsers send neither and pass.
bool is_cross_site(const Request& request);

/// True if a browser sent this for a page of ours: it says where a request that changes something
/// comes from (Origin, Fetch Metadata), and no program has reason to. Only a kindness hangs on it.
bool is_from_our_page(const Request& request);

/// Set-Cookie values.
std::string cookie_text(const std::string& name, const std::string& value, Duration life,
                        const std::string& path);

/// Signs this browser in: the cookies c_user and c_refresh_token, and the mark of a browser that we
/// know from now on if there is one.
void add_sign_in_cookies(Response& response, const Tokens& tokens, Instant now);

}  // namespace linka::api
