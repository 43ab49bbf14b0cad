#include "linka/store/changes.hpp"

#include "linka/store/db/fitting.hpp"

#include <array>
#include <string_view>

namespace linka::store {

namespace {

// Whose taking back is taken back stands again, and so on.
void mark_taken_back(Db& db, std::int64_t entry) {
    Stmt mark = db.prepare("UPDATE audit_log SET taken_back = ? WHERE id = ?");
    Stmt next = db.prepare("SELECT takes_back FROM audit_log WHERE id = ?");
    for (std::int64_t taken_back = 1; entry != 0; taken_back = 1 - taken_back) {
        mark.bind(taken_back).bind(entry).run();
        next.bind(entry);
        entry = next.step() ? next.integer(0) : 0;
        next.reset();
    }
}

}  // namespace

void write_change(Db& db, const Change& change) {
    Stmt insert = db.prepare(
        "INSERT INTO audit_log (id, at, who, access, origin, what, detail, model, name, title, "
        "\"before\", \"after\", titles, takes_back) "
        "SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM audit_log");
    insert.bind(change.at.us).bind(change.who.value);
    // The change itself must not wait for a text of its entry that no database keeps.
    const std::array<std::string, 10> texts{
        fitted(change.access), fitted(change.origin), fitted(change.what),  fitted(change.detail),
        fitted(change.model),  fitted(change.name),   fitted(change.title), fitted(change.before),
        fitted(change.after),  fitted(change.titles)};
    for (const std::string& text : texts) {
        insert.bind(std::string_view(text));
    }
    insert.bind(change.takes_back).run();
    mark_taken_back(db, change.takes_back);
}

}  // namespace linka::store
