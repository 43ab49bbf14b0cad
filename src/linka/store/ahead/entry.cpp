#include "linka/store/ahead/entry.hpp"

#include "linka/base/text.hpp"
#include "linka/core/core.hpp"
#include "linka/store/journal.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace linka::store {

namespace {

void put_number(std::string& to, std::int64_t number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    to.append(bytes, sizeof bytes);
}

void put_text(std::string& to, std::string_view text) {
    put_number(to, static_cast<std::int64_t>(text.size()));
    to += text;
}

// Reads what the two above wrote. What is missing becomes 0 and "", and `whole` false.
class Reading {
  public:
    explicit Reading(std::string_view bytes) : bytes_(bytes) {}

    std::int64_t number() {
        std::int64_t number = 0;
        const std::string_view taken = take(sizeof number);
        if (!taken.empty()) {
            std::memcpy(&number, taken.data(), taken.size());
        }
        return number;
    }
    std::string_view text() {
        const std::int64_t size = number();
        return take(size < 0 ? bytes_.size() + 1 : static_cast<std::size_t>(size));
    }
    [[nodiscard]] bool whole() const { return whole_; }

  private:
    std::string_view take(std::size_t size) {
        if (size > bytes_.size()) {
            whole_ = false;
            bytes_ = {};
            return {};
        }
        const std::string_view taken = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return taken;
    }

    std::string_view bytes_;
    bool whole_ = true;
};

constexpr std::array<std::string Change::*, 10> change_texts{
    &Change::access, &Change::origin, &Change::what,   &Change::detail, &Change::model,
    &Change::name,   &Change::title,  &Change::before, &Change::after,  &Change::titles};

}  // namespace

void put_entry(std::string& to, const Write& write) {
    std::string body;
    put_number(to, Journal::version);
    put_number(to, static_cast<std::int64_t>(write.events.size()));
    for (const core::Record& record : write.events) {
        put_number(to, record.seq);
        put_number(to, record.at.us);
        body.clear();
        static_cast<void>(Journal::write_body(body, record.event));
        put_text(to, body);
    }
    put_number(to, static_cast<std::int64_t>(write.side.size()));
    for (const Side& side : write.side) {
        put_text(to, side.kind);
        put_text(to, side.key);
        put_number(to, side.value ? 1 : 0);
        put_text(to, side.value.value_or(""));
    }
    put_number(to, static_cast<std::int64_t>(write.changes.size()));
    for (const Change& change : write.changes) {
        put_number(to, change.at.us);
        put_number(to, change.who.value);
        put_number(to, change.takes_back);
        for (const auto text : change_texts) {
            put_text(to, change.*text);
        }
    }
}

Result<Write> entry_from(std::string_view body) {
    Reading from(body);
    Write write;
    const bool known = from.number() == Journal::version;
    for (std::int64_t left = from.number(); known && left > 0 && from.whole(); --left) {
        core::Record record;
        record.seq = from.number();
        record.at = Instant{from.number()};
        Result<core::Event> event = core::event_from_text(from.text());
        if (!event) {
            return fail(ErrorCode::internal, text::format("ahead log: event {} cannot be read: {}",
                                                          record.seq, event.error().text));
        }
        record.event = std::move(*event);
        write.events.push_back(std::move(record));
    }
    for (std::int64_t left = from.number(); known && left > 0 && from.whole(); --left) {
        Side side{std::string(from.text()), std::string(from.text()), std::nullopt};
        const bool has_value = from.number() != 0;
        const std::string_view value = from.text();
        side.value = has_value ? std::optional<std::string>(value) : std::nullopt;
        write.side.push_back(std::move(side));
    }
    for (std::int64_t left = from.number(); known && left > 0 && from.whole(); --left) {
        Change change;
        change.at = Instant{from.number()};
        change.who = core::UserId{from.number()};
        change.takes_back = from.number();
        for (const auto text : change_texts) {
            change.*text = std::string(from.text());
        }
        write.changes.push_back(std::move(change));
    }
    if (!known || !from.whole()) {
        return fail(ErrorCode::internal, "ahead log: an entry is of another form");
    }
    return write;
}

}  // namespace linka::store
