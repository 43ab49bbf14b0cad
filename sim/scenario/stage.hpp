// Where a scenario is played: the company so far, who is who by name, and the phones, which do
// nothing by themselves except ring, play prompts for their length and hang up when told.
#pragma once

#include "sim/world.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::sim {

class Stage final : public Manners {
  public:
    Stage();

    World& world() { return world_; }
    [[nodiscard]] const Ledger& ledger() const { return world_.ledger(); }
    [[nodiscard]] const Exchange& exchange() const { return world_.exchange(); }

    /// The day on which every scenario plays.
    static Instant midnight();

    /// Applies an input; the reply is kept for `last_reply`.
    const core::Reply& apply(const core::Input& input);
    [[nodiscard]] const core::Reply& last_reply() const { return reply_; }
    void forget_reply() { reply_ = {}; }

    // Who is who. A user answers to title, name and extension.
    [[nodiscard]] std::optional<core::UserId> user(std::string_view who) const;
    [[nodiscard]] std::optional<core::DeviceId> device(std::string_view who) const;
    /// The device of that name, made (a SIP phone that is there; an external one if it has nine
    /// digits or more) if there is none yet.
    core::DeviceId device_or_new(const std::string& name);
    /// The newest living leg of a caller, device or outside number; else its newest.
    [[nodiscard]] std::optional<core::LegId> leg(std::string_view who) const;
    /// All living legs of a user, caller, device or outside number.
    [[nodiscard]] std::vector<core::LegId> living_legs(std::string_view who) const;
    [[nodiscard]] bool rings(std::string_view who) const;
    /// The call that a caller's newest leg is in.
    [[nodiscard]] std::optional<core::CallId> call_of(std::string_view who) const;

    /// A caller from outside. `number` empty: the one they have, or a fresh one.
    void call_in(const std::string& who, const std::string& number, const std::string& dialled);
    void call_from_device(core::DeviceId device, const std::string& dialled);
    /// The conversation of somebody who writes; made if they have not written yet.
    core::ConversationId conversation(const std::string& who) {
        return conversations_.try_emplace(who, static_cast<std::int64_t>(conversations_.size()) + 1)
            .first->second;
    }
    [[nodiscard]] bool writes(std::string_view who) const { return conversations_.count(who) > 0; }
    /// Their newest interaction in writing; null if there is none.
    [[nodiscard]] const InteractionEntry* written(std::string_view who) const;
    [[nodiscard]] bool is_caller(std::string_view who) const;

    core::User& user_record(core::UserId id) { return users_[id]; }
    core::Queue& queue_record(core::QueueId id) { return queues_[id]; }
    core::Device& device_record(core::DeviceId id) { return devices_[id]; }
    [[nodiscard]] bool has_queue(core::QueueId id) const { return queues_.count(id) > 0; }
    std::optional<core::MenuId> menu(std::string_view title) const;
    void remember_menu(const std::string& title, core::MenuId id) { menus_[title] = id; }

    /// Saves a record through the core and remembers it, if the core takes it (see last_reply).
    void save(core::User user);
    void save(const core::Queue& queue);
    void save(core::Device device);

    void set_prompt_length(Duration length) { prompt_length_ = length; }
    void set_refusal(core::DeviceId device, int status) { refusals_[device] = status; }
    void set_remote(core::DeviceId device, bool can) { remote_[device] = can; }
    void set_reachable(core::DeviceId device, bool reachable);

    Duration latency() override { return Duration{0}; }
    int refusal(const Wire& wire) override;
    Duration length(const std::vector<core::Sound>& sounds) override;
    bool answers_remotely(core::DeviceId device) override;
    void rang(const Wire&) override {}

  private:
    void furnish();

    std::map<core::UserId, core::User> users_;
    std::map<core::QueueId, core::Queue> queues_;
    std::map<core::DeviceId, core::Device> devices_;
    std::map<std::string, core::MenuId, std::less<>> menus_;
    std::map<std::string, std::string, std::less<>> callers_;  // name to number
    std::map<std::string, core::LegId, std::less<>> caller_legs_;
    std::map<std::string, core::ConversationId, std::less<>> conversations_;
    std::map<core::DeviceId, int> refusals_;
    std::map<core::DeviceId, bool> remote_;
    std::map<core::DeviceId, bool> reachable_;
    Duration prompt_length_ = 3s;
    core::Reply reply_;
    World world_;
};

}  // namespace linka::sim
