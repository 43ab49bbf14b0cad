#include "linka/stats/lists.hpp"

#include "linka/stats/queue_figures.hpp"
#include "linka/stats/user_figures.hpp"

namespace linka::stats {

namespace {

Condition equal(std::string field, std::string value) {
    return {std::move(field), "eq", {std::move(value)}};
}

// Rows of one owner whose `time` lies in [from, to).
ListFilter rows(std::string model, Condition owner, const std::string& time, Instant from,
                Instant to) {
    return {std::move(model),
            {std::move(owner),
             {time, "gte", {std::to_string(from.us)}},
             {time, "lt", {std::to_string(to.us)}}}};
}

Condition unanswered_results() {
    Condition condition{"result", "in", {}};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<QueueResult>>([&](auto one) {
        if (one.value != QueueResult::waiting && one.value != QueueResult::answered) {
            condition.values.emplace_back(one.name);
        }
    });
    return condition;
}

}  // namespace

std::optional<ListFilter> list_behind(std::string_view figure, core::QueueId queue, Instant from,
                                      Instant to) {
    ListFilter list =
        rows("interactions", equal("queue", std::to_string(queue.value)), "entered", from, to);
    QueueResult result{};
    if (figure == "total") {
        return list;
    }
    if (enum_from_name(figure, result)) {
        list.all.push_back(equal("result", std::string(figure)));
    } else if (figure == "unanswered") {
        list.all.push_back(unanswered_results());
    } else if (figure == "in_time" || figure == "early") {
        list.all.push_back(equal(std::string(figure), "true"));
    } else if (figure == "re_entries") {
        list.all.push_back(equal("re_entry", "true"));
    } else {
        return std::nullopt;
    }
    return list;
}

std::optional<ListFilter> list_behind(std::string_view figure, core::UserId user, Instant from,
                                      Instant to) {
    ListFilter offers =
        rows("offers", equal("user", std::to_string(user.value)), "started", from, to);
    offers.all.push_back(equal("counted", "true"));
    ListFilter activities =
        rows("activities", equal("user", std::to_string(user.value)), "opened", from, to);
    activities.all.push_back(equal("counted", "true"));
    OfferResult result{};
    if (figure == "attempts") {
        return offers;
    }
    if (figure == "ringing_now" || (enum_from_name(figure, result) && figure != "ringing")) {
        offers.all.push_back(
            equal("outcome", std::string(figure == "ringing_now" ? "ringing" : figure)));
        return offers;
    }
    if (figure == "unanswered") {
        offers.all.push_back({"outcome", "in", {"missed", "rejected"}});
        return offers;
    }
    if (figure == "activities") {
        return activities;
    }
    if (figure == "activities_out") {
        activities.all.push_back(equal("direction", "out"));
        return activities;
    }
    if (figure == "connected") {
        activities.all.push_back({"connected", "gt", {"0"}});
        return activities;
    }
    return std::nullopt;
}

}  // namespace linka::stats
