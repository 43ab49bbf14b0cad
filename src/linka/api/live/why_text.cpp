#include "linka/api/live/why_text.hpp"

#include "linka/api/live/reports.hpp"
#include "linka/base/text.hpp"

#include <array>

namespace linka::api {

namespace {

// The Czech words fit a woman and a man, and need no declension of names.
struct Words {
    std::string_view code;
    std::string_view cs;
    std::string_view en;
};

template <std::size_t size>
std::string_view words(const std::array<Words, size>& of, std::string_view code,
                       Language language) {
    for (const Words& entry : of) {
        if (entry.code == code) {
            return language == Language::cs ? entry.cs : entry.en;
        }
    }
    return {};
}

constexpr std::array<Words, 19> rules{{
    {"chosen", "výběr podle strategie", "was chosen"},
    {"eligible", "k dispozici; strategie dala přednost jinému",
     "was free; the strategy preferred another"},
    {"back_office", "uživatel back office nemá fronty", "back-office users have no queues"},
    {"deactivated", "účet je deaktivovaný", "is deactivated"},
    {"not_logged_in", "bez přihlášení", "was not logged in"},
    {"not_in_queue", "bez přihlášení do této fronty", "was not logged in to this queue"},
    {"not_ready", "stav nepřipraven", "was not ready"},
    {"wrap", "čas na zotavení", "was in wrap-up"},
    {"paused", "pauza", "was on a pause"},
    {"no_device", "bez přihlášení v zařízení", "was not logged in to any device"},
    {"device_not_registered", "zařízení nebylo připojeno", "their device was not registered"},
    {"device_failed", "telefon odmítl předchozí hovor, aniž zazvonil",
     "their phone had refused a call without ringing"},
    {"on_call", "probíhal hovor", "was on a call"},
    {"ringing", "právě zvonil jiný hovor", "had another call ringing"},
    {"working", "otevřená aktivita", "had an open activity"},
    {"matrix", "vedle otevřené práce podle distribuční matice nic dalšího nedostává",
     "gets no more beside open work by the distribution matrix"},
    {"at_capacity", "otevřeno nejvíce aktivit, kolik je dovoleno",
     "had as many activities as allowed"},
    {"penalty", "přednost měli operátoři s nižší penalizací",
     "agents with a lower penalty came first"},
    {"had_it", "tento hovor už dostal(a) a nepřijal(a)",
     "has had this call already and did not take it"},
}};

// What stands behind a number of people: "4 on a call". Of the others the rule itself is told.
constexpr std::array<Words, 9> counted{{
    {"not_logged_in", "bez přihlášení", "not logged in"},
    {"not_in_queue", "bez přihlášení do této fronty", "not logged in to this queue"},
    {"not_ready", "ve stavu nepřipraven", "not ready"},
    {"wrap", "s časem na zotavení", "in wrap-up"},
    {"paused", "na pauze", "on a pause"},
    {"no_device", "bez přihlášení v zařízení", "not logged in to any device"},
    {"on_call", "s probíhajícím hovorem", "on a call"},
    {"working", "s otevřenou aktivitou", "with an open activity"},
    {"matrix", "s tolika otevřenými aktivitami, kolik dovoluje distribuční matice",
     "with as much open as the distribution matrix allows"},
}};

constexpr std::array<Words, 4> because{{
    {"leastrecent", "protože je ze všech volných nejdéle bez aktivity",
     "because idle longest of all who were free"},
    {"all", "protože zvonilo všem volným a hovor přijal tento člověk první",
     "because it rang at everybody free and this one answered first"},
    {"all_penalty_order",
     "protože zvonilo volným s nejnižší penalizací a hovor přijal tento člověk první",
     "because it rang at those free with the lowest penalty and this one answered first"},
    {"random_with_penalty_groups", "náhodou z volných s nejnižší penalizací",
     "by chance among those free with the lowest penalty"},
}};

constexpr std::array<Words, 13> outcomes{{
    {"abandoned", "Volající zavěsil(a) dříve, než hovor někdo přijal.",
     "The caller hung up before anybody answered."},
    {"timed_out", "Vypršela nejdelší doba čekání ve frontě.",
     "The longest wait of the queue was over."},
    {"left_by_key", "Volající z fronty odešel volbou.", "The caller left the queue by a key."},
    {"left_empty", "Ve frontě nezůstal nikdo, kdo by hovor přijal.",
     "Nobody was left in the queue who could answer."},
    {"refused_full", "Fronta byla plná.", "The queue was full."},
    {"refused_empty", "Ve frontě nebyl nikdo, kdo by hovor přijal.",
     "Nobody was in the queue who could answer."},
    {"refused_closed", "Fronta byla zavřená.", "The queue was closed."},
    {"closed", "Hovor pokračoval jinam.", "The call went on elsewhere."},
    {"busy", "Volaný měl obsazeno.", "The called side was busy."},
    {"no_answer", "Volaný hovor nepřijal.", "The called side did not answer."},
    {"cancelled", "Volání bylo zrušeno.", "The call was cancelled."},
    {"failed", "Spojení se nepodařilo.", "The connection failed."},
    {"answered", "", ""},
}};

constexpr std::array<Words, 11> offers{{
    {"accepted", "přijato", "accepted"},
    {"missed", "zvonilo, nepřijato", "rang, not answered"},
    {"rejected", "odmítnuto", "rejected"},
    {"dropped", "přijato a hned zavěšeno: počítá se jako odmítnuté",
     "answered and hung up at once: counts as rejected"},
    {"customer_left", "volající zavěsil(a) dříve", "the caller hung up first"},
    {"colleague", "přijal(a) kolega nebo kolegyně", "a colleague took it"},
    {"logged_out", "odhlášení během zvonění", "logged out while it rang"},
    {"system", "ukončeno systémem", "ended by the system"},
    {"unreachable", "telefon nezazvonil", "the phone did not ring"},
    {"ringing", "zvoní", "ringing"},
}};

std::string pick(Language language, std::string cs, std::string en) {
    return language == Language::cs ? std::move(cs) : std::move(en);
}

std::string free_text(const WhyFacts& facts, Language language) {
    return pick(language, text::format("Volných: {}.", facts.free),
                text::format("Free: {}.", facts.free));
}

// "Nobody was free: 2 on a call, 1 on a pause."
std::string nobody_text(const WhyFacts& facts, Language language) {
    std::string list;
    for (const auto& [rule, count] : facts.others) {
        list += list.empty() ? "" : ", ";
        const std::string_view state = words(counted, rule, language);
        list += state.empty() ? text::format("{} ({})", rule_text(rule, language), count)
                              : text::format("{} {}", count, state);
    }
    if (facts.free > 0 || list.empty()) {
        return {};
    }
    return pick(language, "Nikdo nebyl volný: ", "Nobody was free: ") + list + ".";
}

std::string with(std::string first, const std::string& second) {
    if (!first.empty() && !second.empty()) {
        first += ' ';
    }
    return first + second;
}

std::string waited(const WhyFacts& facts, Language language) {
    return pick(language, text::format("Čekání: {} s.", facts.wait_seconds),
                text::format("Waited {} s.", facts.wait_seconds));
}

}  // namespace

std::string_view rule_text(std::string_view rule, Language language) {
    return words(rules, rule, language);
}

std::string why_question(const WhyFacts& facts, Language language) {
    switch (facts.kind) {
        case WhyKind::queue:
        case WhyKind::taken:
        case WhyKind::direct:
            return pick(language, "Proč hovor dostal právě tento člověk: " + facts.who,
                        "Why it went to " + facts.who);
        case WhyKind::transferred:
            return pick(language, "Jak se hovor dostal sem: " + facts.who,
                        "How it came to " + facts.who);
        case WhyKind::outbound:
            return pick(language, "Odchozí hovor: kdo volal a co se stalo",
                        "A call out: who called, and what became of it");
        case WhyKind::unanswered:
            return pick(language, "Proč hovor nikdo nepřijal", "Why nobody answered");
        case WhyKind::waiting:
            return pick(language, "Proč hovor ještě čeká", "Why it still waits");
    }
    return {};
}

std::string why_answer(const WhyFacts& facts, Language language) {
    switch (facts.kind) {
        case WhyKind::queue:
            return with(pick(language,
                             text::format("Volba: {}, {}.", facts.who,
                                          words(because, name_of(facts.strategy), language)),
                             text::format("Chosen: {}, {}.", facts.who,
                                          words(because, name_of(facts.strategy), language))),
                        free_text(facts, language));
        case WhyKind::taken:
            return pick(language,
                        text::format("{}: hovor z fronty vzat z vlastní vůle.", facts.who),
                        text::format("{} took it from the queue.", facts.who));
        case WhyKind::direct:
            return pick(
                language, text::format("Volající volal přímo: {} ({}).", facts.who, facts.number),
                text::format("The caller dialled {} ({}) straight.", facts.who, facts.number));
        case WhyKind::transferred:
            return with(pick(language, text::format("Hovor přepojil(a): {}.", facts.by),
                             text::format("It was transferred by {}.", facts.by)),
                        facts.who.empty()
                            ? std::string(words(outcomes, facts.outcome, language))
                            : pick(language, text::format("Přijal(a): {}.", facts.who),
                                   text::format("Answered by {}.", facts.who)));
        case WhyKind::outbound:
            return with(pick(language, text::format("{} → {}.", facts.who, facts.number),
                             text::format("{} called {}.", facts.who, facts.number)),
                        std::string(words(outcomes, facts.outcome, language)));
        case WhyKind::unanswered:
            return with(with(std::string(words(outcomes, facts.outcome, language)),
                             waited(facts, language)),
                        nobody_text(facts, language));
        case WhyKind::waiting:
            return nobody_text(facts, language);
    }
    return {};
}

std::string device_failure_text(int status, std::string_view forwards_to, Language language) {
    if (status == 0) {
        return pick(language, "vůbec neodpověděl", "did not answer at all");
    }
    if (status >= 300 && status < 400) {
        const std::string where = forwards_to.empty()
                                      ? pick(language, "jinam", "elsewhere")
                                      : pick(language, text::format("na {}", forwards_to),
                                             text::format("to {}", forwards_to));
        return pick(language, text::format("hovory přesměrovává {} ({})", where, status),
                    text::format("sends calls on {} ({})", where, status));
    }
    if (status == 486 || status == 600) {
        return pick(language, text::format("hned odmítl: má obsazeno ({})", status),
                    text::format("refused at once: busy ({})", status));
    }
    if (status == 480 || status == 408) {
        return pick(
            language, text::format("hned odmítl: není k zastižení, třeba Nerušit ({})", status),
            text::format("refused at once: not available, perhaps Do Not Disturb ({})", status));
    }
    return pick(language, text::format("hned odmítl ({})", status),
                text::format("refused at once ({})", status));
}

std::string offer_text(std::string_view outcome, const core::OfferEnded& ended,
                       std::string_view device, Language language) {
    std::string_view code = outcome.empty() ? std::string_view("ringing") : outcome;
    if (outcome == "withdrawn" || ended.reason == "dropped") {
        code = ended.reason;
    }
    if (ended.reason == "unreachable" && !device.empty()) {
        return pick(language, text::format("telefon {} ", device),
                    text::format("phone {} ", device)) +
               device_failure_text(ended.status, ended.forwards_to, language);
    }
    return std::string(words(offers, code, language));
}

}  // namespace linka::api
