// Private to live/: the words of "why" for people, in both languages. Knows nothing of the store.
#pragma once

#include "linka/api/site.hpp"
#include "linka/core/journal/event.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linka::api {

/// What is asked of an interaction, by what became of it.
enum class WhyKind {
    queue,        // a queue gave it to somebody
    taken,        // somebody took it by themselves
    direct,       // it came straight to a person's extension
    transferred,  // a colleague sent it on
    outbound,     // we called
    unanswered,   // nobody had it
    waiting       // nobody has it yet
};
LINKA_DESCRIBE_ENUM(WhyKind, queue, taken, direct, transferred, outbound, unanswered, waiting)

/// What a sentence needs to know; names are titles, "" where there is nobody.
struct WhyFacts {
    WhyKind kind = WhyKind::queue;
    core::Strategy strategy = core::Strategy::leastrecent;
    std::string who;     // has, or had it
    std::string by;      // who sent it on
    std::string queue;   // title
    std::string number;  // called
    std::string caller;
    std::string outcome;  // core::Outcome by name, of what nobody answered
    std::int64_t wait_seconds = 0;
    int free = 0;  // who could have had it, the chosen included
    std::vector<std::pair<std::string_view, int>> others;  // rule and how many it ruled out
};

/// What the page asks above the answer, e.g. "Why did it go to Jana?".
std::string why_question(const WhyFacts& facts, Language language);
/// One or two sentences that answer it.
std::string why_answer(const WhyFacts& facts, Language language);
/// How an offer ended; `device` and `status` where a telephone is to blame.
std::string offer_text(std::string_view outcome, const core::OfferEnded& ended,
                       std::string_view device, Language language);
/// What a telephone that cannot be rung said, e.g. "refused at once (486, busy)".
std::string device_failure_text(int status, std::string_view forwards_to, Language language);

}  // namespace linka::api
