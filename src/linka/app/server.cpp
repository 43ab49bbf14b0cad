#include "linka/app/server.hpp"

#include "linka/api/auth/password.hpp"
#include "linka/api/roles.hpp"
#include "linka/app/health.hpp"
#include "linka/app/version.hpp"
#include "linka/base/text.hpp"
#include "linka/core/view.hpp"
#include "linka/media/client/media.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/heartbeat.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/this_machine.hpp"

#include <cstdio>
#include <filesystem>
#include <future>
#include <utility>

#include <sodium.h>

namespace linka::app {
namespace {

// How long a first Ctrl-C waits for a second one while calls live.
constexpr Duration second_interrupt = 2s;
// Certificates are looked at twice a day; they are renewed 30 days before they expire.
constexpr Duration renewal_check = 12h;
// How long calls that were hung up get to end before the process does.
constexpr Duration end_calls_max = 3s;
// More new calls in a second are told to come again: two cores cannot set up more.
constexpr int calls_per_second_max = 1000;

// What comes in so short a time is one turn of the core. A call is set up in about six turns, so
// that its caller waits six times as long.
constexpr Duration inputs_gathered = 200us;

}  // namespace

Server::Server(ServeOptions options) : options_(std::move(options)) {
}

Server::~Server() = default;

Status Server::start() {
    const auto ports = parse_port_range(options_.rtp_ports);
    if (!ports) {
        return ports.error();
    }
    rtp_ports_ = *ports;
    if (sodium_init() < 0) {
        return fail(ErrorCode::internal, "libsodium does not start");
    }
    signals_ = std::make_unique<Signals>(loop_, [this](Signal signal) { on_signal(signal); });
    for (const auto step : {&Server::open_store, &Server::choose_address, &Server::seed_new_data,
                            &Server::make_certificates, &Server::start_sip}) {
        const Status status = (this->*step)();
        if (!status) {
            return status;
        }
    }
    start_voice();
    if (demo_) {
        start_public();
    }
    engine_->show_life();
    const Status status = start_api();
    if (status) {
        tidy_demo();
        announce();
    }
    return status;
}

Status Server::open_store() {
    store::Options options;
    options.directory = options_.data;
    options.database = options_.database;
    options.sync = options_.sync;
    auto opened = store::Store::open(std::move(options));
    if (!opened) {
        return opened.error();
    }
    store_ = std::move(opened).value();
    engine_ = std::make_unique<Engine>(loop_, *store_);
    const Status folded = load_state();
    if (!folded) {
        return folded;
    }
    const auto demo = loaded_.side.find({Belongings::kept_kind, Belongings::kept_key});
    belongings_ = std::make_unique<Belongings>(
        loop_, *engine_,
        demo == loaded_.side.end() ? KeptDemo{} : kept_demo_from_text(demo->second));
    new_data_ = engine_->state().seq == 0;
    if (new_data_) {
        demo_ = options_.seed == "demo";
        return Done{};
    }
    demo_ = belongings_->is_there();
    demo_tidied_ = loaded_.side.contains({"meta", "demo_tidied"});
    engine_->save_side("meta", "loopback_process", std::nullopt);
    const auto background = loaded_.side.find({Public::kept_kind, Public::kept_key});
    if (demo_ && background != loaded_.side.end()) {
        background_ = background_from_text(background->second);
    }
    if (!options_.admin_password.empty()) {
        let_admin_in();
        return seed_passwords({{"admin", options_.admin_password}}, {});
    }
    return Done{};
}

// Whoever can start the program may set up everything, also if somebody took that from the account.
void Server::let_admin_in() {
    const core::User* found = core::user_by_name(engine_->state(), "admin");
    if (found == nullptr) {
        return;
    }
    core::User admin = *found;
    admin.deactivated = false;
    admin.access = core::Access::admin;
    api::set_own_role(admin, {});
    if (admin == *found) {
        return;
    }
    engine_->apply_now(core::EndSession{admin.id, false});
    const core::Reply saved = engine_->apply_now(core::SaveUser{admin});
    if (saved.kind != core::Reply::Kind::ok) {
        log::error("--admin-password: the account stays as it is", {{"reason", saved.text}});
    }
}

// After everything that can be refused by looking at the options alone: a start that is refused
// leaves nothing behind.
Status Server::seed_new_data() {
    return new_data_ ? seed() : Status(Done{});
}

// From the newest snapshot; from the one before, or from the first event, if it cannot be used.
Status Server::load_state() {
    std::int64_t before = INT64_MAX;
    while (true) {
        auto loaded = store_->load(before);
        if (!loaded) {
            return loaded.error();
        }
        loaded_ = std::move(loaded).value();
        const Status folded = engine_->load(loaded_);
        if (folded || loaded_.snapshot_seq == 0) {
            return folded;
        }
        log::warn("snapshot cannot be used, going further back",
                  {{"seq", loaded_.snapshot_seq}, {"reason", folded.error().text}});
        before = loaded_.snapshot_seq;
    }
}

Status Server::choose_address() {
    if (options_.listen.empty()) {
        loopback_for_demo_ = demo_;
        options_.listen = demo_ ? "127.0.0.1" : "0.0.0.0";
    }
    if (!is_ip_address(options_.listen)) {
        return fail(ErrorCode::invalid,
                    text::format("--listen {}: must be an IP address", options_.listen), "listen");
    }
    if (demo_ && !is_loopback(options_.listen) && !options_.demo_anywhere) {
        return fail(ErrorCode::refused,
                    text::format("--listen {}: the demo's passwords are known to everybody, so it "
                                 "listens on loopback only; add --demo-anywhere if you mean it, or "
                                 "start with --seed empty and another --data",
                                 options_.listen),
                    "listen");
    }
    return Done{};
}

api::CertificateOptions Server::certificate_options() const {
    api::CertificateOptions options;
    options.directory = std::filesystem::absolute(options_.data).string() + "/tls";
    for (const std::string& address : {options_.listen, options_.public_address}) {
        if (!address.empty() && address != "0.0.0.0" && address != "::") {
            options.names.push_back(address);
        }
    }
    return options;
}

Status Server::make_certificates() {
    auto made = api::ensure_certificates(certificate_options(), runtime::wall_now());
    if (!made) {
        return made.error();
    }
    certificates_ = std::move(made).value();
    loop_.after(renewal_check, [this] { renew_certificates(); });
    return Done{};
}

void Server::renew_certificates() {
    loop_.after(renewal_check, [this] { renew_certificates(); });
    const auto made = api::ensure_certificates(certificate_options(), runtime::wall_now());
    if (!made) {
        log::error("certificate not renewed", {{"reason", made.error().text}});
    } else if (made->renewed && !sip_->send(sip::ReloadCertificate{})) {
        log::error("SIP keeps the old certificate until the next restart");
    }
}

Status Server::start_sip() {
    sip::Options options;
    options.listen.address = options_.listen;
    options.listen.port = options_.sip_port;
    options.listen.tls_port = options_.sips_port;
    options.listen.tls_directory = certificates_.directory;
    options.listen.public_address = options_.public_address;
    options.user_agent = text::format("Linka/{}", version);
    options.calls_per_second_max = calls_per_second_max;
    options.first_incoming = voice::first_incoming(engine_->state(), loaded_.side);
    sip::Restore restore = voice::sip_restore(loaded_.side);
    sip::Restore phones = voice::WebPhones::take_own(restore);
    const auto passwords = sip_passwords();
    if (!passwords) {
        return passwords.error();
    }
    auto port =
        sip::start_port(options, accounts(*passwords), trunks(*passwords), std::move(restore));
    if (!port) {
        return port.error();
    }
    sip_ = std::move(port).value();
    if (demo_) {
        auto outside = std::make_unique<Outside>(std::move(sip_), trunks(*passwords));
        outside_ = outside.get();
        sip_ = std::move(outside);
    }
    web_phones_ = std::make_unique<voice::WebPhones>(loop_, *sip_, engine_->state(), phones,
                                                     voice::PhoneOptions{});
    phone_inbox_ = std::make_unique<PhoneInbox>(loop_, *web_phones_);
    teller_ = std::make_unique<AccountsTeller>(
        loop_, [this] { return sip_passwords(); }, tell_sip(), AccountsTeller::Waits{});
    return Done{};
}

void Server::start_voice() {
    media::Options media;
    media.program = program_directory() + "/linka-media";
    media.directory = std::filesystem::absolute(options_.data).string() + "/media";
    media.prompts = program_directory() +
                    "/prompts:" + std::filesystem::absolute(options_.data).string() + "/prompts";
    media.workers = options_.media_workers > 0 ? options_.media_workers : runtime::usable_cores();
    media.port_low = rtp_ports_.low;
    media.port_high = rtp_ports_.high;
    for (const int port :
         {options_.sip_port, options_.sips_port, options_.https_port, options_.http_port}) {
        if (port > 0) {
            media.own_ports.push_back(port);
        }
    }
    media.encode_after = options_.encode_recordings == "after-call";
    voice::Options options;
    options.data_directory = std::filesystem::absolute(options_.data).string();
    options.media_address = options_.listen;
    options.media_advertise = options_.public_address;
    voice::Sink sink;
    sink.submit = [this](const core::Input& input) { engine_->apply(input); };
    sink.save = [this](std::string kind, std::string key, std::optional<std::string> value) {
        engine_->save_side(std::move(kind), std::move(key), std::move(value));
    };
    voice_ = std::make_unique<voice::Voice>(
        loop_, *web_phones_,
        [this, media](media::Events events) {
            return media::start_media(loop_, media, std::move(events));
        },
        engine_->state(), sink, options, loaded_.side);
    loaded_ = {};
    engine_->on_effects(
        [this](const std::vector<core::Effect>& effects) { voice_->carry_out(effects); });
    engine_->on_refusing([this](bool refusing) { voice_->drain(refusing || stopping_); });
    // Ready means that calls can be taken, so wait for the media workers.
    while (!voice_->ready()) {
        loop_.step(50ms);
    }
}

Status Server::start_api() {
    api::ServerOptions options;
    options.listen = options_.listen;
    options.https_port = static_cast<std::uint16_t>(options_.https_port);
    options.http_port = static_cast<std::uint16_t>(options_.http_port);
    options.data_directory = std::filesystem::absolute(options_.data).string();
    options.prompts_directory = program_directory() + "/prompts";
    options.certificates = certificate_options();
    options.web_directory = program_directory() + "/web";
    options.version = version;
    options.sip_port = static_cast<std::uint16_t>(options_.sip_port);
    options.sips_port = static_cast<std::uint16_t>(options_.sips_port);
    options.demo = belongings_.get();
    options.demo_public = public_.get();
    options.silent_telephones = [this] {
        std::map<std::string, api::SilentTelephone> out;
        for (const auto& [device, asks] : voice_->silent_telephones()) {
            out[device] = {asks.times, asks.since, asks.last, asks.address, asks.user_agent};
        }
        return out;
    };
    options.trunk_states = [this] {
        std::map<std::string, api::TrunkState> out;
        for (const auto& [name, state] : voice_->trunk_states()) {
            const bool no_address = state.status == sip::TrunkState::no_address;
            out[name] = {state.registers, state.registered, state.asked,
                         state.reachable, state.rtt_ms,     no_address ? 0 : state.status,
                         no_address,      state.since};
        }
        return out;
    };
    // The API asks the core while it starts, so the core's loop turns meanwhile.
    auto starting = std::async(std::launch::async, [&] {
        return api::start_server(options, *engine_, *this, *phone_inbox_, *store_);
    });
    while (starting.wait_for(0s) != std::future_status::ready) {
        loop_.step(5ms);
    }
    auto started = starting.get();
    if (!started) {
        return started.error();
    }
    api_ = std::move(started).value();
    return Done{};
}

void Server::announce() {
    const std::string host = for_uri(options_.listen);
    std::printf("linka ready https://%s:%d/ sip:%s:%d\n", host.c_str(), options_.https_port,
                host.c_str(), sip_->port());
    for (const auto& [name, password] : announced_passwords_) {
        std::printf("  %-10s %s\n", name.c_str(), password.c_str());
    }
    if (!setup_token_.empty()) {
        std::printf("  set the administrator's password once at https://%s:%d/setup/%s\n",
                    host.c_str(), options_.https_port, setup_token_.c_str());
    }
    std::fflush(stdout);
}

api::Health::Report Server::health() {
    Report report = report_health({.heartbeats = runtime::heartbeats(),
                                   .now = runtime::steady_now(),
                                   .trouble = store_->trouble(),
                                   .parked = store_->parked(),
                                   .refused = store_->refused(),
                                   .clock_off = runtime::wall_off(),
                                   .directory = options_.data});
    if (demo_left_ && loopback_for_demo_) {
        report.troubles.push_back(
            text::format("listens on {} only, because it started as the demo; the next start opens "
                         "it to the network",
                         options_.listen));
    }
    return report;
}

int Server::run() {
    loop_.gather(inputs_gathered);
    loop_.run();
    shut_down();
    return 0;
}

void Server::on_signal(Signal signal) {
    if (signal == Signal::hang_up) {
        tell_registrar();
        return;
    }
    if (stopping_) {
        stop(signal == Signal::interrupt);
        return;
    }
    stopping_ = true;
    engine_->close_doors();
    voice_->drain(true);
    const std::size_t legs = voice_->legs();
    if (signal == Signal::terminate || legs == 0) {
        stop(false);
        return;
    }
    std::fprintf(stderr, "linka: %zu telephones go on; press Ctrl-C again to end their calls\n",
                 legs);
    loop_.after(second_interrupt, [this] { stop(false); });
}

void Server::stop(bool end_calls) {
    if (end_calls && !end_calls_) {
        end_calls_ = true;
        voice_->end_all();
        loop_.after(end_calls_max, [this] { loop_.stop(); });
        return;
    }
    if (!end_calls_) {
        loop_.stop();
    }
}

void Server::shut_down() {
    if (api_) {
        api_->stop();
    }
    public_.reset();
    if (end_calls_) {
        voice_->quit();
    } else {
        voice_->detach();
    }
    engine_->on_effects({});
    engine_->finish();
    log::info("stopped", {{"calls_ended", end_calls_ ? 1 : 0}});
}

}  // namespace linka::app
