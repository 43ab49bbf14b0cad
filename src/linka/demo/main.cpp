// linka-demo: the demo's public and its telephones, started by the server and ended with it.
#include "linka/base/text.hpp"
#include "linka/demo/registration.hpp"
#include "linka/demo/street.hpp"
#include "linka/media/client/media.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/runtime/seqpacket.hpp"
#include "linka/sip/port.hpp"

#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <getopt.h>
#include <sys/epoll.h>

namespace {

using namespace linka;

constexpr const char* help_text =
    "Usage: linka-demo --socket PATH --server ADDRESS --sip-port N --media PROGRAM\n"
    "                  --directory DIR --prompts DIR[:DIR] [--ports LO-HI]\n"
    "Plays the public network and the telephones of the demo for linka, which starts it.\n"
    "\n"
    "  --socket PATH       where the server listens for us\n"
    "  --server ADDRESS    IP address of the server's SIP\n"
    "  --sip-port N        its port\n"
    "  --media PROGRAM     path of linka-media\n"
    "  --directory DIR     for our media worker\n"
    "  --prompts DIR[:DIR] what is spoken\n"
    "  --ports LO-HI       UDP ports for our audio (18000-19999)\n"
    "  --version, --help\n";

// How long calls that we hang up get to end before the program does.
constexpr Duration farewell_max = 1500ms;

struct Options {
    std::string socket;
    std::string server = "127.0.0.1";
    int sip_port = 0;
    media::Options media;
};

int complain(const std::string& text) {
    std::fprintf(stderr, "linka-demo: %s\n", text.c_str());
    return 2;
}

bool read_ports(std::string_view value, media::Options& options) {
    const auto parts = text::split(value, '-');
    const auto low = parts.size() == 2 ? text::to_int(parts[0]) : std::nullopt;
    const auto high = parts.size() == 2 ? text::to_int(parts[1]) : std::nullopt;
    if (!low || !high || *low < 1024 || *high > 65535 || *high <= *low) {
        return false;
    }
    options.port_low = static_cast<int>(*low);
    options.port_high = static_cast<int>(*high);
    return true;
}

// Nothing: go on. A number: exit with it.
std::optional<int> read_options(int argc, char** argv, Options& out) {
    static const option known[] = {{"socket", required_argument, nullptr, 's'},
                                   {"server", required_argument, nullptr, 'a'},
                                   {"sip-port", required_argument, nullptr, 'p'},
                                   {"media", required_argument, nullptr, 'm'},
                                   {"directory", required_argument, nullptr, 'd'},
                                   {"prompts", required_argument, nullptr, 'v'},
                                   {"ports", required_argument, nullptr, 'r'},
                                   {"version", no_argument, nullptr, 'V'},
                                   {"help", no_argument, nullptr, 'h'},
                                   {nullptr, 0, nullptr, 0}};
    out.media.port_low = 18000;
    out.media.port_high = 19999;
    for (int found = 0; (found = ::getopt_long(argc, argv, "", known, nullptr)) != -1;) {
        switch (found) {
            case 's':
                out.socket = optarg;
                break;
            case 'a':
                out.server = optarg;
                break;
            case 'p':
                out.sip_port = static_cast<int>(text::to_int(optarg).value_or(0));
                break;
            case 'm':
                out.media.program = optarg;
                break;
            case 'd':
                out.media.directory = optarg;
                break;
            case 'v':
                out.media.prompts = optarg;
                break;
            case 'r':
                if (!read_ports(optarg, out.media)) {
                    return complain(text::format("--ports {}: must be LO-HI, 1024-65535", optarg));
                }
                break;
            case 'V':
                std::printf("linka-demo " LINKA_VERSION "\n");
                return 0;
            case 'h':
                std::printf("%s", help_text);
                return 0;
            default:
                return 2;  // getopt has said why
        }
    }
    if (out.socket.empty() || out.media.program.empty() || out.media.directory.empty()) {
        return complain("--socket, --media and --directory are needed");
    }
    if (out.sip_port < 1 || out.sip_port > 65535) {
        return complain("--sip-port must be 1-65535");
    }
    return std::nullopt;
}

/// Everything of the program, wired together.
class Program {
  public:
    explicit Program(Options options) : options_(std::move(options)) {}
    Status start();
    void run();

  private:
    Status start_sip();
    void start_media();
    void take(std::string_view packet);
    void take(const demo::Request& request);
    void take_events();
    void leave();
    void leave_when_empty();
    [[nodiscard]] std::string own_address() const {
        return options_.server.find(':') == std::string::npos ? "127.0.0.1" : "::1";
    }

