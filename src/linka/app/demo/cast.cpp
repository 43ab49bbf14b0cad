#include "linka/app/demo/cast.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <array>

namespace linka::app {
namespace {

constexpr std::array<Customer, 20> all_customers{{
    {"702555101", "Šárka Veselá", "Emma Clarke", "sarka"},
    {"702555102", "Milan Horák", "Michael Harris", "milan"},
    {"702555103", "Alena Králová", "Alice King", "alena"},
    {"702555104", "Radek Pokorný", "Ryan Parker", "radek"},
    {"702555105", "Věra Novotná", "Vera Newman", "vera"},
    {"702555106", "Tomáš Beneš", "Thomas Bennett", "tomas"},
    {"702555107", "Ivana Marková", "Irene Marsh", "sarka"},
    {"702555108", "Josef Kučera", "Joseph Cook", "milan"},
    {"702555109", "Lenka Procházková", "Laura Price", "alena"},
    {"702555110", "David Urban", "David Turner", "radek"},
    {"702555111", "Hana Fialová", "Hannah Foster", "vera"},
    {"702555112", "Pavel Sedlák", "Paul Shaw", "tomas"},
    {"702555113", "Monika Bartošová", "Monica Barton", "sarka"},
    {"702555114", "Zdeněk Kolář", "Simon Cole", "milan"},
    {"702555115", "Jitka Vlčková", "Julia Wolfe", "alena"},
    {"702555116", "Roman Kříž", "Roger Cross", "radek"},
    {"702555117", "Dana Šimková", "Diana Simmons", "vera"},
    {"702555118", "Karel Blažek", "Charles Blake", "tomas"},
    {"702555119", "Eliška Jandová", "Elizabeth Jones", "sarka"},
    {"702555120", "Vít Soukup", "Victor Stone", "milan"},
}};

constexpr std::array<Colleague, 4> all_colleagues{{
    {"lucie", "Lucie Adamová", "530", "340", "lucie"},
    {"ondrej", "Ondřej Hájek", "531", "341", "ondrej"},
    {"klara", "Klára Zemanová", "532", "342", "lucie"},
    {"marek", "Marek Doležal", "533", "343", "ondrej"},
}};

/// A prompt after a pause.
struct Line {
    std::string_view name;
    int pause_ms;
};

std::vector<media::PlayItem> lines_of(std::string_view voice, std::string_view language,
                                      std::span<const Line> lines, int pace) {
    std::vector<media::PlayItem> items;
    for (const Line& line : lines) {
        // A fifth of the pause for each step of the pace, in whole tenths of a second.
        const int pause = line.pause_ms + line.pause_ms / 5 * pace / 100 * 100;
        items.push_back({"silence", std::to_string(pause), {}});
        items.push_back({"prompt", text::format("{}_{}", voice, line.name), std::string(language)});
    }
    items.push_back({"silence", "400", {}});
    return items;
}

}  // namespace

std::span<const Customer> customers() {
    return all_customers;
}

std::span<const Colleague> colleagues() {
    return all_colleagues;
}

std::vector<media::PlayItem> customer_lines(const Customer& customer, std::string_view language,
                                            int pace) {
    constexpr std::array<Line, 5> lines{
        {{"hello", 500}, {"reason", 3000}, {"more", 5500}, {"thanks", 4500}, {"bye", 2000}}};
    return lines_of(customer.voice, language, lines, pace);
}

std::vector<media::PlayItem> called_lines(const Customer& customer, std::string_view language) {
    constexpr std::array<Line, 3> lines{{{"hello", 300}, {"thanks", 12000}, {"bye", 6000}}};
    return lines_of(customer.voice, language, lines, 0);
}

std::vector<media::PlayItem> farewell_lines(const Customer& customer, std::string_view language) {
    constexpr std::array<Line, 1> lines{{{"bye", 300}}};
    return lines_of(customer.voice, language, lines, 0);
}

std::vector<media::PlayItem> colleague_lines(const Colleague& colleague,
                                             std::string_view language) {
    // In the pauses of a customer, and a long silence at the end for one who has more to say.
    constexpr std::array<Line, 4> lines{
        {{"hello", 300}, {"sure", 9000}, {"found", 6000}, {"done", 8000}}};
    auto items = lines_of(colleague.voice, language, lines, 0);
    items.push_back({"silence", "20000", {}});
    return items;
}

const Customer* customer_of(const core::Call& call) {
    if (call.trunk != public_trunk) {
        return nullptr;
    }
    const auto* found = std::find_if(
        all_customers.begin(), all_customers.end(),
        [&](const Customer& customer) { return call.caller.ends_with(customer.number); });
    return found == all_customers.end() ? nullptr : found;
}

const core::Call* call_of(const core::State& state, const Customer& customer) {
    for (const auto& [id, call] : state.calls) {
        if (customer_of(call) == &customer) {
            return &call;
        }
    }
    return nullptr;
}

bool is_colleagues_phone(std::string_view device) {
    return std::any_of(all_colleagues.begin(), all_colleagues.end(),
                       [&](const Colleague& colleague) { return colleague.device == device; });
}

}  // namespace linka::app
