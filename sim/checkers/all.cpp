#include "sim/checker.hpp"

namespace linka::sim {

Checkers all_checkers() {
    Checkers checkers;
    checkers.push_back(journal_checker());
    checkers.push_back(place_checker());
    checkers.push_back(offer_checker());
    checkers.push_back(capacity_checker());
    checkers.push_back(transfer_checker());
    checkers.push_back(idle_checker());
    checkers.push_back(turn_checker());
    checkers.push_back(figures_checker());
    checkers.push_back(time_checker());
    checkers.push_back(leg_checker());
    checkers.push_back(call_checker());
    checkers.push_back(activity_checker());
    checkers.push_back(audio_checker());
    checkers.push_back(recording_checker());
    checkers.push_back(session_checker());
    checkers.push_back(stats_checker());
    return checkers;
}

}  // namespace linka::sim
