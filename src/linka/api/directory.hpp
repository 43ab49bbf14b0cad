// Directory: users, devices, queues and pauses as the API's own threads see them, so that a
// request is judged without asking the core. A copy that follows the journal's events at once.
#pragma once

#include "linka/api/roles.hpp"
#include "linka/core/state.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api {

/// Never changes once published; records are shared between successive versions.
struct Records {
    template <typename Id, typename T>
    using Table = std::map<Id, std::shared_ptr<const T>>;
    Table<core::UserId, core::User> users;
    Table<core::DeviceId, core::Device> devices;
    Table<core::QueueId, core::Queue> queues;
    Table<core::PauseId, core::Pause> pauses;
    Table<core::RightToCallId, core::RightToCall> rights_to_call;
    Table<core::ProfileId, core::Profile> profiles;  // beside the built-in
    Table<core::TrunkId, core::Trunk> trunks;
    Table<core::PromptId, core::Prompt> prompts;      // beside the system's
    std::shared_ptr<const core::Settings> settings =  // never null
        std::make_shared<const core::Settings>();
    std::shared_ptr<const core::Routing> routing = std::make_shared<const core::Routing>();
    /// The sandbox, in which routing is edited. Neither of them is ever null.
    std::shared_ptr<const core::Routing> draft = std::make_shared<const core::Routing>();
    std::map<std::string, std::shared_ptr<const Role>, std::less<>> roles;  // beside the built-in
    std::uint64_t roles_version = 0;  // another with each change of them
    std::string version_key;          // versions of records say nothing of them without it

    [[nodiscard]] std::shared_ptr<const core::User> user(core::UserId id) const;
    [[nodiscard]] std::shared_ptr<const core::User> user(std::string_view name) const;
    [[nodiscard]] std::shared_ptr<const core::Device> device(core::DeviceId id) const;
    [[nodiscard]] std::shared_ptr<const core::Device> device(std::string_view name) const;
    [[nodiscard]] std::shared_ptr<const core::Queue> queue(core::QueueId id) const;
    [[nodiscard]] std::shared_ptr<const core::Pause> pause(core::PauseId id) const;
    [[nodiscard]] std::shared_ptr<const core::Pause> pause(std::string_view name) const;
    [[nodiscard]] std::shared_ptr<const core::RightToCall> right_to_call(
        core::RightToCallId id) const;
    [[nodiscard]] std::shared_ptr<const core::RightToCall> right_to_call(
        std::string_view name) const;
    [[nodiscard]] std::shared_ptr<const core::Profile> profile(core::ProfileId id) const;
    [[nodiscard]] std::shared_ptr<const core::Profile> profile(std::string_view name) const;
    [[nodiscard]] std::shared_ptr<const core::Trunk> trunk(std::string_view name) const;
    [[nodiscard]] std::shared_ptr<const core::Prompt> prompt(std::string_view name) const;
    /// What somebody may do. Whose own role is gone has what agents have.
    [[nodiscard]] const Role& role(const core::User& user) const;
    /// Somebody as they are to be judged: whose own role is gone sees as far as agents do.
    [[nodiscard]] std::shared_ptr<const core::User> as_held(
        std::shared_ptr<const core::User> user) const;
};

class Directory {
  public:
    /// From a whole state; on the core's thread.
    void load(const core::State& state);
    /// Follows a batch, after which the state is this; on the core's thread.
    void follow(const core::State& state, const std::vector<core::Record>& records);
    /// All roles that are no built-in ones. Thread-safe.
    void set_roles(const std::vector<Role>& roles);
    /// Once, before other threads are there.
    void set_version_key(std::string key);
    /// `changed` is called after each change of them, on the thread that makes it. Set it before
    /// other threads are there.
    void on_roles(std::function<void()> changed) { roles_changed_ = std::move(changed); }
    /// Thread-safe. Never null.
    [[nodiscard]] std::shared_ptr<const Records> now() const;

  private:
    std::function<void()> roles_changed_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Records> records_ = std::make_shared<const Records>();
};

}  // namespace linka::api
