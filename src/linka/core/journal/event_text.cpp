// Events as text: the journal.
#include "linka/base/json_read.hpp"
#include "linka/core/core.hpp"

namespace linka::core {

namespace {
// A record with long attributes is an event, too.
constexpr json::ReadLimits event_limits{.bytes_max = std::size_t{8} << 20, .depth_max = 64};
}  // namespace

void write_event(std::string& out, const Event& event) {
    json::write<EventVariant>(out, event);
}

std::string event_text(const Event& event) {
    std::string text;
    write_event(text, event);
    return text;
}

Result<Event> event_from_text(std::string_view text) {
    auto read = json::from_text<EventVariant>(text, json::Unknown::ignore, event_limits);
    if (!read) {
        return read.error();
    }
    return std::visit([](auto& one) { return Event(std::move(one)); }, *read);
}

std::string_view type_of(const Event& event) {
    return std::visit([](const auto& one) { return std::decay_t<decltype(one)>::type; }, event);
}

}  // namespace linka::core
