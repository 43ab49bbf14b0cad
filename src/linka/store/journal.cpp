#include "linka/store/journal.hpp"

#include "linka/base/text.hpp"
#include "linka/core/core.hpp"
#include "linka/store/db/fitting.hpp"

namespace linka::store {

namespace {

bool mend(std::string& body) {
    constexpr std::string_view nul = "\\u0000";
    constexpr std::string_view replacement = "\\ufffd";
    bool mended = false;
    for (std::size_t at = body.find(nul); at != std::string::npos; at = body.find(nul, at)) {
        body.replace(at, nul.size(), replacement);
        mended = true;
    }
    if (!fits(body)) {
        body = fitted(body);
        mended = true;
    }
    return mended;
}

}  // namespace

bool Journal::write_body(std::string& body, const core::Event& event) {
    core::write_event(body, event);
    return mend(body);
}

Journal::Journal(Db& db) : db_(db) {
    insert_ = db.prepare("INSERT INTO event (seq, at, type, version, body) VALUES (?,?,?,?,?)");
    select_ =
        db.prepare("SELECT seq, at, version, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?");
}

std::optional<core::Event> Journal::append(const core::Record& record) {
    body_.clear();
    const bool mended = write_body(body_, record.event);
    insert_.bind(record.seq)
        .bind(record.at.us)
        .bind(core::type_of(record.event))
        .bind(version)
        .bind(std::string_view(body_));
    insert_.run();
    if (mended || std::holds_alternative<core::QualityMeasured>(record.event)) {
        Result<core::Event> event = core::event_from_text(body_);
        if (event) {
            return std::move(*event);
        }
    }
    return std::nullopt;
}

Result<std::vector<core::Record>> Journal::read(std::int64_t after, std::size_t max) {
    std::vector<core::Record> records;
    select_.bind(after).bind(static_cast<std::int64_t>(max));
    while (select_.step()) {
        core::Record record;
        record.seq = select_.integer(0);
        record.at = Instant{select_.integer(1)};
        const std::int64_t expected = after + static_cast<std::int64_t>(records.size()) + 1;
        Result<core::Event> event = core::event_from_text(select_.text(3));
        const bool known = select_.integer(2) == version;
        if (record.seq != expected || !known || !event) {
            select_.reset();
            if (record.seq != expected) {
                return fail(ErrorCode::internal,
                            text::format("journal: event {} is missing", expected));
            }
            return fail(ErrorCode::internal,
                        text::format("journal: event {} cannot be read: {}", record.seq,
                                     known ? event.error().text : "unknown version"));
        }
        record.event = std::move(*event);
        records.push_back(std::move(record));
    }
    const Status read = db_.take_error();
    if (!read) {
        return read.error();
    }
    return records;
}

Result<std::int64_t> Journal::last() {
    Stmt max = db_.prepare("SELECT COALESCE(MAX(seq), 0) FROM event");
    const std::int64_t seq = max.step() ? max.integer(0) : 0;
    max.reset();
    const Status read = db_.take_error();
    if (!read) {
        return read.error();
    }
    return seq;
}

}  // namespace linka::store
