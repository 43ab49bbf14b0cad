#include "linka/store/changes.hpp"

#include "linka/store/db/fitting.hpp"

#include <array>
#include <string_view>

namespace linka::store {

void write_change(Db& db, const Change& change) {
    Stmt insert = db.prepare(
        "INSERT INTO audit_log (id, at, who, access, origin, what, detail, model, name, title, "
        "\"before\", \"after\", takes_back) "
        "SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM audit_log");
    insert.bind(change.at.us).bind(change.who.value);
    // The change itself must not wait for a text of its entry that no database keeps.
    const std::array<std::string, 9> texts{
        fitted(change.access), fitted(change.origin), fitted(change.what),
        fitted(change.detail), fitted(change.model),  fitted(change.name),
        fitted(change.title),  fitted(change.before), fitted(change.after)};
    for (const std::string& text : texts) {
        insert.bind(std::string_view(text));
    }
    insert.bind(change.takes_back).run();
    if (change.takes_back != 0) {
        db.prepare("UPDATE audit_log SET taken_back = 1 WHERE id = ?")
            .bind(change.takes_back)
            .run();
    }
}

}  // namespace linka::store
