// The head of an answer as it goes out, with the headers that every answer carries.
#pragma once

#include "linka/api/server/http.hpp"

#include <string>
#include <string_view>

namespace linka::api {

/// Status line and headers up to the empty line. `response.headers` win over our own.
std::string head_text(const Response& response, bool keep_alive, bool secure);

/// A minimal upgrade request for the WebSocket library, with values that came from outside checked
/// (anything odd is dropped, and the upgrade then fails).
std::string upgrade_text(std::string_view key, std::string_view version, std::string_view protocol);

}  // namespace linka::api
