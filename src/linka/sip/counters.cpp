#include "linka/sip/counters.hpp"

#include <array>
#include <mutex>
#include <tuple>

namespace linka::sip {

metrics::Counter& Counters::request(std::string_view method) {
    static constexpr std::array<std::string_view, 14> known = {
        "INVITE", "ACK",    "BYE",   "CANCEL",    "OPTIONS", "REGISTER", "INFO",
        "PRACK",  "UPDATE", "REFER", "SUBSCRIBE", "NOTIFY",  "MESSAGE",  "PUBLISH"};
    static std::mutex mutex;  // tests run several ports in one process
    const bool is_known = std::find(known.begin(), known.end(), method) != known.end();
    const std::string name = is_known ? std::string(method) : "other";
    const std::lock_guard lock(mutex);
    const auto [entry, fresh] = requests_.try_emplace(
        name, "linka_sip_requests_total", "SIP requests received", "method=\"" + name + "\"");
    return entry->second;
}

Counters& counters() {
    static Counters all;
    return all;
}

}  // namespace linka::sip
