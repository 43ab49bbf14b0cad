#include "linka/api/server.hpp"

#include "linka/api/auth/kept_key.hpp"
#include "linka/api/auth/password.hpp"
#include "linka/api/files/prompts.hpp"
#include "linka/api/files/recordings.hpp"
#include "linka/api/files/web_app.hpp"
#include "linka/api/help_page.hpp"
#include "linka/api/live/actions.hpp"
#include "linka/api/live/demo.hpp"
#include "linka/api/live/push.hpp"
#include "linka/api/live/remove_demo.hpp"
#include "linka/api/live/reports.hpp"
#include "linka/api/live/supervise.hpp"
#include "linka/api/operations.hpp"
#include "linka/api/server/listener.hpp"
#include "linka/api/setup_page.hpp"
#include "linka/api/site.hpp"
#include "linka/api/v6/api.hpp"
#include "linka/api/x509.hpp"
#include "linka/base/read_file.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/heartbeat.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/metrics.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace linka::api {

namespace {

metrics::Counter requests("linka_http_requests_total", "HTTP requests");

// Sign-ins waiting for the two threads that try passwords, about 35 ms each: 15 s at the most, and
// half a second for a network of its own.
constexpr std::size_t sign_ins_max = 400;
constexpr std::size_t sign_ins_max_per_network = 16;

constexpr Duration heartbeat_every = 500ms;

Accounts::Options account_options() {
    Accounts::Options options;
    options.now = runtime::wall_now;
    return options;
}

// Stands between the core's thread, which may call as long as it lives, and a server that is gone.
struct Gate {
    std::mutex mutex;
    bool open = true;
};

class HttpServer final : public Server {
  public:
    HttpServer(const ServerOptions& options, Live& live, Health& health, Phones& phones,
               store::Store& store)
        : options_(options),
          live_(live),
          store_(store),
          readers_(store, 2, 1024),
          hashing_(store, 2, sign_ins_max, sign_ins_max_per_network),
          accounting_(store, 1, 256),
          converting_(store, 2, 8),
          accounts_(store, directory_, hashing_, account_options()),
          site_{live,
                health,
                phones,
                store,
                directory_,
                accounts_,
                readers_,
                hashing_,
                accounting_,
                converting_,
                listenings_,
                options.data_directory,
                options.prompts_directory,
                options.version,
                options.demo,
                options.demo_public,
                runtime::wall_now,
                options_.trunk_states,
                needs_setup_},
          listeners_(options.limits, options.threads),
          web_app_(options.web_directory),
          push_(site_, [this](std::function<void()> work) { listeners_.post(std::move(work)); }) {
        directory_.on_roles([this] { push_.roles_changed(); });
        accounts_.on_ended([this](core::UserId user, const std::string& session, bool last) {
            push_.session_ended(session);
            // Whoever is signed in nowhere any more is not at work either; a call is finished.
            if (last && !live_.submit(core::EndSession{user, true}, [](const core::Reply&) {})) {
                log::warn("contact centre not told of a sign-out", {{"user", user}});
            }
        });
        if (options_.certificates.directory.empty()) {
            options_.certificates.directory = options_.data_directory + "/tls";
        }
    }
    ~HttpServer() override { stop(); }

    Status start();
    void stop() override;
    std::uint16_t https_port() const override { return https_port_; }
    std::uint16_t http_port() const override { return http_port_; }
    std::vector<std::string> routes() const override;

  private:
    Status load();
    Status open_ports();
    Status use_certificates();

