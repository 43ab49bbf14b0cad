// A random company with random people, callers and accidents, all from one seed: whoever knows the
// seed can see the same again. Chance is drawn in the order in which things happen, so any change
// of the core changes what comes after; the fingerprint tells.
#pragma once

#include "sim/random/dice.hpp"
#include "sim/world.hpp"

#include <set>
#include <string>
#include <vector>

namespace linka::sim {

/// How this seed's world is: drawn once, so that seeds differ in kind and not only in detail.
struct Temper {
    Duration arrivals{};       // mean time between callers
    Duration patience{};       // of a caller who waits, at most
    Duration talk{};           // longest conversation
    int answers_percent = 70;  // of ringing phones that are picked up
    int answers_within = 15;   // seconds
    int refuses_percent = 3;   // calls that a phone refuses at once
    int gives_up_percent = 0;  // ringing phones that stop by themselves
    int drops_percent = 0;     // of answered phones that hang up at once
    int clumsy_percent = 0;    // inputs of people that make no sense
    int late_percent = 0;      // reports that come late or twice
    int trouble_percent = 0;   // chance of an accident each few seconds
    bool crashes = false;
    bool slow_disk = false;    // effects leave later than events are decided
    bool disk_faults = false;  // it refuses, hangs, or comes back only after a crash
    bool clock_faults = false;
};

class Town final : public Manners {
  public:
    struct Options {
        std::uint64_t seed = 1;
        Duration length = 4min;
        bool trace = false;
    };
    explicit Town(Options options);

    /// The whole day: opening, work, closing time, everybody home.
    void run();

    World& world() { return world_; }
    [[nodiscard]] int callers() const { return callers_; }
    [[nodiscard]] int restarts() const { return restarts_; }

    Duration latency() override;
    int refusal(const Wire& wire) override;
    Duration length(const std::vector<core::Sound>& sounds) override;
    bool answers_remotely(core::DeviceId device) override;
    void rang(const Wire& wire) override;

  private:
    // company.cpp
    void found_company();
    void found_queues();
    void found_users();
    void found_routes();
    core::Queue some_queue(core::QueueId id);
    core::DistributionMatrix some_matrix();
    void found_profiles();
    core::Profile some_profile(const std::string& name);
    core::Destination some_destination();
    std::string some_extension();
    /// Records of the founding must be taken.
    core::Reply set_up(const core::Input& input);
    void open_doors();

    // people.cpp
    void whim(core::UserId user);
    void whim_idle(core::UserId user, const UserEntry& entry);
    void whim_on_call(core::UserId user, core::ActivityId work);
    void whim_after_call(core::UserId user, core::ActivityId work);
    void whim_clumsy(core::UserId user);
    void take_anything(core::UserId user);
    std::string some_number();

    // callers.cpp
    void next_caller();
    void behave(core::LegId leg, Instant gives_up);
    void phone_calls();

    // writers.cpp
    void found_writing();
    void next_writer();
    void behave(core::ConversationId writer, Instant gives_up);
    bool whim_writing(core::UserId user);

    // accidents.cpp
    void accident();
    void crash();
    void restart(const World::Crash& crash);
    void phone_vanishes();
    void stray_report();
    void administrator();
    void edit_routing();
    void save_hours();
    [[nodiscard]] core::TimeGroupId time_group() const;
    std::vector<Duration> tamper(const core::Input& input, Duration delay);

    // faults.cpp
    void fault();
    void disk_fault();
    void clock_fault();
    void heal();
    void serve_again();

    void close_doors();
    Duration seconds(std::int64_t low, std::int64_t high) {
        return std::chrono::milliseconds{dice_.between(low * 1000, high * 1000)};
    }

    Options options_;
    Dice dice_;
    Dice faults_;   // a die of its own: the stories are those without faults, up to the first
    Dice matrix_;   // likewise: until another matrix matters
    Dice writers_;  // likewise, in companies where nobody writes
    Dice rules_;    // likewise, in companies without profiles
    Dice sandbox_;  // likewise: until routing is edited
    Temper temper_;
    World world_;
    std::vector<core::UserId> users_;
    std::vector<core::DeviceId> devices_;
    std::set<core::DeviceId> unreachable_;
    std::vector<core::QueueId> queues_;
    std::vector<core::QueueId> written_;  // queues in which people write; none: nobody does
    std::int64_t conversations_ = 0;
    std::vector<core::ProfileId> profiles_;
    std::vector<core::MenuId> menus_;
    std::vector<std::pair<core::RouteId, std::string>> routes_;  // rules, and their numbers
    std::vector<std::string> numbers_;                           // that can be dialled from outside
    std::vector<std::string> pauses_;
    bool open_ = true;
    std::uint64_t disk_faults_ = 0;  // the newest; an older one no longer ends
    int callers_ = 0;
    int restarts_ = 0;
};

}  // namespace linka::sim
