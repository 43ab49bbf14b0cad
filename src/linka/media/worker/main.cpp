// linka-media: the media worker program.
#include "linka/base/text.hpp"
#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/record/spool_encoder.hpp"
#include "linka/media/worker/worker.hpp"
#include "linka/runtime/heap.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/runtime/this_machine.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <getopt.h>
#include <unistd.h>

namespace {

using namespace linka;

constexpr const char* help_text =
    "Usage: linka-media --socket PATH [OPTIONS]\n"
    "       linka-media --finish-spool DIR\n"
    "Carries the sound of calls for linka, which starts and watches it.\n"
    "\n"
    "  --socket PATH        where the server connects\n"
    "  --ports LO-HI        UDP ports for RTP and RTCP (20000-29999)\n"
    "  --own-ports N[,N...] ports of the server's services, where no sound is sent\n"
    "  --prompts DIR[:DIR]  prompts and music; a later directory wins over an earlier\n"
    "  --spool DIR          running recordings (PATH's directory/spool)\n"
    "  --encode-after       encode recordings after their calls, not during them\n"
    "  --linger SECONDS     life without a server while calls are there (60)\n"
    "  --one-by-one         send and receive packets one by one, not through io_uring\n"
    "  --finish-spool DIR   complete the recordings that a dead worker left in DIR, and end\n"
    "  --codecs             try each codec, name those that work, and end\n"
    "  --packets            say whether packets go through io_uring here, and end\n"
    "  --log-json           log lines as JSON\n"
    "  --debug              log more\n"
    "  --version, --help\n";

// A hundred calls are ten thousand packets a second: to be woken for each costs more than to send
// it.
constexpr Duration packets_gathered = 2ms;

struct CommandLine {
    media::WorkerOptions worker;
    std::string finish_spool;
    log::Options log;
};

int complain(const std::string& text) {
    std::fprintf(stderr, "linka-media: %s\n", text.c_str());
    return 2;
}

bool parse_ports(std::string_view value, media::WorkerOptions& options) {
    const auto parts = text::split(value, '-');
    if (parts.size() != 2) {
        return false;
    }
    const auto low = text::to_int(parts[0]);
    const auto high = text::to_int(parts[1]);
    if (!low || !high || *low < 1024 || *high > 65535 || *high <= *low) {
        return false;
    }
    options.port_low = static_cast<int>(*low);
    options.port_high = static_cast<int>(*high);
    return true;
}

bool parse_own_ports(std::string_view value, media::WorkerOptions& options) {
    for (const std::string_view word : text::split(value, ',')) {
        const auto port = text::to_int(word);
        if (!port || *port < 1 || *port > 65535) {
            return false;
        }
        options.own_ports.push_back(static_cast<int>(*port));
    }
    return true;
}

enum Option : int {
    opt_socket = 1,
    opt_ports,
    opt_own_ports,
    opt_prompts,
    opt_spool,
    opt_encode_after,
    opt_linger,
    opt_one_by_one,
    opt_finish,
    opt_codecs,
    opt_packets,
    opt_json,
    opt_debug,
    opt_version,
    opt_help
};

// One frame there and back through each codec; a missing or broken library shows here.
int try_codecs() {
    int failed = 0;
    for (const media::Codec codec : media::all_codecs) {
        const std::vector<std::int16_t> frame(media::frame_samples(codec), 1000);
        std::array<std::uint8_t, media::frame_bytes_max> packet{};
        std::array<std::int16_t, media::packet_samples_max> heard{};
        const std::size_t size = media::Encoder(codec).encode(frame, packet);
        const std::size_t count =
            media::Decoder(codec).decode(std::span(packet).first(size), heard);
        const bool works = size > 0 && count == frame.size();
        failed += works ? 0 : 1;
        std::printf("%s%s ", media::info(codec).name.data(), works ? "" : " (broken)");
    }
    std::printf("\n");
    return failed == 0 ? 0 : 1;
}

int try_packets() {
    runtime::Loop loop;
    const bool ring = media::DatagramRing::open(loop, {}) != nullptr;
    std::printf("%s\n", ring ? "many at a time (io_uring)" : "one by one (no io_uring here)");
    return ring ? 0 : 1;
}

const option options[] = {{"socket", required_argument, nullptr, opt_socket},
                          {"ports", required_argument, nullptr, opt_ports},
                          {"own-ports", required_argument, nullptr, opt_own_ports},
                          {"prompts", required_argument, nullptr, opt_prompts},
                          {"spool", required_argument, nullptr, opt_spool},
                          {"encode-after", no_argument, nullptr, opt_encode_after},
                          {"linger", required_argument, nullptr, opt_linger},
                          {"one-by-one", no_argument, nullptr, opt_one_by_one},
                          {"finish-spool", required_argument, nullptr, opt_finish},
                          {"codecs", no_argument, nullptr, opt_codecs},
                          {"packets", no_argument, nullptr, opt_packets},
                          {"log-json", no_argument, nullptr, opt_json},
                          {"debug", no_argument, nullptr, opt_debug},
                          {"version", no_argument, nullptr, opt_version},
                          {"help", no_argument, nullptr, opt_help},
                          {nullptr, 0, nullptr, 0}};

// Nothing: go on. A number: exit with it.
std::optional<int> parse_command_line(int argc, char** argv, CommandLine& line) {
    for (int found = 0; (found = ::getopt_long(argc, argv, "", options, nullptr)) != -1;) {
        switch (found) {
            case opt_socket:
                line.worker.socket = optarg;
                break;
            case opt_ports:
                if (!parse_ports(optarg, line.worker)) {
                    return complain(text::format("--ports {}: must be LO-HI, 1024-65535", optarg));
                }
                break;
            case opt_own_ports:
                if (!parse_own_ports(optarg, line.worker)) {
                    return complain(text::format("--own-ports {}: must be N,N,…, 1-65535", optarg));
                }
                break;
            case opt_prompts:
                line.worker.prompts = optarg;
                break;
            case opt_spool:
                line.worker.spool = optarg;
                break;
            case opt_encode_after:
                line.worker.encode = media::Recorder::When::after_call;
                break;
            case opt_linger: {
                const auto seconds = text::to_int(optarg);
                if (!seconds || *seconds < 0 || *seconds > 86400) {
                    return complain(text::format("--linger {}: must be 0-86400", optarg));
                }
                line.worker.orphaned_max = std::chrono::seconds(*seconds);
                break;
            }
            case opt_one_by_one:
                line.worker.datagrams = media::Datagrams::Way::one_by_one;
                break;
            case opt_finish:
                line.finish_spool = optarg;
                break;
            case opt_codecs:
                return try_codecs();
            case opt_packets:
                return try_packets();
            case opt_json:
                line.log.json = true;
                break;
            case opt_debug:
                line.log.level = log::Level::debug;
                break;
            case opt_version:
                std::printf("linka-media " LINKA_VERSION "\n");
                return 0;
            case opt_help:
                std::printf("%s", help_text);
                return 0;
            default:
                return 2;  // getopt has said why
        }
    }
    if (optind < argc) {
        return complain(text::format("{}: not an option", argv[optind]));
    }
    if (line.finish_spool.empty() && line.worker.socket.empty()) {
        return complain("--socket is missing");
    }
    return std::nullopt;
}

// Completes every spool without a living writer, one after the other; the notes for the server
// stay beside them.
int finish_spool(const std::string& directory) {
    runtime::Loop loop;
    int failed = 0;
    media::Recorder recorder(loop, directory, media::Recorder::When::after_call,
                             [&](const media::RecordDone& done, const std::string&) {
                                 std::printf("%s: %s\n", done.file.c_str(),
                                             done.error.empty() ? "done" : done.error.c_str());
                                 failed += done.error.empty() ? 0 : 1;
                             });
    recorder.adopt_orphans();
    while (recorder.pending() > 0) {
        loop.step(1s);
    }
    return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    CommandLine line;
    if (const auto status = parse_command_line(argc, argv, line)) {
        return *status;
    }
    log::configure(line.log);
    if (!line.finish_spool.empty()) {
        return finish_spool(line.finish_spool);
    }
    if (line.worker.spool.empty()) {
        line.worker.spool =
            (std::filesystem::path(line.worker.socket).parent_path() / "spool").string();
    }
    // A session of our own: the server's end, or its terminal's, must not be ours.
    (void)::setsid();
    std::signal(SIGHUP, SIG_IGN);
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    runtime::raise_file_limit();
    runtime::give_memory_back();
    runtime::Loop loop;
    loop.gather(packets_gathered);
    media::Worker worker(loop, line.worker);
    if (const Status started = worker.start(); !started) {
        return complain(started.error().text);
    }
    loop.run();
    return 0;
}
