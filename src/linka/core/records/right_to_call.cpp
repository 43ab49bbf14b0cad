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
    return rule.size() <= limits::call_rule_bytes_max && is_pattern(pattern_of(rule));
}

bool may_call(const RightToCall& right, std::string_view number, std::string_view country) {
    const std::vector<std::string> forms = forms_of(number, country);
    const std::string own = "00" + std::string(country);
    const bool at_home = std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
        return std::find(forms.begin(), forms.end(), own + form) != forms.end();
    });
    const auto fits = [&](const std::string& rule) {
        const std::string_view pattern = pattern_of(rule);
        const bool names_country =
            pattern.substr(pattern.starts_with('_') ? 1 : 0).starts_with(own);
        return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
            // What begins with 00 is abroad to whoever writes a rule, unless it names the country.
            const bool counts = !at_home || names_country || !form.starts_with(own);
            return counts && matches(pattern, form);
        });
    };
    const auto first = std::find_if(right.rules.begin(), right.rules.end(), fits);
    return first != right.rules.end() && !first->starts_with('!');
}

}  // namespace linka::core
