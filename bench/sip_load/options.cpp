#include "options.hpp"

#include "linka/base/text.hpp"

#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>

namespace linka::bench {

const char* const usage =
    "usage: bench_sip_load --server ADDR:PORT [--number N] [--rate CALLS_A_SECOND]\n"
    "    [--calls N | --seconds S] [--talk S] [--ring S] [--hangup caller|agent] [--rtp]\n"
    "    [--devices FILE] [--phones-port PORT] [--desk] [--hold S] [--drain S]\n"
    "FILE has a line NAME:PASSWORD for each telephone. Prints one JSON object.\n";

namespace {

bool read_number(const std::string& text, double& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size() && out >= 0 && out <= 1e6;
}

bool read_seconds(const std::string& text, Duration& out) {
    double seconds = 0;
    const bool good = read_number(text, seconds);
    out = Duration(static_cast<std::int64_t>(seconds * 1e6));
    return good;
}

bool read_server(const std::string& text, Options& options) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) {
        return false;
    }
    options.address = text.substr(0, colon);
    options.port = static_cast<int>(text::to_int(text.substr(colon + 1)).value_or(0));
    return options.port > 0 && options.port < 65536;
}

bool read_devices(const std::string& name, std::vector<Device>& devices) {
    std::ifstream file(name);
    std::string line;
    while (std::getline(file, line)) {
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) {
            return false;
        }
        devices.push_back({line.substr(0, colon), line.substr(colon + 1)});
    }
    return !devices.empty();
}

}  // namespace

Result<Options> parse_options(std::span<char* const> arguments) {
    Options options;
    const auto seconds = [](Duration& target) {
        return [&target](const std::string& value) { return read_seconds(value, target); };
    };
    const std::map<std::string, std::function<bool(const std::string&)>> known{
        {"--server", [&](const std::string& value) { return read_server(value, options); }},
        {"--devices",
         [&](const std::string& value) { return read_devices(value, options.devices); }},
        {"--number", [&](const std::string& value) { return !(options.number = value).empty(); }},
        {"--rate",
         [&](const std::string& value) {
             return read_number(value, options.rate) && options.rate > 0;
         }},
        {"--calls",
         [&](const std::string& value) {
             options.calls = static_cast<int>(text::to_int(value).value_or(0));
             return options.calls > 0 && options.calls <= 10'000'000;
         }},
        {"--phones-port",
         [&](const std::string& value) {
             options.phones_port = static_cast<int>(text::to_int(value).value_or(0));
             return options.phones_port > 0 && options.phones_port < 65536;
         }},
        {"--hangup",
         [&](const std::string& value) {
             options.agent_hangs_up = value == "agent";
             return value == "agent" || value == "caller";
         }},
        {"--seconds", seconds(options.time)},
        {"--talk", seconds(options.talk)},
        {"--ring", seconds(options.ring)},
        {"--hold", seconds(options.hold)},
        {"--drain", seconds(options.drain)},
    };
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string name = arguments[i];
        if (name == "--rtp" || name == "--desk") {
            (name == "--rtp" ? options.rtp : options.desk) = true;
            continue;
        }
        const auto found = known.find(name);
        if (found == known.end()) {
            return fail(ErrorCode::invalid, text::format("unknown option {}", name));
        }
        const std::string value = i + 1 < arguments.size() ? arguments[++i] : "";
        if (!found->second(value)) {
            return fail(ErrorCode::invalid, text::format("{}: not usable: \"{}\"", name, value));
        }
    }
    if (options.calls == 0) {
        options.calls = static_cast<int>(
            std::lround(options.rate * std::chrono::duration<double>(options.time).count()));
    }
    options.calls = options.number.empty() ? 0 : options.calls;
    return options;
}

}  // namespace linka::bench