    Options options_;
    runtime::Loop loop_;
    std::unique_ptr<runtime::SeqpacketPeer> server_;
    std::unique_ptr<sip::Port> port_;
    std::unique_ptr<demo::Street> street_;
    std::unique_ptr<demo::Registration> registration_;
    std::unique_ptr<media::Media> media_;
    bool leaving_ = false;
    Instant leave_at_;
};

Status Program::start() {
    auto socket = runtime::connect_seqpacket(options_.socket);
    if (!socket) {
        return socket.error();
    }
    if (const Status status = start_sip(); !status) {
        return status;
    }
    server_ = std::make_unique<runtime::SeqpacketPeer>(
        loop_, std::move(*socket), [this](std::string_view packet) { take(packet); },
        [this] { leave(); });
    start_media();
    return Done{};
}

Status Program::start_sip() {
    const std::string own = own_address();
    sip::Trunk server;
    server.name = std::string(demo::Street::trunk);
    server.addresses = {own, options_.server};
    server.host = options_.server;
    server.port = options_.sip_port;
    sip::Options options;
    options.listen.address = own;
    options.listen.port = 0;
    options.listen.tls_port = -1;
    options.user_agent = "Linka demo";
    // Legs of a program that crashed may still be at the media worker; theirs are other numbers.
    const std::int64_t base = runtime::wall_now().us / 1000 * 2;
    options.first_incoming = base + 1;
    auto port = sip::start_port(options, {}, {server}, {});
    if (!port) {
        return port.error();
    }
    port_ = std::move(*port);
    street_ = std::make_unique<demo::Street>(
        loop_, *port_, demo::Street::Options{own, base}, [this](const demo::Notice& notice) {
            if (server_ && !server_->send(demo::encode(notice))) {
                log::warn("demo: the server does not listen");
            }
        });
    registration_ = std::make_unique<demo::Registration>(
        loop_, demo::RegistrarAddress{options_.server, options_.sip_port, own, port_->port()});
    if (!registration_->ok()) {
        return fail(ErrorCode::unavailable, "no UDP socket for the telephones");
    }
    loop_.watch(port_->events_fd(), EPOLLIN, [this](std::uint32_t) { take_events(); });
    return Done{};
}

void Program::start_media() {
    media::Events events;
    events.notice = [this](const media::Notice& notice) { street_->heard(notice); };
    events.lost = [this](const std::vector<media::LegId>& legs) { street_->lost(legs); };
    events.ready = [this](const media::Found& found) {
        for (const media::LegId leg : found.legs) {
            media_->send(media::Close{0, leg}, {});
        }
        street_->set_media(media_.get());
        if (server_ && !server_->send(demo::encode(demo::Ready{}))) {
            leave();
        }
    };
    options_.media.workers = 1;
    media_ = media::start_media(loop_, options_.media, std::move(events));
}

void Program::take(std::string_view packet) {
    const auto request = demo::decode_request(packet);
    if (!request) {
        log::error("demo: a request that cannot be read", {{"why", request.error().text}});
        return;
    }
    take(*request);
}

void Program::take(const demo::Request& request) {
    if (leaving_) {
        return;
    }
    std::visit([this](const auto& each) { street_->take(each); }, request);
    if (const auto* phones = std::get_if<demo::Phones>(&request)) {
        std::vector<demo::Registration::Phone> wanted;
        for (const demo::Phone& phone : phones->phones) {
            if (wanted.size() < demo::phones_max) {
                wanted.push_back({phone.name, phone.password});
            }
        }
        registration_->set(wanted);
    }
}

void Program::take_events() {
    for (const sip::Event& event : port_->take_events()) {
        street_->heard(event);
    }
}

// The server is gone, or needs us no more: everybody hangs up and signs off.
void Program::leave() {
    if (leaving_) {
        return;
    }
    leaving_ = true;
    leave_at_ = runtime::steady_now() + farewell_max;
    street_->end_all();
    registration_->set({});
    leave_when_empty();
}

void Program::leave_when_empty() {
    if ((street_->legs() == 0 && registration_->registered() == 0) ||
        runtime::steady_now() >= leave_at_) {
        loop_.stop();
        return;
    }
    loop_.after(20ms, [this] { leave_when_empty(); });
}

void Program::run() {
    loop_.run();
    street_->set_media(nullptr);
    loop_.unwatch(port_->events_fd());
    media_->quit();
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    if (const auto status = read_options(argc, argv, options)) {
        return *status;
    }
    // A terminal's Ctrl-C is the server's; its end is ours.
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    Program program(std::move(options));
    if (const Status started = program.start(); !started) {
        return complain(started.error().text);
    }
    program.run();
    return 0;
}
