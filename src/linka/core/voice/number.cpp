#include "linka/core/voice/number.hpp"

#include <algorithm>
#include <array>

namespace linka::core {

namespace {

// Czech numbers have nine digits (annex 1 of decree 117/2007 Sb.), and so have those of most
// neighbours with one national length.
constexpr std::size_t national_digits = 9;
constexpr std::array<std::string_view, 8> withheld{
    "anonymous", "private", "blocked", "unknown", "restricted", "unavailable", "withheld", "none"};

bool is_withheld(std::string_view written) {
    std::string lower(written);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return std::find(withheld.begin(), withheld.end(), lower) != withheld.end();
}

}  // namespace

std::string normal_number(std::string_view written, std::string_view country) {
    if (is_withheld(written)) {
        return {};
    }
    std::string digits;
    bool international = false;
    for (const char c : written) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (c == '+' && digits.empty() && !international) {
            international = true;
        } else if (std::string_view(" -()/.\t").find(c) == std::string_view::npos) {
            return std::string(written);
        }
    }
    if (international) {
        return digits.empty() ? std::string(written) : "00" + digits;
    }
    if (digits.starts_with("00")) {
        return digits;
    }
    if (digits.size() == national_digits) {
        return "00" + std::string(country) + digits;
    }
    if (digits.starts_with(country) && digits.size() == country.size() + national_digits) {
        return "00" + digits;
    }
    return digits;
}

std::vector<std::string> forms_of(std::string_view written, std::string_view country) {
    std::vector<std::string> forms{std::string(written)};
    const std::string normal = normal_number(written, country);
    const std::string own = "00" + std::string(country);
    if (normal != written) {
        forms.push_back(normal);
    }
    if (normal.starts_with(own) && normal.size() == own.size() + national_digits) {
        forms.push_back(normal.substr(own.size()));
    }
    return forms;
}

}  // namespace linka::core
