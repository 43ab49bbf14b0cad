#include "linka/store/journal.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"

namespace linka::store {

namespace {

// The form of the bodies; events of other forms would be translated when read.
constexpr std::int64_t event_version = 1;
// A record with long attributes is an event, too.
constexpr json::ReadLimits event_limits{.bytes_max = 8 << 20, .depth_max = 64};

}  // namespace

std::string_view type_of(const core::Event& event) {
    return std::visit([](const auto& one) { return std::decay_t<decltype(one)>::type; }, event);
}

Result<core::Event> read_event(std::string_view body) {
    return json::from_text<core::Event>(body, json::Unknown::ignore, event_limits);
}

Journal::Journal(Db& db) : db_(db) {
    insert_ = db.prepare("INSERT INTO event (seq, at, type, version, body) VALUES (?,?,?,?,?)");
    select_ =
        db.prepare("SELECT seq, at, version, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?");
}

std::optional<core::Event> Journal::append(const core::Record& record) {
    body_.clear();
    json::write(body_, record.event);
    insert_.bind(record.seq)
        .bind(record.at.us)
        .bind(type_of(record.event))
        .bind(event_version)
        .bind(std::string_view(body_));
    insert_.run();
    if (std::holds_alternative<core::QualityMeasured>(record.event)) {
        Result<core::Event> event = read_event(body_);
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
        Result<core::Event> event = read_event(select_.text(3));
        const bool known = select_.integer(2) == event_version;
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
