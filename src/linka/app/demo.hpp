// The demo company: always the same users, devices, queues and numbers, so that a newcomer and the
// documentation mean the same. And the little that an empty instance needs as well.
#pragma once

#include "linka/base/result.hpp"
#include "linka/core/core.hpp"
#include "linka/core/state.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace linka::app {

/// Gives an input to the core and has its answer.
using Apply = std::function<core::Reply(const core::Input&)>;

struct Seeded {
    std::map<std::string, std::string> passwords;      // user name → clear text
    std::map<std::string, std::string> sip_passwords;  // device name → clear text
};

/// What the work of the demo's queues can be closed with.
struct DemoStatus {
    std::string name;
    std::string title;
    std::string color;
};
std::vector<DemoStatus> demo_statuses();

/// The pauses that the system itself starts, and the settings of a new instance.
Status seed_base(const Apply& apply);
/// On top of the base: the company of docs/demo.md.
Result<Seeded> seed_demo(const Apply& apply);
/// On top of the base: one administrator, `admin`, extension 500, without a password.
Status seed_empty(const Apply& apply);

}  // namespace linka::app
