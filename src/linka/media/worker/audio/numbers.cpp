#include "linka/media/worker/audio/numbers.hpp"

#include "linka/base/text.hpp"

#include <cstdint>

namespace linka::media {
namespace {

using Pieces = std::vector<std::string>;

std::string piece(std::int64_t number) {
    return text::format("n{}", number);
}

// 1 and 2 have genders in Czech; the others do not. `gender` is m, f, n or 0 (counting).
std::string czech_unit(std::int64_t unit, char gender) {
    if (unit == 1) {
        return gender == 'm' ? "n1m" : gender == 'n' ? "n1n" : "n1";
    }
    if (unit == 2) {
        return gender == 'f' || gender == 'n' ? "n2f" : "n2";
    }
    return piece(unit);
}

// 1 to 999. Hundreds are whole pieces: sto, dvě stě, tři sta, pět set.
void czech_below_thousand(std::int64_t number, char gender, Pieces& pieces) {
    if (number >= 100) {
        pieces.push_back(piece(number / 100 * 100));
        number %= 100;
    }
    if (number >= 20) {
        pieces.push_back(piece(number / 10 * 10));
        number %= 10;
    }
    if (number > 0) {
        pieces.push_back(czech_unit(number, gender));
    }
}

Pieces czech(std::int64_t number, char gender) {
    Pieces pieces;
    if (number == 0) {
        return {"n0"};
    }
    const std::int64_t thousands = number / 1000;
    if (thousands > 0) {
        if (thousands > 1) {
            // "dva tisíce", but "dvacet dva tisíc": only 2, 3 and 4 alone take the plural.
            czech_below_thousand(thousands, 0, pieces);
        }
        pieces.emplace_back(thousands >= 2 && thousands <= 4 ? "thousands" : "thousand");
    }
    czech_below_thousand(number % 1000, gender, pieces);
    return pieces;
}

void english_below_thousand(std::int64_t number, bool after_thousands, Pieces& pieces) {
    if (number >= 100) {
        pieces.push_back(piece(number / 100));
        pieces.emplace_back("hundred");
        after_thousands = true;
        number %= 100;
    }
    if (number == 0) {
        return;
    }
    if (after_thousands) {
        pieces.emplace_back("and");
    }
    if (number >= 20) {
        pieces.push_back(piece(number / 10 * 10));
        number %= 10;
    }
    if (number > 0) {
        pieces.push_back(piece(number));
    }
}

Pieces english(std::int64_t number) {
    Pieces pieces;
    if (number == 0) {
        return {"n0"};
    }
    const std::int64_t thousands = number / 1000;
    if (thousands > 0) {
        english_below_thousand(thousands, false, pieces);
        pieces.emplace_back("thousand");
    }
    english_below_thousand(number % 1000, thousands > 0, pieces);
    return pieces;
}

}  // namespace

std::optional<Pieces> number_prompts(std::string_view value, std::string_view language) {
    char gender = 0;
    if (const auto space = value.find(' '); space != std::string_view::npos) {
        const std::string_view suffix = value.substr(space + 1);
        if (suffix != "m" && suffix != "f" && suffix != "n") {
            return std::nullopt;
        }
        gender = suffix.front();
        value = value.substr(0, space);
    }
    const auto number = text::to_int(value);
    if (!number || *number < 0 || *number > 999'999) {
        return std::nullopt;
    }
    if (language == "cs") {
        return czech(*number, gender);
    }
    if (language == "en") {
        return english(*number);
    }
    return std::nullopt;
}

std::optional<Pieces> digit_prompts(std::string_view value) {
    constexpr std::size_t digits_max = 64;
    if (value.empty() || value.size() > digits_max) {
        return std::nullopt;
    }
    Pieces pieces;
    for (const char c : value) {
        if (c >= '0' && c <= '9') {
            pieces.push_back(piece(c - '0'));
        } else if (c == '*') {
            pieces.emplace_back("star");
        } else if (c == '#') {
            pieces.emplace_back("hash");
        } else {
            return std::nullopt;
        }
    }
    return pieces;
}

}  // namespace linka::media
