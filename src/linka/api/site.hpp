// Private to api: what every handler can reach, and the wrappers that find out who asks.
#pragma once

#include "linka/api/auth/accounts.hpp"
#include "linka/api/directory.hpp"
#include "linka/api/files/listenings.hpp"
#include "linka/api/ports.hpp"
#include "linka/api/rights.hpp"
#include "linka/api/server/router.hpp"
#include "linka/api/trunk_state.hpp"
#include "linka/api/workers.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace linka::api {

enum class Language { cs, en };

struct Site {
    Live& live;
    Health& health;
    Phones& phones;
    store::Store& store;
    Directory& directory;
    Accounts& accounts;
    Workers& readers;     // for the store
    Workers& hashing;     // for passwords that are tried
    Workers& accounting;  // for new passwords, tokens, signing out
    Workers& converting;  // for ffmpeg
    Listenings& listenings;
    std::string data_directory;
    std::string prompts_directory;  // of the system's, by language
    std::string version;
    Demo* demo = nullptr;               // null: there is none
    DemoPublic* demo_public = nullptr;  // null on every other instance
    std::function<Instant()> now;       // wall clock
    TrunkStates trunk_states;           // empty: nobody knows of any
    std::atomic<bool>& needs_setup;     // nobody has set the administrator's first password
};

/// Whether the instance is a demo now.
inline bool is_demo(const Site& site) {
    return site.demo != nullptr && site.demo->is_there();
}

/// A request whose sender is known.
struct Call {
    Request request;
    PathValues values;
    std::shared_ptr<const core::User> user;
    std::string token;
    std::string session;  // of the token; the same for as long as they are signed in
    Language language = Language::cs;
};

using CallHandler = std::function<void(Call, Respond)>;

/// Cookie `lang` first, then Accept-Language; Czech unless they say English.
Language language_of(const Request& request);

/// Wraps a handler: 401 without a valid token, 403 for what another site's page sent.
RouteHandler signed_in(const Site& site, CallHandler handler);

/// Runs a read on a worker; 503 when they are all busy.
void read_store(const Site& site, const Respond& respond,
                std::function<Response(store::Reader&)> work);

/// Runs `look` on the core's thread and answers with what it gives; 503 when the core is full.
void read_live(const Site& site, const Respond& respond,
               std::function<Response(const core::State&, Instant)> look);

/// An entry of the change log by the one who asks.
store::Change note_of(const Site& site, const Request& request, const core::User& who,
                      std::string what, std::string detail);

/// 503 with Retry-After.
Response overloaded();

/// The form of every refusal outside v6. Without a language it is English, for programs.
Response error_of(const Error& error, Language language = Language::en);

}  // namespace linka::api
