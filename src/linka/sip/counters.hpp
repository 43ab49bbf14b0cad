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
    metrics::Counter calls_refused{"linka_sip_calls_refused_total",
                                   "New calls refused with 503 by admission"};
    metrics::Counter too_large{"linka_sip_bodies_too_large_total",
                               "Messages refused with 413: a body beyond 16 kB"};
    metrics::Counter strangers{"linka_sip_strangers_total",
                               "Out-of-dialog requests that matched nobody"};
    metrics::Counter orphans{"linka_sip_orphan_answers_total",
                             "Answers that belong to no request of ours, dropped"};
    metrics::Counter unasked_credentials{refused, refused_help, "reason=\"unasked_credentials\""};
    metrics::Counter foreign_credentials{refused, refused_help, "reason=\"foreign_credentials\""};
    metrics::Counter limited_strangers{refused, refused_help, "reason=\"stranger_rate\""};
    metrics::Counter limited_known{refused, refused_help, "reason=\"known_rate\""};
    metrics::Counter foreign_contacts{refused, refused_help, "reason=\"foreign_contact\""};
    metrics::Counter connections{refused, refused_help, "reason=\"connection\""};
    metrics::Counter unreachable{"linka_sip_unsendable_total",
                                 "Requests not sent, or sent to the source, because of where their "
                                 "target leads"};
    metrics::Counter moved{"linka_sip_moved_total",
                           "Requests within calls from another address than the peer's"};
    metrics::Counter library{"linka_sip_library_complaints_total",
                             "Messages that the SIP library logged as errors"};
    metrics::Gauge legs{"linka_sip_legs", "Legs that exist now"};
    metrics::Gauge bindings{"linka_sip_devices_registered", "Devices with at least one contact"};

  private:
    static constexpr const char* refused = "linka_sip_refused_total";
    static constexpr const char* refused_help = "Requests and connections refused, by reason";

    std::map<std::string, metrics::Counter, std::less<>> requests_;
};

/// The process's counters.
Counters& counters();

}  // namespace linka::sip
