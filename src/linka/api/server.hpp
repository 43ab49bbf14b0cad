// The HTTP surface of Linka: HTTPS with the API, the push socket and files on one port, and a plain
// HTTP port that only helps people to trust the certificate. docs/api.md describes what is served.
//
// Order of shutdown: stop() the server first (it drains), then the core, then destroy the server:
// answers that the core still owes are given into the server's threads.
#pragma once

#include "linka/api/certificates.hpp"
#include "linka/api/ports.hpp"
#include "linka/api/server/limits.hpp"
#include "linka/api/silent_telephone.hpp"
#include "linka/api/trunk_state.hpp"
#include "linka/base/result.hpp"
#include "linka/store/store.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace linka::api {

struct ServerOptions {
    std::string listen;  // addresses, comma-separated; empty: all; "localhost": both loopbacks
    std::uint16_t https_port = 8443;  // 0: a free one
    std::uint16_t http_port = 8080;   // 0: a free one
    std::string data_directory;       // certificates in tls/, recordings in recordings/
    std::string prompts_directory;    // the system's prompts, by language; empty: none can be heard
    CertificateOptions certificates;  // .directory empty: data_directory + "/tls"
    std::string web_directory;        // built web app; empty: none is served
    std::string version = "0.1.0";
    std::uint16_t sip_port = 0;          // what telephones are set to; told to administrators
    std::uint16_t sips_port = 0;         // the same with TLS
    SilentTelephones silent_telephones;  // empty: nobody knows of any
    TrunkStates trunk_states;            // likewise
    Demo* demo = nullptr;                // null: there is none. Outlives the server
    DemoPublic* demo_public = nullptr;   // its simulated public; the same
    int threads = 2;
    Limits limits;
};

class Server {
  public:
    virtual ~Server() = default;  // as stop()
    /// Accepts nothing new and lets requests under way finish (at most 5 s). WebSockets are closed.
    virtual void stop() = 0;
    [[nodiscard]] virtual std::uint16_t https_port() const = 0;
    [[nodiscard]] virtual std::uint16_t http_port() const = 0;
    /// "GET /healthz" …: every route that is served, for the test against contract/.
    [[nodiscard]] virtual std::vector<std::string> routes() const = 0;
};

/// `live` must already run. What the server is given outlives it. Errors name the busy port or the
/// unusable file.
Result<std::unique_ptr<Server>> start_server(const ServerOptions& options, Live& live,
                                             Health& health, Phones& phones, store::Store& store);

}  // namespace linka::api
