// Roles: which modules somebody may create, read, update and delete in, and how far they see. The
// built-in ones are the core's accesses; others are records (v6/models/roles.cpp), each of which
// sees as far as one of the accesses, so that the core need not know them.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/json_read.hpp"
#include "linka/core/records/records.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api {

enum class Module {
    users,
    devices,
    queues,
    pauses,
    statuses,
    groups,
    roles,
    rights_to_call,
    profiles,
    routing,  // where calls go
    trunks,   // ways to the public network, with what a provider charges for
    settings,
    change_log,
    activities,  // work and calls of others; one's own is everybody's own business
    queue_figures,
    supervision,      // logging others out, calling in their name
    demo_background,  // simulated customers
    demo,             // the demo as a whole
    operations        // what only those who run the server need to know
};
LINKA_DESCRIBE_ENUM(Module, users, devices, queues, pauses, statuses, groups, roles, rights_to_call,
                    profiles, routing, trunks, settings, change_log, activities, queue_figures,
                    supervision, demo_background, demo, operations)
inline constexpr std::size_t module_count = static_cast<std::size_t>(Module::operations) + 1;

enum class Operation { create, read, update, remove };
LINKA_DESCRIBE_ENUM(Operation, create, read, update, remove)

/// What may be done in each module.
class Grants {
  public:
    [[nodiscard]] bool has(Module module, Operation operation) const {
        return (bits_[static_cast<std::size_t>(module)] & bit(operation)) != 0;
    }
    void add(Module module, Operation operation) {
        bits_[static_cast<std::size_t>(module)] |= bit(operation);
    }
    [[nodiscard]] Grants with(const Grants& other) const {
        Grants both = *this;
        for (std::size_t i = 0; i < module_count; ++i) {
            both.bits_[i] |= other.bits_[i];
        }
        return both;
    }
    /// Nothing is in the other that is not here.
    [[nodiscard]] bool cover(const Grants& other) const {
        for (std::size_t i = 0; i < module_count; ++i) {
            if ((other.bits_[i] & ~bits_[i]) != 0) {
                return false;
            }
        }
        return true;
    }
    bool operator==(const Grants&) const = default;

  private:
    static unsigned bit(Operation operation) { return 1U << static_cast<unsigned>(operation); }
    std::array<unsigned, module_count> bits_{};
};

struct Role {
    std::string name;
    std::string title;  // of one's own; the built-in ones are called by their access
    core::Access access = core::Access::agent;  // sees as far as that
    Grants grants;
    bool operator==(const Role&) const = default;
};

/// How far somebody sees: everything, what their queues hold, their own.
enum class Reach { own, queues, everything };
LINKA_DESCRIBE_ENUM(Reach, own, queues, everything)
Reach reach_of(core::Access access);
core::Access access_of(Reach reach);

const Role& built_in_role(core::Access access);
/// What something asks for, of a module.
const std::vector<Operation>& asked_in(Module module);

/// From a record of the model roles, as it is stored. Who may change something may read it, too,
/// where reading is asked for.
Role role_from(const json::Object& record);
/// The name of the role that somebody has instead of a built-in one; empty: they have none.
std::string own_role_of(const core::User& user);
void set_own_role(core::User& user, std::string_view name);

}  // namespace linka::api
