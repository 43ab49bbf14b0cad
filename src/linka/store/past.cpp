#include "linka/store/past.hpp"

namespace linka::store {

namespace {

enum class Living { stay, go };

std::string text_list(const std::vector<std::string>& texts) {
    std::string list = "''";
    for (const std::string& text : texts) {
        list += ",'";
        for (const char c : text) {
            list += c == '\'' ? std::string("''") : std::string(1, c);
        }
        list += "'";
    }
    return list;
}

void replace_all(std::string& text, std::string_view name, const std::string& value) {
    for (std::size_t at = text.find(name); at != std::string::npos;
         at = text.find(name, at + value.size())) {
        text.replace(at, name.size(), value);
    }
}

// Calls that stay, as the table `own`. An activity, a recording or a leg may have moved to another
// call than its interaction began in: both are one story.
std::string own_calls(const core::Past& past, Living living) {
    std::string sql = R"sql(WITH RECURSIVE
pair(a, b) AS (
    SELECT x.call, i.call FROM activity x JOIN interaction i ON i.id = x.interaction
    UNION SELECT x.call, i.call FROM recording x JOIN interaction i ON i.id = x.interaction
    UNION SELECT x.call, i.call FROM call_leg x JOIN offer o ON o.id = x.offer
        JOIN interaction i ON i.id = o.interaction),
link(a, b) AS (
    SELECT a, b FROM pair WHERE a <> b AND a <> 0 AND b <> 0
    UNION SELECT b, a FROM pair WHERE a <> b AND a <> 0 AND b <> 0),
own(id) AS (
    SELECT call FROM call_leg WHERE "user" NOT IN (0,@users)
    UNION SELECT call FROM interaction WHERE queue NOT IN (0,@queues) OR "user" NOT IN (0,@users)
    UNION SELECT i.call FROM offer o JOIN interaction i ON i.id = o.interaction
        WHERE o."user" NOT IN (0,@users) OR o.queue NOT IN (0,@queues)
    UNION SELECT call FROM activity WHERE queue NOT IN (0,@queues) OR "user" NOT IN (0,@users)
    UNION SELECT i.call FROM activity x JOIN interaction i ON i.id = x.interaction
        WHERE x."user" NOT IN (0,@users)
    UNION SELECT call FROM recording WHERE "user" NOT IN (0,@users)
    UNION SELECT id FROM call WHERE trunk NOT IN (@trunks)
        AND NOT EXISTS (SELECT 1 FROM call_leg l WHERE l.call = call.id AND l."user" IN (@users))
        AND NOT EXISTS (SELECT 1 FROM interaction i WHERE i.call = call.id
            AND (i.queue IN (@queues) OR i."user" IN (@users)))
    @living
    UNION SELECT link.b FROM own JOIN link ON link.a = own.id)
)sql";
    replace_all(sql, "@users", id_list(past.users));
    replace_all(sql, "@queues", id_list(past.queues));
    replace_all(sql, "@living",
                living == Living::stay ? "UNION SELECT id FROM call WHERE ended = 0" : "");
    replace_all(sql, "@trunks", text_list(past.trunks));
    return sql;
}

}  // namespace

Result<PastAmounts> past_amounts(Db& db, const core::Past& past) {
    const std::string own = own_calls(past, Living::go);
    PastAmounts amounts;
    Stmt calls = db.prepare(
        own +
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN id IN (SELECT id FROM own) THEN 1 ELSE 0 END), 0) "
        "FROM call");
    if (calls.step()) {
        amounts.calls_stay = calls.integer(1);
        amounts.calls_go = calls.integer(0) - amounts.calls_stay;
    }
    calls.reset();
    Stmt recordings = db.prepare(own +
                                 "SELECT COUNT(*), COALESCE(SUM(CASE WHEN call IN (SELECT id FROM "
                                 "own) THEN 1 ELSE 0 END), 0) "
                                 "FROM recording");
    if (recordings.step()) {
        amounts.recordings_stay = recordings.integer(1);
        amounts.recordings_go = recordings.integer(0) - amounts.recordings_stay;
    }
    recordings.reset();
    const Status read = db.take_error();
    if (!read) {
        return read.error();
    }
    return amounts;
}

void forget_past(Db& db, const core::Past& past) {
    const std::string users = id_list(past.users);
    const std::string queues = id_list(past.queues);
    // What tells no call of its own belongs to its interaction's.
    const std::string known = "(call <> 0 AND call NOT IN (SELECT id FROM own_call))";
    const std::string lost = " WHERE " + known + " OR (call = 0 AND \"user\" IN (0," + users + "))";
    const std::string orphaned = " WHERE " + known + " OR (call = 0 AND \"user\" IN (0," + users +
                                 ") AND interaction NOT IN (SELECT id FROM interaction))";
    const std::string statements[] = {
        "CREATE TEMP TABLE own_call (id INTEGER PRIMARY KEY)",
        "INSERT INTO own_call " + own_calls(past, Living::stay) + "SELECT id FROM own",
        "DELETE FROM call WHERE id NOT IN (SELECT id FROM own_call)",
        "DELETE FROM call_leg" + lost,
        "DELETE FROM interaction" + lost,
        "DELETE FROM activity" + orphaned,
        "DELETE FROM recording" + orphaned,
        "DELETE FROM offer WHERE \"user\" IN (0," + users +
            ") AND interaction NOT IN (SELECT id FROM interaction)",
        "DELETE FROM decision WHERE queue IN (0," + queues +
            ") AND interaction NOT IN (SELECT id FROM interaction)",
        "DELETE FROM user_state WHERE \"user\" IN (" + users + ")",
        "DELETE FROM user_interval WHERE \"user\" IN (" + users + ")",
        "DELETE FROM pause_interval WHERE \"user\" IN (" + users + ")",
        "DELETE FROM queue_interval WHERE queue IN (" + queues + ")",
        "DROP TABLE own_call",
    };
    for (const std::string& statement : statements) {
        db.prepare(statement).run();
    }
}

}  // namespace linka::store
