#include "linka/app/demo/callees.hpp"

#include "linka/app/demo/cast.hpp"

#include <algorithm>
#include <numeric>

namespace linka::app {
namespace {

constexpr int busy_here = 486;
constexpr int not_found = 404;
constexpr std::size_t digits_min = 9;
// Time to reach for the telephone.
constexpr std::int64_t answer_ms_min = 2500;
constexpr std::int64_t answer_ms_spread = 4000;
constexpr std::int64_t never = -1;

const Customer& customer_at(const std::string& number) {
    const auto all = customers();
    const auto own = std::find_if(all.begin(), all.end(), [&](const Customer& each) {
        return number.ends_with(each.number);
    });
    if (own != all.end()) {
        return *own;
    }
    // The same number is always the same voice.
    const auto sum = std::accumulate(
        number.begin(), number.end(), std::size_t{0},
        [](std::size_t so_far, char digit) { return so_far + static_cast<unsigned char>(digit); });
    return all[sum % main_customers];
}

bool is_customers(const std::string& number) {
    return number.ends_with(customer_at(number).number);
}

}  // namespace

demo::Expect callee_of(const std::string& number, std::string_view language, const Chance& chance) {
    demo::Expect expect;
    expect.number = number;
    expect.answer_ms = answer_ms_min + chance(answer_ms_spread);
    if (number.size() < digits_min || (!is_customers(number) && number.ends_with("02"))) {
        expect.status = not_found;
    } else if (!is_customers(number) && number.ends_with("00")) {
        expect.status = busy_here;
        expect.answer_ms = 0;
    } else if (!is_customers(number) && number.ends_with("01")) {
        expect.answer_ms = never;
    } else {
        expect.items = called_lines(customer_at(number), language);
    }
    return expect;
}

}  // namespace linka::app
