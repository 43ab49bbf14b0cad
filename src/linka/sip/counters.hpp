// What the SIP thread counts, for /metrics. One set a process: the numbers belong to the program.
#pragma once

#include "linka/runtime/metrics.hpp"

#include <map>
#include <string>
#include <string_view>

namespace linka::sip {

struct Counters {
    /// Requests received, by method; methods that we do not know count as one.
    metrics::Counter& request(std::string_view method);

    metrics::Counter challenges{"linka_sip_challenges_total", "Requests answered with 401"};
    metrics::Counter auth_failures{"linka_sip_auth_failures_total",
                                   "Wrong passwords and unknown accounts"};
    metrics::Counter locked{"linka_sip_auth_locked_total", "Requests refused while locked"};
    metrics::Counter refused{"linka_sip_calls_refused_total",
                             "New calls refused with 503 by admission"};
    metrics::Counter too_large{"linka_sip_bodies_too_large_total",
                               "Messages refused with 413: a body beyond 16 kB"};
    metrics::Counter strangers{"linka_sip_strangers_total",
                               "Out-of-dialog requests that matched nobody"};
    metrics::Counter orphans{"linka_sip_orphan_answers_total",
                             "2xx answers without a leg, acknowledged and ended"};
    metrics::Counter library{"linka_sip_library_complaints_total",
                             "Messages that the SIP library logged as errors"};
    metrics::Gauge legs{"linka_sip_legs", "Legs that exist now"};
    metrics::Gauge bindings{"linka_sip_devices_registered", "Devices with at least one contact"};

  private:
    std::map<std::string, metrics::Counter, std::less<>> requests_;
};

/// The process's counters.
Counters& counters();

}  // namespace linka::sip
