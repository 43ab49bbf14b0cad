// `linka doctor`: one line a finding, with the mend. Looks; changes nothing.
#include "linka/app/address.hpp"
#include "linka/app/commands.hpp"
#include "linka/app/findings.hpp"
#include "linka/app/health.hpp"

#include <cstdio>
#include <string>

namespace linka::app {

int doctor(const ServeOptions& options) {
    Findings findings;
    const bool running = find_server(findings, options);
    if (!running) {
        find_ports(findings, options);
    }
    find_database(findings, options);
    find_certificates(findings, options);
    find_clock(findings);
    find_disk(findings, options);
    find_programs(findings);
    find_codecs(findings);
    find_packets(findings);
    find_trunks(findings, options);
    for (const Finding& finding : findings) {
        std::printf("%-5s %s%s%s\n", finding.ok ? "ok" : "MEND", finding.what.c_str(),
                    finding.mend.empty() ? "" : ": ", finding.mend.c_str());
    }
    for (const Finding& finding : findings) {
        if (!finding.ok) {
            return 1;
        }
    }
    return 0;
}

}  // namespace linka::app
