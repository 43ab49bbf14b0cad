#include "linka/core/records/pattern.hpp"

#include "linka/core/records/limits.hpp"

#include <algorithm>
#include <tuple>

#include <climits>

namespace linka::core {

namespace {

bool between(char c, char low, char high) {
    return c >= low && c <= high;
}

// Is `c` in the set, the text between the brackets?
bool in_set(std::string_view set, char c) {
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i + 2 < set.size() && set[i + 1] == '-') {
            if (between(c, set[i], set[i + 2])) {
                return true;
            }
            i += 2;
        } else if (set[i] == c) {
            return true;
        }
    }
    return false;
}

bool is_digit(char c) {
    return between(c, '0', '9');
}

// Digits and ranges of them between brackets; a range has two ends, the lesser first.
bool is_set(std::string_view set) {
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (!is_digit(set[i])) {
            return false;
        }
        if (i + 1 < set.size() && set[i + 1] == '-') {
            if (i + 2 >= set.size() || !is_digit(set[i + 2]) || set[i] > set[i + 2]) {
                return false;
            }
            i += 2;
        }
    }
    return !set.empty();
}

bool fits(char symbol, char c) {
    switch (symbol) {
        case 'X':
            return is_digit(c);
        case 'Z':
            return between(c, '1', '9');
        case 'N':
            return between(c, '2', '9');
        default:
            return symbol == c;
    }
}

// How good a fit is: exact above every pattern, longer literal prefixes above shorter, any last;
// -1: no fit.
int score(std::string_view rule, std::string_view number) {
    if (!matches(rule, number)) {
        return rule.empty() ? 0 : -1;
    }
    if (!rule.starts_with('_')) {
        return INT_MAX;
    }
    int literal = 1;
    for (const char c : rule.substr(1)) {
        if (c == 'X' || c == 'Z' || c == 'N' || c == '[' || c == '.') {
            break;
        }
        ++literal;
    }
    return literal;
}

}  // namespace

bool matches(std::string_view pattern, std::string_view number) {
    if (pattern.empty() || pattern[0] != '_') {
        return !pattern.empty() && pattern == number;
    }
    std::size_t at = 0;
    for (std::size_t i = 1; i < pattern.size(); ++i) {
        if (at >= number.size()) {
            return false;
        }
        if (pattern[i] == '.') {
            return true;
        }
        if (pattern[i] == '[') {
            const std::size_t end = pattern.find(']', i);
            if (end == std::string_view::npos ||
                !in_set(pattern.substr(i + 1, end - i - 1), number[at])) {
                return false;
            }
            i = end;
        } else if (!fits(pattern[i], number[at])) {
            return false;
        }
        ++at;
    }
    return at == number.size();
}

bool is_pattern(std::string_view pattern) {
    if (pattern.size() > limits::call_rule_bytes_max) {
        return false;
    }
    if (!pattern.starts_with('_')) {
        return !pattern.empty() && std::all_of(pattern.begin(), pattern.end(), is_digit);
    }
    for (std::size_t i = 1; i < pattern.size(); ++i) {
        if (pattern[i] == '[') {
            const std::size_t end = pattern.find(']', i);
            if (end == std::string_view::npos || !is_set(pattern.substr(i + 1, end - i - 1))) {
                return false;
            }
            i = end;
        } else if (pattern[i] == '.') {
            return i + 1 == pattern.size();
        } else if (!is_digit(pattern[i]) &&
                   std::string_view("XZN").find(pattern[i]) == std::string_view::npos) {
            return false;  // a bracket that closes nothing, too
        }
    }
    return pattern.size() > 1;
}

const Route* best_route(const std::map<RouteId, Route>& routes, std::string_view did,
                        const std::vector<std::string>& callers) {
    const Route* best = nullptr;
    std::tuple<int, int, int> best_score;
    for (const auto& [id, route] : routes) {
        const int by_did = score(route.did, did);
        int by_caller = -1;
        for (const std::string& caller : callers) {
            by_caller = std::max(by_caller, score(route.caller, caller));
        }
        if (route.deactivated || by_did < 0 || by_caller < 0) {
            continue;
        }
        const std::tuple<int, int, int> found{by_did, by_caller, -route.position};
        if (best == nullptr || found > best_score) {
            best = &route;
            best_score = found;
        }
    }
    return best;
}

}  // namespace linka::core
