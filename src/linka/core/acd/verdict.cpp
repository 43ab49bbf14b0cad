#include "linka/core/acd/verdict.hpp"

#include <array>
#include <utility>

namespace linka::core {

namespace {

constexpr std::array<std::pair<char, std::string_view>, 19> rules{{
    {verdict::chosen, "chosen"},
    {verdict::eligible, "eligible"},
    {verdict::back_office, "back_office"},
    {verdict::deactivated, "deactivated"},
    {verdict::logged_out, "not_logged_in"},
    {verdict::not_in_queue, "not_in_queue"},
    {verdict::not_ready, "not_ready"},
    {verdict::wrap, "wrap"},
    {verdict::paused, "paused"},
    {verdict::no_device, "no_device"},
    {verdict::unreachable, "device_not_registered"},
    {verdict::device_failed, "device_failed"},
    {verdict::on_call, "on_call"},
    {verdict::ringing, "ringing"},
    {verdict::working, "working"},
    {verdict::matrix, "matrix"},
    {verdict::capacity, "at_capacity"},
    {verdict::penalty, "penalty"},
    {verdict::had_it, "had_it"},
}};

}  // namespace

std::string_view verdict_rule(char verdict) {
    for (const auto& [letter, name] : rules) {
        if (letter == verdict) {
            return name;
        }
    }
    return {};
}

std::vector<CandidateVerdict> expand(const Decided& decided) {
    std::vector<CandidateVerdict> out;
    out.reserve(decided.verdicts.size());
    for (const IdRange& range : decided.candidates) {
        for (std::int64_t id = range.first; id <= range.last; ++id) {
            if (out.size() == decided.verdicts.size()) {
                return out;
            }
            out.push_back({UserId{id}, verdict_rule(decided.verdicts[out.size()])});
        }
    }
    return out;
}

std::vector<IdRange> pack(const std::vector<UserId>& users) {
    std::vector<IdRange> out;
    for (const UserId user : users) {
        if (!out.empty() && out.back().last + 1 == user.value) {
            out.back().last = user.value;
        } else {
            out.push_back({user.value, user.value});
        }
    }
    return out;
}

}  // namespace linka::core
