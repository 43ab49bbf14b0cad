// What the doctor asks of codecs and trunks: it runs the worker program and speaks to the peers.
#include "linka/app/address.hpp"
#include "linka/app/findings.hpp"
#include "linka/base/text.hpp"
#include "linka/core/core.hpp"
#include "linka/core/state.hpp"
#include "linka/runtime/process.hpp"
#include "linka/sip/probe.hpp"
#include "linka/store/store.hpp"

namespace linka::app {

namespace {

// Empty where there is none, or none that can be read: others say so.
core::State state_in(const store::Place& place) {
    core::State state;
    const auto loaded = store::look_at_journal(place);
    if (!loaded || (!loaded->snapshot.empty() && !core::load_state(state, loaded->snapshot))) {
        return {};
    }
    for (const core::Record& record : loaded->events) {
        core::evolve(state, record);
    }
    return state;
}

}  // namespace

void find_codecs(Findings& findings) {
    runtime::Command command;
    command.arguments = {program_directory() + "/linka-media", "--codecs"};
    const auto output = runtime::run_program(command);
    if (!output || !output->exit.ok()) {
        findings.push_back(
            {false, "codecs: linka-media does not run", "build again: ./run --build-only"});
        return;
    }
    findings.push_back({true, text::format("codecs: {}", text::trim(output->out)), {}});
}

void find_packets(Findings& findings) {
    runtime::Command command;
    command.arguments = {program_directory() + "/linka-media", "--packets"};
    const auto output = runtime::run_program(command);
    if (!output) {
        return;  // find_codecs() has said so
    }
    const std::string way = text::format("packets of sound: {}", text::trim(output->out));
    if (output->exit.ok()) {
        findings.push_back({true, way, {}});
    } else {
        findings.push_back({true, way,
                            "calls take more of the processor; Linux 6.1 with "
                            "kernel.io_uring_disabled=0, and a container that allows it, have it"});
    }
}

void find_trunks(Findings& findings, const ServeOptions& options) {
    const core::State state = state_in({options.data, options.database});
    if (state.trunks.empty()) {
        findings.push_back({true, "trunks: none yet", {}});
    }
    for (const auto& [id, trunk] : state.trunks) {
        if (trunk.deactivated || trunk.host.empty()) {
            continue;
        }
        const std::string place =
            text::format("trunk {} at {}:{}", trunk.name, trunk.host, trunk.port);
        const std::string trouble =
            sip::probe(trunk.host, trunk.port, static_cast<sip::Transport>(trunk.transport), 2s);
        findings.push_back(
            {trouble.empty(), text::format("{}: {}", place, trouble.empty() ? "answers" : trouble),
             trouble.empty()
                 ? ""
                 : "check address, port and firewall; calls out fail until it answers"});
    }
}

}  // namespace linka::app
