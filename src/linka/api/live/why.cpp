#include "linka/api/live/names.hpp"
#include "linka/api/live/reports.hpp"
#include "linka/api/live/why_text.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/iso_time.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/core/acd/verdict.hpp"
#include "linka/core/flow/step.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace linka::api {

namespace {

// Chosen first, then those who could have been, then the rest.
int rank_of(std::string_view rule) {
    constexpr std::array<std::string_view, 4> order{"chosen", "eligible", "penalty", "had_it"};
    const auto found = std::find(order.begin(), order.end(), rule);
    return static_cast<int>(found - order.begin());
}

json::Value time_value(Instant at) {
    const std::string text = iso_time(at);
    return text.empty() ? json::Value(nullptr) : json::Value(std::string_view(text));
}

std::vector<json::Object> rows_of(store::Reader& reader, store::Model model,
                                  const std::string& column, std::int64_t value,
                                  std::int64_t take) {
    store::Query query;
    query.filter = v6::is_equal(column, std::to_string(value));
    query.sort = {{"id", false}};
    query.take = take;
    query.count = false;
    std::vector<json::Object> rows;
    if (const auto page = reader.list(model, query)) {
        for (const std::string& row : page->rows) {
            rows.push_back(v6::row_object(row));
        }
    }
    return rows;
}

std::optional<json::Object> first_row(store::Reader& reader, store::Model model,
                                      const std::string& column, std::int64_t value) {
    std::vector<json::Object> rows = rows_of(reader, model, column, value, 1);
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

constexpr std::size_t events_max = 2000;
constexpr std::int64_t visits_max = 50;  // interactions of one call, on its way

// Everything that is said about one activity: who may ask, what happened, and in which words.
class Why {
  public:
    Why(store::Reader& reader, const Records& records, const Viewer& viewer, Language language)
        : reader_(reader), records_(records), viewer_(viewer), language_(language) {}

    Response of(core::ActivityId activity) {
        core::UserId owner;
        std::optional<json::Object> interaction = interaction_of(activity, owner);
        if (!interaction || !may_ask(*interaction, owner)) {
            return error_response(404, "not_found", "there is no such activity");
        }
        item_ = std::move(*interaction);
        const auto events = reader_.events_about(core::InteractionId{number("id")}, events_max);
        if (!events) {
            return error_of(events.error());
        }
        visits_ = rows_of(reader_, store::Model::interactions, "call", number("call"), visits_max);
        read(*events);
        const WhyFacts facts = facts_of();
        json::Object out;
        out["activity"] = activity_name(activity);
        out["interaction"] = number("id");
        out["queue"] = number("queue") ? json::Value(number("queue")) : json::Value(nullptr);
        out["kind"] = name_of(facts.kind);
        out["question"] = why_question(facts, language_);
        out["answer"] = why_answer(facts, language_);
        out["caller"] = v6::text_in(item_, "caller");
        out["path"] = path();
        out["decisions"] = std::move(decisions_);
        json::Array offers;
        for (auto& [id, offer] : offers_) {
            offers.push_back(std::move(offer));
        }
        out["offers"] = std::move(offers);
        return json_response(boost::json::serialize(out));
    }

  private:
    [[nodiscard]] std::int64_t number(std::string_view column) const {
        return v6::number_in(item_, column);
    }

    // Open work, an offer (which may have come to nothing), or a waiting item.
    std::optional<json::Object> interaction_of(core::ActivityId activity, core::UserId& owner) {
        asked_ = activity;
        auto row = first_row(reader_, store::Model::activities, "id", activity.value);
        if (row) {
            asked_of_ = core::UserId{v6::number_in(*row, "user")};
        } else {
            row = first_row(reader_, store::Model::offers, "activity", activity.value);
        }
        if (!row) {
            return first_row(reader_, store::Model::interactions, "waiting_as", activity.value);
        }
        owner = core::UserId{v6::number_in(*row, "user")};
        return first_row(reader_, store::Model::interactions, "id",
                         v6::number_in(*row, "interaction"));
    }

    // Also whoever had the call before it was sent on: it is their customer whom they ask about.
    bool may_ask(const json::Object& interaction, core::UserId owner) {
        const auto record = records_.user(owner);
        const bool waits = v6::text_in(interaction, "direction") != "out" &&
                           v6::number_in(interaction, "answered") == 0 &&
                           v6::number_in(interaction, "ended") == 0;
        const core::QueueId queue{v6::number_in(interaction, "queue")};
        const bool direct = viewer_.sees(Work{record.get(), {}, false});
        if (direct || viewer_.sees(Work{record.get(), queue, waits})) {
            return true;
        }
        const auto work = rows_of(reader_, store::Model::activities, "call",
                                  v6::number_in(interaction, "call"), visits_max);
        return std::any_of(work.begin(), work.end(), [&](const json::Object& row) {
            return v6::number_in(row, "user") == viewer_.user().id.value;
        });
    }

    [[nodiscard]] std::string title_of(core::UserId id) const {
        const auto found = records_.user(id);
        return found ? found->title : std::string();
    }

    [[nodiscard]] std::string queue_title(std::int64_t id) const {
        const auto found = records_.queue(core::QueueId{id});
        return found ? found->title : std::to_string(id);
    }

    [[nodiscard]] std::string device_title(core::DeviceId id) {
        const auto row = id ? first_row(reader_, store::Model::devices, "id", id.value)
                            : std::optional<json::Object>{};
        return row ? v6::text_in(*row, "name") : std::string();
    }

    [[nodiscard]] json::Value user(core::UserId id) const {
        const auto found = records_.user(id);
        json::Object out;
        out["name"] = nullptr;
        out["title"] = nullptr;
        if (found) {
            out["title"] = found->title;
            if (viewer_.sight_of(*found) != Sight::none) {
                out["name"] = found->name;
            }
        }
        return out;
    }

    void read(const std::vector<core::Record>& records) {
        for (const core::Record& record : records) {
            if (const auto* decided = std::get_if<core::Decided>(&record.event)) {
                decisions_.push_back(decision(record, *decided));
            } else if (const auto* started = std::get_if<core::OfferStarted>(&record.event)) {
                start_offer(record, *started);
            } else if (const auto* ended = std::get_if<core::OfferEnded>(&record.event)) {
                end_offer(record, name_of(ended->outcome), *ended);
            } else if (const auto* back = std::get_if<core::InteractionReturned>(&record.event)) {
                core::OfferEnded dropped{back->offer, core::OfferOutcome::rejected, "dropped"};
                end_offer(record, name_of(dropped.outcome), dropped);
            }
        }
    }

    json::Object decision(const core::Record& record, const core::Decided& decided) {
        std::vector<core::CandidateVerdict> verdicts = core::expand(decided);
        std::stable_sort(verdicts.begin(), verdicts.end(), [](const auto& a, const auto& b) {
            return rank_of(a.rule) < rank_of(b.rule);
        });
        json::Object out;
        out["id"] = decided.decision.value;
        out["at"] = time_value(record.at);
        out["queue"] = decided.queue.value;
        out["strategy"] = name_of(decided.strategy);
        json::Array chosen;
        json::Array candidates;
        for (const core::CandidateVerdict& verdict : verdicts) {
            json::Object entry;
            entry["user"] = user(verdict.user);
            entry["rule"] = verdict.rule;
            entry["text"] = rule_text(verdict.rule, language_);
            if (verdict.rule == "chosen") {
                chosen.push_back(user(verdict.user));
            }
            candidates.push_back(std::move(entry));
        }
        out["chosen"] = std::move(chosen);
        out["candidates"] = std::move(candidates);
        last_ = decided;
        by_decision_[decided.decision] = decided;
        return out;
    }

    void start_offer(const core::Record& record, const core::OfferStarted& started) {
        json::Object out;
        out["user"] = user(started.user);
        out["activity"] = activity_name(started.activity);
        out["decision"] = started.decision.value;
        out["started"] = time_value(record.at);
        out["ended"] = nullptr;
        out["outcome"] = nullptr;
        out["reason"] = nullptr;
        out["device"] = nullptr;
        out["status"] = nullptr;
        out["text"] = offer_text({}, {}, {}, language_);
        offers_.emplace_back(started.offer, std::move(out));
        decision_of_[started.offer] = started.decision;
    }

    void end_offer(const core::Record& record, std::string_view outcome,
                   const core::OfferEnded& ended) {
        const std::string name = device_title(ended.device);
        for (auto& [known, out] : offers_) {
            if (known == ended.offer) {
                out["ended"] = time_value(record.at);
                out["outcome"] = outcome;
                out["reason"] = ended.reason;
                if (!name.empty()) {
                    out["device"] = name;
                    out["status"] = ended.status;
                }
                out["text"] = offer_text(outcome, ended, name, language_);
            }
        }
        if (outcome == "accepted") {
            accepted_ = decision_of_[ended.offer];
            had_offer_ = true;
        }
    }

    // The colleague who had the customer before this visit, if there was one.
    [[nodiscard]] core::UserId sent_by() {
        const auto work =
            rows_of(reader_, store::Model::activities, "call", number("call"), visits_max);
        core::UserId by;
        for (const json::Object& row : work) {
            const bool before = v6::number_in(row, "id") < asked_.value;
            if (before && v6::text_in(row, "ended_by") == "transfer") {
                by = core::UserId{v6::number_in(row, "user")};
            }
        }
        return by;
    }

    [[nodiscard]] WhyFacts facts_of() {
        WhyFacts facts;
        const std::string result = v6::text_in(item_, "result");
        // Whose work it is; of what nobody opened, who answered the visit.
        const core::UserId who = asked_of_ ? asked_of_ : core::UserId{number("user")};
        const core::UserId by = sent_by();
        const bool answered = number("answered") != 0;
        facts.who = title_of(who);
        facts.by = title_of(by);
        facts.number = v6::text_in(item_, "number");
        facts.caller = v6::text_in(item_, "caller");
        facts.outcome = v6::text_in(item_, "outcome");
        facts.wait_seconds = number("wait") / 1'000'000;
        facts.queue = number("queue") ? queue_title(number("queue")) : std::string();
        if (v6::text_in(item_, "direction") == "out") {
            facts.kind = WhyKind::outbound;
            // Of a call out the customer is the one who is called.
            facts.number = facts.number.empty() ? facts.caller : facts.number;
        } else if (by) {
            facts.kind = WhyKind::transferred;
        } else if (!answered) {
            facts.kind = number("ended") != 0 ? WhyKind::unanswered : WhyKind::waiting;
        } else if (!number("queue")) {
            facts.kind = WhyKind::direct;
        } else {
            facts.kind = had_offer_ && !accepted_ ? WhyKind::taken : WhyKind::queue;
        }
        count_candidates(facts);
        return facts;
    }

    void count_candidates(WhyFacts& facts) const {
        const auto found = by_decision_.find(accepted_);
        const core::Decided& decided = found == by_decision_.end() ? last_ : found->second;
        facts.strategy = decided.strategy;
        std::map<std::string_view, int> others;
        for (const core::CandidateVerdict& verdict : core::expand(decided)) {
            if (rank_of(verdict.rule) < 4) {
                ++facts.free;
            } else {
                ++others[verdict.rule];
            }
        }
        facts.others.assign(others.begin(), others.end());
    }

    void add_place(json::Array& path, std::string_view kind, std::string title, json::Value at) {
        json::Object place;
        place["kind"] = kind;
        place["title"] = std::move(title);
        place["at"] = std::move(at);
        path.push_back(std::move(place));
    }

    // The number that was dialled, the menus on the way, then each visit to a queue or a person.
    json::Array path() {
        json::Array path;
        const auto call = first_row(reader_, store::Model::calls, "id", number("call"));
        if (call) {
            add_place(path, "number", v6::text_in(*call, "number"),
                      time_value(v6::instant_in(*call, "started")));
        }
        if (!visits_.empty()) {
            add_menus(path, v6::number_in(visits_.front(), "seq"));
        }
        for (const json::Object& visit : visits_) {
            const std::int64_t queue = v6::number_in(visit, "queue");
            const json::Value at = time_value(v6::instant_in(visit, "entered"));
            if (queue) {
                add_place(path, "queue", queue_title(queue), at);
            }
            if (v6::number_in(visit, "answered") != 0) {
                const std::string who = title_of(core::UserId{v6::number_in(visit, "user")});
                add_place(path, "user", who, time_value(v6::instant_in(visit, "answered")));
            }
        }
        return path;
    }

    void add_menus(json::Array& path, std::int64_t before) {
        const auto steps = reader_.way_of_call(core::CallId{number("call")}, before);
        core::MenuId last;
        for (const core::Record& record : steps ? *steps : std::vector<core::Record>{}) {
            const auto* step = std::get_if<core::CallStepped>(&record.event);
            const auto* heard =
                step == nullptr ? nullptr : std::get_if<core::step::InMenu>(&step->step);
            if (heard == nullptr || heard->menu == last) {
                continue;  // a menu that is played again is one place
            }
            last = heard->menu;
            const auto row = first_row(reader_, store::Model::menus, "id", last.value);
            add_place(path, "menu", row ? v6::text_in(*row, "title") : std::to_string(last.value),
                      time_value(record.at));
        }
    }

    store::Reader& reader_;
    const Records& records_;
    const Viewer& viewer_;
    Language language_;
    core::ActivityId asked_;
    core::UserId asked_of_;             // whose work that is; 0: nobody opened it
    json::Object item_;                 // the interaction
    std::vector<json::Object> visits_;  // all of its call
    json::Array decisions_;
    std::vector<std::pair<core::OfferId, json::Object>> offers_;
    std::map<core::OfferId, core::DecisionId> decision_of_;
    std::map<core::DecisionId, core::Decided> by_decision_;
    core::Decided last_;
    core::DecisionId accepted_;  // of the offer that was accepted; 0: taken by themselves
    bool had_offer_ = false;
};

}  // namespace

void add_why_routes(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/activities/{name}/why",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   const core::ActivityId activity = activity_from_name(call.values.at("name"));
                   read_store(site, respond,
                              [activity, user = call.user, records = site.directory.now(),
                               language = call.language](store::Reader& reader) {
                                  const Viewer viewer(*records, user);
                                  return Why(reader, *records, viewer, language).of(activity);
                              });
               }));
}

}  // namespace linka::api
