#include "linka/store/figures.hpp"

#include "linka/base/text.hpp"
#include "linka/stats/interval.hpp"
#include "linka/store/columns.hpp"
#include "linka/store/filter_sql.hpp"
#include "linka/store/rows.hpp"

#include <algorithm>
#include <map>

namespace linka::store {

namespace {

constexpr std::int64_t rows_max = 100'000;

// The beginning of the step that an interval belongs to.
Instant step_of(const Span& span, Instant interval) {
    return span.from + (interval - span.from) / span.step * span.step;
}

Instant end_of_step(const Span& span, Instant step) {
    return std::min(span.to, step + span.step);
}

// Rows of an interval table in the span, of these owners (none: all).
template <typename Row, typename Owner, typename Take>
Status each_row(Db& db, const Span& span, std::string_view owner, const std::vector<Owner>& owners,
                Take&& take) {
    Sql sql;
    sql.add("SELECT " + column_list<Row>() + " FROM " + quoted(Row::table) + " WHERE at >= ")
        .value(span.from.us)
        .add(" AND at < ")
        .value(span.to.us);
    for (std::size_t i = 0; i < owners.size(); ++i) {
        sql.add(i == 0 ? " AND " + quoted(owner) + " IN (" : ",").value(owners[i].value);
    }
    sql.add(owners.empty() ? "" : ")");
    Stmt select = db.prepare(sql.text);
    sql.bind(select);
    while (select.step()) {
        take(read_row<Row>(select));
    }
    return db.take_error();
}

// Opens an object with the owner and the step, leaving it open.
void write_head(std::string& out, std::string_view owner, std::int64_t id, const Span& span,
                Instant step) {
    out += out.size() > 1 ? ",{\"" : "{\"";
    out += owner;
    out += "\":";
    json::write_int(out, id);
    out += ",\"at\":";
    json::write_int(out, step.us);
    out += ",\"until\":";
    json::write_int(out, end_of_step(span, step).us);
}

struct UserStep {
    stats::UserFigures figures;
    std::map<std::pair<std::int64_t, bool>, Duration> pauses;
};
using UserSteps = std::map<std::pair<std::int64_t, Instant>, UserStep>;

// Adds what the states that still go on have taken so far.
Status add_running(Db& db, const Span& span, const std::vector<core::UserId>& users, Instant now,
                   UserSteps& steps) {
    Stmt select =
        db.prepare("SELECT " + column_list<UserStateRow>() + " FROM user_state WHERE until = 0");
    while (select.step()) {
        const auto row = read_row<UserStateRow>(select);
        if (!users.empty() && std::find(users.begin(), users.end(), row.user) == users.end()) {
            continue;
        }
        const bool pause =
            row.state == core::UserState::paused || row.state == core::UserState::wrap;
        stats::cut(std::max(row.since, span.from), std::min(now, span.to),
                   [&](Instant interval, Duration time) {
                       UserStep& step = steps[{row.user.value, step_of(span, interval)}];
                       add(step.figures, row.state, row.paid, time);
                       if (pause) {
                           step.pauses[{row.pause.value, row.paid}] += time;
                       }
                   });
    }
    return db.take_error();
}

void write_pauses(std::string& out, const UserStep& step) {
    out += ",\"pauses\":[";
    bool first = true;
    for (const auto& [pause, time] : step.pauses) {
        out += first ? "{\"pause\":" : ",{\"pause\":";
        first = false;
        json::write_int(out, pause.first);
        out += ",\"paid\":";
        json::write(out, pause.second);
        out += ",\"time\":";
        json::write(out, time);
        out += '}';
    }
    out += ']';
}

}  // namespace

Result<Span> aligned(Span span, std::size_t owners) {
    if (!stats::is_border(span.from)) {
        return fail(ErrorCode::invalid, "does not lie on a quarter of an hour", "from");
    }
    if (span.to <= span.from || span.to - span.from > 24h * 366 * 20) {
        return fail(ErrorCode::invalid, "must be after from, by 20 years at most", "to");
    }
    if (!stats::is_border(span.to)) {
        span.to = stats::interval_of(span.to) + stats::interval_length;
    }
    if (span.step == Duration{}) {
        span.step = span.to - span.from;
    }
    if (span.step < Duration{} || span.step % stats::interval_length != Duration{}) {
        return fail(ErrorCode::invalid, "is no multiple of 15 minutes", "step");
    }
    const std::int64_t steps = (span.to - span.from) / span.step + 1;
    if (steps * static_cast<std::int64_t>(std::max<std::size_t>(owners, 1)) > rows_max) {
        return fail(ErrorCode::full, text::format("more than {} rows", rows_max), "step");
    }
    return span;
}

Result<std::string> queue_figures(Db& db, const Span& span,
                                  const std::vector<core::QueueId>& queues) {
    std::map<std::pair<std::int64_t, Instant>, stats::QueueFigures> steps;
    const Status read =
        each_row<QueueIntervalRow>(db, span, "queue", queues, [&](const QueueIntervalRow& row) {
            add(steps[{row.queue.value, step_of(span, row.at)}], row.figures);
        });
    if (!read) {
        return read.error();
    }
    std::string out = "[";
    for (const auto& [key, figures] : steps) {
        write_head(out, "queue", key.first, span, key.second);
        json::write_more_members(out, figures);
        json::write_more_members(out, ratios(figures));
        out += '}';
    }
    return out + "]";
}

Result<std::string> user_figures(Db& db, const Span& span, const std::vector<core::UserId>& users,
                                 Instant now) {
    UserSteps steps;
    Status read =
        each_row<UserIntervalRow>(db, span, "user", users, [&](const UserIntervalRow& row) {
            add(steps[{row.user.value, step_of(span, row.at)}].figures, row.figures);
        });
    if (read) {
        read =
            each_row<PauseIntervalRow>(db, span, "user", users, [&](const PauseIntervalRow& row) {
                steps[{row.user.value, step_of(span, row.at)}]
                    .pauses[{row.pause.value, row.paid}] += row.time;
            });
    }
    if (read) {
        read = add_running(db, span, users, now, steps);
    }
    if (!read) {
        return read.error();
    }
    std::string out = "[";
    for (const auto& [key, step] : steps) {
        write_head(out, "user", key.first, span, key.second);
        json::write_more_members(out, step.figures);
        json::write_more_members(out, ratios(step.figures));
        write_pauses(out, step);
        out += '}';
    }
    return out + "]";
}

}  // namespace linka::store
