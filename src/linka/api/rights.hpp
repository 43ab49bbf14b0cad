// Who may do what, and who sees what: the one place, asked by API, live API, push, files and
// figures. Decided from the user's role (roles.hpp) and the records alone; the conditions for the
// store's tables are made from the same data.
#pragma once

#include "linka/api/directory.hpp"
#include "linka/api/roles.hpp"
#include "linka/store/query.hpp"

namespace linka::api {

/// What is not read is as if it were not there.
bool may(const Records& records, const core::User& user, Module module, Operation operation);

/// Whether somebody has all that the role has beyond what every agent may, and so may give it, and
/// change who has it.
bool may_give(const Records& records, const core::User& giver, const Role& role);
/// Whether somebody has the device whose role they could not give.
bool is_of_those_above(const Records& records, const core::User& viewer, core::DeviceId device);

/// Queues that one has a right to; administrators all.
bool sees(const core::User& viewer, core::QueueId queue);

/// `full`: oneself, those who share a queue with their manager, and for administrators all.
/// `presence`: who shares a queue with a colleague: who they are and whether they are there.
enum class Sight { none, presence, full };
Sight sight_of(const core::User& viewer, const core::User& other);

/// Devices of those who are seen in full.
bool sees(const core::User& viewer, const Records& records, core::DeviceId device);

/// An activity, an offer, or an item that waits. `owner`: null for nobody.
struct Work {
    const core::User* owner = nullptr;
    core::QueueId queue;
    bool waits = false;  // it waits or rings, and so may be taken by whoever works in the queue
};

/// Seen, by somebody whose role reads queues, or devices.
bool reads(const Records& records, const core::User& viewer, core::QueueId queue);
bool reads(const Records& records, const core::User& viewer, core::DeviceId device);

/// Somebody, and how much of what goes on now, and of what went on, their role lets them read:
/// without the right to people, queues or work they see their own alone, as if there were no
/// others.
class Viewer {
  public:
    /// `user` as Records::as_held() gives them; never null.
    Viewer(const Records& records, std::shared_ptr<const core::User> user);

    [[nodiscard]] const core::User& user() const { return *user_; }
    [[nodiscard]] Sight sight_of(const core::User& other) const;
    [[nodiscard]] bool sees(core::QueueId queue) const;
    /// One's own; in one's queues what waits, for managers all; for managers also direct calls of
    /// those they see in full.
    [[nodiscard]] bool sees(const Work& work) const;
    /// A customer with whom nobody has spoken. `called`: whom they called directly; null: nobody.
    [[nodiscard]] bool sees_missed(core::QueueId queue, const core::User* called) const;
    /// Both see the same of the same contact centre.
    [[nodiscard]] bool sees_as(const Viewer& other) const;

  private:
    std::shared_ptr<const core::User> user_;
    Role role_;
};

/// Administrators everybody; managers those whom they see in full, but no administrator.
bool may_supervise(const Records& records, const core::User& viewer, const core::User& other);

/// Rows with a `user` and a `queue`, as Viewer::sees() says of work that does not wait.
store::Filter visible_rows(const core::User& viewer, const Records& records);
/// Of interactions: a call between colleagues is also the caller's, though its `user` is the one
/// who was called.
store::Filter visible_calls(const core::User& viewer, const Records& records);
/// Of recordings: managers need a right to the queue and to the user (voicemail has no user).
store::Filter audible_rows(const core::User& viewer, const Records& records);

}  // namespace linka::api
