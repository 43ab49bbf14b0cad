// The examinations of `linka doctor`, one function each.
#pragma once

#include "linka/app/options.hpp"

#include <string>
#include <vector>

namespace linka::app {

struct Finding {
    bool ok = true;
    std::string what;
    std::string mend;  // what to do; empty when all is well
};
using Findings = std::vector<Finding>;

/// Whether a server holds the data directory; says so.
bool find_server(Findings& findings, const ServeOptions& options);
void find_database(Findings& findings, const ServeOptions& options);
/// Each port that the server would need, and whether it is free.
void find_ports(Findings& findings, const ServeOptions& options);
void find_certificates(Findings& findings, const ServeOptions& options);
/// NTP, as the system reports it; figures and certificates need a right clock.
void find_clock(Findings& findings);
void find_disk(Findings& findings, const ServeOptions& options);
/// linka-media, the prompts.
void find_programs(Findings& findings);
void find_codecs(Findings& findings);
/// Whether packets of sound go through io_uring; no fault if not, but dearer.
void find_packets(Findings& findings);
/// Each trunk that calls out can go by answers an OPTIONS over its transport.
void find_trunks(Findings& findings, const ServeOptions& options);

}  // namespace linka::app
