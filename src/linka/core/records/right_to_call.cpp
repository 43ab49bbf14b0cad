#include "linka/core/records/right_to_call.hpp"

#include "linka/core/records/limits.hpp"
#include "linka/core/records/pattern.hpp"
#include "linka/core/voice/number.hpp"

#include <algorithm>

namespace linka::core {

namespace {

std::string_view pattern_of(std::string_view rule) {
    return rule.starts_with('!') ? rule.substr(1) : rule;
}

}  // namespace

bool is_call_rule(std::string_view rule) {
    const std::string_view pattern = pattern_of(rule);
    if (pattern.empty() || rule.size() > limits::call_rule_bytes_max) {
        return false;
    }
    if (pattern.starts_with('_')) {
        return pattern.find_first_not_of("0123456789XZN[-].", 1) == std::string_view::npos &&
               is_pattern(pattern);
    }
    return pattern.find_first_not_of("0123456789") == std::string_view::npos;
}

bool may_call(const RightToCall& right, std::string_view number, std::string_view country) {
    const std::vector<std::string> forms = forms_of(number, country);
    const auto fits = [&](const std::string& rule) {
        return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
            return matches(pattern_of(rule), form);
        });
    };
    const auto first = std::find_if(right.rules.begin(), right.rules.end(), fits);
    return first != right.rules.end() && !first->starts_with('!');
}

}  // namespace linka::core
