#include "linka/api/live/names.hpp"
#include "linka/api/live/reports.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/json_read.hpp"
#include "linka/core/verdict.hpp"

#include <array>

namespace linka::api {

namespace {

// The Czech words fit a woman and a man.
struct RuleWords {
    std::string_view rule;
    std::string_view cs;
    std::string_view en;
};

constexpr std::array<RuleWords, 16> rule_words{{
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
    {"on_call", "probíhal hovor", "was on a call"},
    {"ringing", "právě zvonil jiný hovor", "had another call ringing"},
    {"working", "otevřená aktivita", "had an open activity"},
    {"at_capacity", "otevřeno nejvíce aktivit, kolik je dovoleno",
     "had as many activities as allowed"},
    {"penalty", "přednost měli operátoři s nižší penalizací",
     "agents with a lower penalty came first"},
}};

struct Explained {
    const Records& records;
    const core::User& viewer;
    Language language;

    [[nodiscard]] json::Value user(core::UserId id) const {
        const auto found = records.user(id);
        json::Object out;
        if (!found) {
            out["name"] = nullptr;
            out["title"] = nullptr;
        } else if (sight_of(viewer, *found) == Sight::none) {
            out["name"] = nullptr;
            out["title"] = found->title;
        } else {
            out["name"] = found->name;
            out["title"] = found->title;
        }
        return out;
    }

    [[nodiscard]] json::Object decision(const core::Record& record,
                                        const core::Decided& decided) const {
        json::Object out;
        out["id"] = decided.decision.value;
        out["at"] = std::string_view(iso_time(record.at));
        out["queue"] = decided.queue.value;
        out["strategy"] = name_of(decided.strategy);
        json::Array chosen;
        json::Array candidates;
        for (const core::CandidateVerdict& verdict : core::expand(decided)) {
            json::Object entry;
            entry["user"] = user(verdict.user);
            entry["rule"] = verdict.rule;
            entry["text"] = rule_text(verdict.rule, language);
            if (verdict.rule == "chosen") {
                chosen.push_back(user(verdict.user));
            }
            candidates.push_back(std::move(entry));
        }
        out["chosen"] = std::move(chosen);
        out["candidates"] = std::move(candidates);
        return out;
    }
};

json::Value time_value(Instant at) {
    const std::string text = iso_time(at);
    return text.empty() ? json::Value(nullptr) : json::Value(std::string_view(text));
}

// Offers in the order in which they began, with how they ended.
json::Array offers_of(const std::vector<core::Record>& records, const Explained& explained) {
    std::vector<std::pair<core::OfferId, json::Object>> offers;
    for (const core::Record& record : records) {
        if (const auto* started = std::get_if<core::OfferStarted>(&record.event)) {
            json::Object out;
            out["user"] = explained.user(started->user);
            out["activity"] = activity_name(started->activity);
            out["decision"] = started->decision.value;
            out["started"] = time_value(record.at);
            out["ended"] = nullptr;
            out["outcome"] = nullptr;
            out["reason"] = nullptr;
            offers.emplace_back(started->offer, std::move(out));
        } else if (const auto* ended = std::get_if<core::OfferEnded>(&record.event)) {
            for (auto& [id, out] : offers) {
                if (id == ended->offer) {
                    out["ended"] = time_value(record.at);
                    out["outcome"] = name_of(ended->outcome);
                    out["reason"] = ended->reason;
                }
            }
        }
    }
    json::Array array;
    for (auto& [id, out] : offers) {
        array.push_back(std::move(out));
    }
    return array;
}

std::optional<json::Object> first_row(store::Reader& reader, store::Model model,
                                      const std::string& column, std::int64_t value) {
    store::Query query;
    query.filter = v6::is_equal(column, std::to_string(value));
    query.take = 1;
    query.count = false;
    const auto page = reader.list(model, query);
    if (!page || page->rows.empty()) {
        return std::nullopt;
    }
    return v6::row_object(page->rows.front());
}

Response why(store::Reader& reader, const Records& records, const core::User& viewer,
             core::ActivityId activity, Language language) {
    const Response none = error_response(404, "not_found", "there is no such activity");
    core::UserId owner;
    std::optional<json::Object> interaction;
    // Open work, an offer (which may have come to nothing), or a waiting item.
    auto row = first_row(reader, store::Model::activities, "id", activity.value);
    if (!row) {
        row = first_row(reader, store::Model::offers, "activity", activity.value);
    }
    if (row) {
        owner = core::UserId{v6::number_in(*row, "user")};
        interaction =
            first_row(reader, store::Model::interactions, "id", v6::number_in(*row, "interaction"));
    } else {
        interaction = first_row(reader, store::Model::interactions, "waiting_as", activity.value);
    }
    if (!interaction) {
        return none;
    }
    const core::QueueId queue{v6::number_in(*interaction, "queue")};
    const auto owner_record = records.user(owner);
    const bool managed = viewer.access == core::Access::manager && owner_record &&
                         sight_of(viewer, *owner_record) == Sight::full;
    const bool may = viewer.access == core::Access::admin || (owner && owner == viewer.id) ||
                     (queue && may_see(viewer, queue)) || managed;
    if (!may) {
        return none;
    }
    const core::InteractionId id{v6::number_in(*interaction, "id")};
    const auto events = reader.events_about(id, 2000);
    if (!events) {
        return error_of(events.error());
    }
    const Explained explained{records, viewer, language};
    json::Array decisions;
    for (const core::Record& record : *events) {
        if (const auto* decided = std::get_if<core::Decided>(&record.event)) {
            decisions.push_back(explained.decision(record, *decided));
        }
    }
    json::Object out;
    out["activity"] = activity_name(activity);
    out["interaction"] = id.value;
    out["queue"] = queue ? json::Value(queue.value) : json::Value(nullptr);
    out["decisions"] = std::move(decisions);
    out["offers"] = offers_of(*events, explained);
    return json_response(boost::json::serialize(out));
}

}  // namespace

std::string_view rule_text(std::string_view rule, Language language) {
    for (const RuleWords& words : rule_words) {
        if (words.rule == rule) {
            return language == Language::cs ? words.cs : words.en;
        }
    }
    return {};
}

void add_why_routes(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/activities/{name}/why",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   const core::ActivityId activity = activity_from_name(call.values.at("name"));
                   read_store(site, respond,
                              [activity, user = call.user, records = site.directory.now(),
                               language = call.language](store::Reader& reader) {
                                  return why(reader, *records, *user, activity, language);
                              });
               }));
}

}  // namespace linka::api
