#include "linka/app/findings.hpp"

#include "linka/api/x509.hpp"
#include "linka/app/address.hpp"
#include "linka/app/health.hpp"
#include "linka/base/read_file.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/store/inspect.hpp"

#include <filesystem>
#include <system_error>

#include <sys/timex.h>
#include <unistd.h>

namespace linka::app {
namespace {

namespace fs = std::filesystem;

std::string address_of(const ServeOptions& options) {
    return options.listen.empty() ? "0.0.0.0" : options.listen;
}

void find_port(Findings& findings, const ServeOptions& options, const char* option, int port,
               bool udp) {
    const std::string trouble = port_trouble(address_of(options), port, udp);
    const std::string what = text::format("port {} {} ({})", port, udp ? "UDP" : "TCP", option);
    if (trouble.empty()) {
        findings.push_back({true, what + " is free", {}});
    } else {
        findings.push_back(
            {false, text::format("{}: {}", what, trouble),
             text::format("stop what uses it (ss -lnp) or choose another {}", option)});
    }
}

}  // namespace

bool find_server(Findings& findings, const ServeOptions& options) {
    const int pid = store::running_process(options.data);
    if (is_alive(pid)) {
        findings.push_back({true, text::format("server runs as process {}", pid), {}});
        if (store::read_side({options.data, options.database}, "meta", "loopback_process") ==
            std::to_string(pid)) {
            findings.push_back({true, "server listens on loopback only: it started as the demo",
                                "restart it to open it to the network"});
        }
        return true;
    }
    std::error_code failure;
    if (!fs::exists(options.data, failure)) {
        findings.push_back({true, text::format("{} is new", options.data), {}});
    } else if (::access(options.data.c_str(), W_OK) != 0) {
        findings.push_back({false, text::format("{} cannot be written", options.data),
                            "give it to the user that Linka runs as (chown)"});
    } else {
        findings.push_back({true, text::format("no server runs with {}", options.data), {}});
    }
    return false;
}

void find_database(Findings& findings, const ServeOptions& options) {
    if (options.database.empty()) {
        return;
    }
    const Status reached = store::reach_database({options.data, options.database});
    if (reached) {
        findings.push_back({true, "the database answers", {}});
    } else {
        findings.push_back({false, reached.error().text,
                            "see \"PostgreSQL\" in docs/operations.md for how to make it"});
    }
}

void find_ports(Findings& findings, const ServeOptions& options) {
    find_port(findings, options, "--https-port", options.https_port, false);
    find_port(findings, options, "--http-port", options.http_port, false);
    find_port(findings, options, "--sip-port", options.sip_port, true);
    find_port(findings, options, "--sip-port", options.sip_port, false);
    find_port(findings, options, "--sips-port", options.sips_port, false);
    const auto range = parse_port_range(options.rtp_ports);
    if (!range) {
        findings.push_back({false, range.error().text, "give a range like 20000-29999"});
        return;
    }
    int busy = 0;
    for (int port = range->low; port <= range->high; port += 2) {
        busy += port_trouble(address_of(options), port, true).empty() ? 0 : 1;
    }
    const int pairs = (range->high - range->low + 1) / 2;
    const std::string what =
        text::format("audio ports {}: {} of {} pairs free", options.rtp_ports, pairs - busy, pairs);
    findings.push_back(
        {busy * 2 < pairs, what, busy * 2 < pairs ? "" : "choose another --rtp-ports"});
}

void find_certificates(Findings& findings, const ServeOptions& options) {
    const std::string file = options.data + "/tls/cert.pem";
    const std::string pem = read_file(file);
    if (pem.empty()) {
        findings.push_back({true, "certificate: made at the first start", {}});
        return;
    }
    const auto info = api::x509::inspect(pem);
    if (!info) {
        findings.push_back({false, text::format("{}: {}", file, info.error().text),
                            "remove it and restart the server, it makes a new one"});
        return;
    }
    const auto days = whole_seconds(info->expires - runtime::wall_now()) / 86400;
    if (days < 0) {
        findings.push_back({false, text::format("certificate {} has expired", file),
                            "restart the server, it makes a new one"});
    } else {
        findings.push_back({true, text::format("certificate valid for {} days", days), {}});
    }
}

void find_clock(Findings& findings) {
    timex state{};
    const bool synchronised = ::adjtimex(&state) != TIME_ERROR;
    findings.push_back({true, synchronised ? "clock is synchronised" : "clock is not synchronised",
                        synchronised ? "" : "install chrony; figures and certificates rely on it"});
}

void find_disk(Findings& findings, const ServeOptions& options) {
    fs::path place = options.data;
    std::error_code failure;
    while (!fs::exists(place, failure) && place.has_parent_path() && place != place.parent_path()) {
        place = place.parent_path();
    }
    const auto space = fs::space(place.empty() ? fs::path(".") : place, failure);
    if (failure) {
        findings.push_back({false, text::format("disk of {}: {}", options.data, failure.message()),
                            "check the path"});
        return;
    }
    const auto free = static_cast<std::int64_t>(space.available);
    const bool enough = free >= disk_free_min;
    findings.push_back({enough, text::format("disk: {} MB free", free >> 20),
                        enough ? "" : "make room: recordings take about 15 MB an hour of talk"});
}

void find_programs(Findings& findings) {
    const std::string directory = program_directory();
    for (const std::string name :
         {"linka-media", "prompts/cs/welcome.wav", "prompts/en/welcome.wav"}) {
        std::error_code failure;
        const bool there = fs::exists(directory + "/" + name, failure);
        findings.push_back({there, text::format("{} {}", name, there ? "is there" : "is missing"),
                            there ? "" : "build again: ./run --build-only"});
    }
}

}  // namespace linka::app
