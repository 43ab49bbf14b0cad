// A rule that must always hold, watched from outside. Each checker sees every event, and looks
// again after every input and at the end, when all people have gone home. Checkers keep their own
// books and never ask the core: two that make the same mistake would agree.
#pragma once

#include "linka/core/core.hpp"
#include "sim/exchange.hpp"
#include "sim/ledger.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace linka::sim {

/// What a checker may look at. `state` only to call the core's public questions with.
struct Moment {
    const Ledger& ledger;
    const Exchange& exchange;
    const core::State& state;
    Instant now;
    bool effects_pending = false;  // the network has not yet heard of everything
};

class Checker {
  public:
    virtual ~Checker() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;
    /// `ledger` has the event already. After a restart a fresh checker sees the journal again.
    virtual void see(const core::Record& record, const Ledger& ledger) {
        static_cast<void>(record);
        static_cast<void>(ledger);
    }
    /// After each input.
    virtual void settled(const Moment& moment) { static_cast<void>(moment); }
    /// At the very end: nobody is logged in, no phone rings.
    virtual void finished(const Moment& moment) { static_cast<void>(moment); }

    /// Takes what was found since the last time.
    std::vector<std::string> take() { return std::exchange(found_, {}); }

  protected:
    void violated(std::string what) { found_.push_back(std::move(what)); }

  private:
    std::vector<std::string> found_;
};

using Checkers = std::vector<std::unique_ptr<Checker>>;

std::unique_ptr<Checker> journal_checker();
std::unique_ptr<Checker> place_checker();
std::unique_ptr<Checker> offer_checker();
std::unique_ptr<Checker> capacity_checker();
std::unique_ptr<Checker> transfer_checker();
std::unique_ptr<Checker> idle_checker();
std::unique_ptr<Checker> turn_checker();
std::unique_ptr<Checker> figures_checker();
std::unique_ptr<Checker> time_checker();
std::unique_ptr<Checker> leg_checker();
std::unique_ptr<Checker> call_checker();
std::unique_ptr<Checker> activity_checker();
std::unique_ptr<Checker> audio_checker();
std::unique_ptr<Checker> recording_checker();
std::unique_ptr<Checker> session_checker();
std::unique_ptr<Checker> stats_checker();

/// One of each.
Checkers all_checkers();

}  // namespace linka::sim
