// Who is who among the people whom the demo simulates: the customers who call, and the colleagues
// who answer. What they say stands in prompts/demo/.
#pragma once

#include "linka/core/state.hpp"
#include "linka/media/protocol/message.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linka::app {

/// A customer: always calls from the same number, so that a list of calls tells a story.
struct Customer {
    std::string_view number;
    std::string_view name_cs;
    std::string_view name_en;
    std::string_view voice;  // the first part of the prompts' names
};
/// The first six are those with a voice of their own; they call visitors first.
std::span<const Customer> customers();
constexpr std::size_t main_customers = 6;

/// A colleague who works while the background is on, at a telephone of their own.
struct Colleague {
    std::string_view user;
    std::string_view title;
    std::string_view extension;
    std::string_view device;
    std::string_view voice;
};
std::span<const Colleague> colleagues();

/// What a customer says, with pauses in which one can speak: 30 to 50 s. `pace` 0..4 stretches the
/// pauses. `language`: cs or en.
std::vector<media::PlayItem> customer_lines(const Customer& customer, std::string_view language,
                                            int pace);
/// The same when it is they who are called: they have no errand of their own.
std::vector<media::PlayItem> called_lines(const Customer& customer, std::string_view language);
/// Good-bye and nothing else.
std::vector<media::PlayItem> farewell_lines(const Customer& customer, std::string_view language);
/// What a colleague says, some 50 s.
std::vector<media::PlayItem> colleague_lines(const Colleague& colleague, std::string_view language);

/// The name of the trunk that customers call through.
constexpr std::string_view public_trunk = "loopback";

/// Is it a call of one of the customers? Null if not.
const Customer* customer_of(const core::Call& call);
/// The call of a customer that lives, or null.
const core::Call* call_of(const core::State& state, const Customer& customer);
/// Is this one of the colleagues' telephones?
bool is_colleagues_phone(std::string_view device);

}  // namespace linka::app