    ServerOptions options_;
    Live& live_;
    store::Store& store_;
    Directory directory_;
    Workers readers_;
    Workers hashing_;
    Workers accounting_;
    Workers converting_;
    Listenings listenings_;
    std::atomic<bool> needs_setup_{false};
    Accounts accounts_;
    Site site_;
    Router router_;
    HttpListeners listeners_;
    WebApp web_app_;
    Push push_;
    Certificates certificates_;
    std::uint16_t https_port_ = 0;
    std::atomic<std::uint16_t> http_port_ = 0;     // read by requests while ports are being opened
    std::optional<runtime::Heartbeat> heartbeat_;  // from the moment that it beats
    bool stopped_ = false;
    std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();  // ours and the subscription's
};

// Waits until the core has shown its state once, and follows it from then on.
Status HttpServer::load() {
    struct Waiting {
        std::mutex mutex;
        std::condition_variable wake;
        bool done = false;
    };
    auto waiting = std::make_shared<Waiting>();  // ours and the core's thread's
    // Batches that come before the state is loaded are part of it.
    live_.subscribe(
        [this, gate = gate_](const core::State& state, const std::vector<core::Record>& records) {
            const std::lock_guard lock(gate->mutex);
            if (gate->open) {
                directory_.follow(state, records);
                push_.follow(state, records);
            }
        });
    const bool asked =
        live_.query([this, gate = gate_, waiting](const core::State& state, Instant) {
            {
                const std::lock_guard lock(gate->mutex);
                if (!gate->open) {
                    return;
                }
                directory_.load(state);
                push_.load(state);
            }
            const std::lock_guard lock(waiting->mutex);
            waiting->done = true;
            waiting->wake.notify_all();
        });
    std::unique_lock lock(waiting->mutex);
    if (!asked ||
        !waiting->wake.wait_for(lock, std::chrono::seconds(30), [&] { return waiting->done; })) {
        return fail(ErrorCode::unavailable, "the core does not answer");
    }
    const auto reader = store_.reader();
    const Status roles = reader ? v6::load_roles(site_, **reader) : Status(reader.error());
    if (!roles) {
        return roles;
    }
    auto key = kept_key(store_, "versions");
    if (!key) {
        return key.error();
    }
    directory_.set_version_key(std::move(*key));
    const auto setup = store_.secrets(setup_kind);
    if (!setup) {
        return setup.error();
    }
    needs_setup_ = !setup->empty();
    return accounts_.load();
}

Status HttpServer::use_certificates() {
    auto made = ensure_certificates(options_.certificates, runtime::wall_now());
    if (!made) {
        return made.error();
    }
    certificates_ = std::move(*made);
    return listeners_.set_certificate(certificates_.chain_file, certificates_.key_file);
}

Status HttpServer::open_ports() {
    const Status certified = use_certificates();
    if (!certified) {
        return certified;
    }
    const auto https = listeners_.listen(options_.listen, options_.https_port, true,
                                         [this](Request request, Respond respond) {
                                             requests.add();
                                             router_.handle(std::move(request), std::move(respond));
                                         });
    if (!https) {
        return https.error();
    }
    https_port_ = *https;
    HelpPage page{certificates_.ca_file, "", https_port_};
    if (const auto info = x509::inspect(read_file(certificates_.ca_file))) {
        page.fingerprint = info->fingerprint;
    }
    const auto http =
        listeners_.listen(options_.listen, options_.http_port, false, help_handler(page));
    if (!http) {
        return http.error();
    }
    http_port_ = *http;
    return Done{};
}

Status HttpServer::start() {
    add_operation_routes(router_, site_);
    add_setup_routes(router_, site_);
    add_action_routes(router_, site_);
    add_password_routes(router_, site_);
    add_realtime_routes(router_, site_);
    add_why_routes(router_, site_);
    add_stats_routes(router_, site_);
    add_list_routes(router_, site_);
    add_outcome_routes(router_, site_);
    add_telephone_routes(router_, site_, options_);
    add_recording_routes(router_, site_);
    add_prompt_routes(router_, site_);
    listeners_.take_large([this](const Request& head) { return is_prompt_upload(site_, head); });
    add_remove_demo_routes(router_, site_);
    if (site_.demo_public != nullptr) {
        add_demo_routes(router_, site_, *site_.demo_public);
    }
    add_supervise_routes(router_, site_, push_);
    push_.add_routes(router_);
    router_.add(Method::get, "/certificate",
                [this](const Request& request, const PathValues&, const Respond& respond) {
                    const std::string* host = request.header("host");
                    Response response;
                    response.status = 302;
                    response.headers.emplace_back(
                        "Location", help_address(host == nullptr ? "" : *host, http_port_));
                    respond(std::move(response));
                });
    add_web_app(router_, web_app_);
    v6::add_routes(router_, site_);
    const Status ports = open_ports();
    if (!ports) {
        return ports;
    }
    const Status loaded = load();
    if (!loaded) {
        return loaded;
    }
    heartbeat_.emplace("https");
    listeners_.every(heartbeat_every, [this] { heartbeat_->beat("wait"); });
    listeners_.every(24h, [this] {
        const Status renewed = use_certificates();
        if (!renewed) {
            log::error("certificate not renewed", {{"reason", renewed.error().text}});
        }
    });
    listeners_.start();
    return Done{};
}

void HttpServer::stop() {
    if (stopped_) {
        return;
    }
    stopped_ = true;
    {
        const std::lock_guard lock(gate_->mutex);
        gate_->open = false;
    }
    listeners_.post([this] { push_.close_all(); });
    listeners_.stop(5s);
    readers_.stop();
    hashing_.stop();
    accounting_.stop();
    converting_.stop();
}

std::vector<std::string> HttpServer::routes() const {
    std::vector<std::string> names;
    for (const std::string& name : router_.list()) {
        if (name.find("/api/v6/") == std::string::npos) {
            names.push_back(name);
        }
    }
    for (std::string& name : v6::route_names()) {
        names.push_back(std::move(name));
    }
    return names;
}

}  // namespace

Result<std::unique_ptr<Server>> start_server(const ServerOptions& options, Live& live,
                                             Health& health, Phones& phones, store::Store& store) {
    auto server = std::make_unique<HttpServer>(options, live, health, phones, store);
    const Status started = server->start();
    if (!started) {
        return started.error();
    }
    return std::unique_ptr<Server>(std::move(server));
}

}  // namespace linka::api
