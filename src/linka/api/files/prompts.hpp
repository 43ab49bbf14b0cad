// /file/prompt: sounds of system recordings are sent and heard. What is sent becomes a file of the
// media worker's; a record (v6/models/recordings.cpp) is what names it.
#pragma once

#include "linka/api/server/router.hpp"
#include "linka/api/site.hpp"

namespace linka::api {

void add_prompt_routes(Router& router, const Site& site);

/// A sound that somebody sends who may set up recordings. Thread-safe, quick.
bool is_prompt_upload(const Site& site, const Request& head);

/// Makes room for one more sound beside those that records name. On a worker. Error: `full`.
Status make_room_for_prompt(const Site& site);

}  // namespace linka::api
