// What the list of missed calls tells the pages: rows that came, changed, hid or went, and who lost
// a device to a colleague.
#include "linka/api/live/push_rows.hpp"
#include "linka/api/live/rows.hpp"
#include "linka/base/json_write.hpp"
#include "linka/core/view.hpp"
#include "linka/core/work/missed.hpp"

namespace linka::api {

namespace {

PushText text_of(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

std::string gone(core::MissedId id) {
    return R"({"type":"missed_gone","name":")" + missed_name(id) + R"("})";
}

// Told to the one who lost the device, on every page of theirs.
void tell_taken(const core::State& state, const core::DeviceLeft& left, PushBatch& batch) {
    const core::User* loser = core::find_user(state, left.user);
    const core::User* taker = core::find_user(state, left.taken_by);
    const core::Device* device = core::find_device(state, left.device);
    if (loser == nullptr || taker == nullptr || device == nullptr) {
        return;
    }
    std::string text = R"({"type":"device_taken","device":)";
    json::write_string(text, device->name);
    text += R"(,"title":)";
    json::write_string(text, device->title);
    text += R"(,"by":{"name":)";
    json::write_string(text, taker->name);
    text += R"(,"title":)";
    json::write_string(text, taker->title);
    text += "}}";
    PushMessage message;
    message.about = PushMessage::About::notice;
    message.full = text_of(std::move(text));
    message.user = *loser;
    batch.messages.push_back(std::move(message));
}

}  // namespace

void PushRows::update_missed(const core::State& state, core::MissedId id, PushBatch& batch) {
    const auto found = state.missed.find(id);
    const bool there = found != state.missed.end();
    KnownMissed& known = missed_[id];
    std::string row;
    if (there) {
        const core::Missed& missed = found->second;
        row = core::is_shown(missed) ? missed_row(state, missed) : std::string();
        known.queue = missed.queue;
        const core::User* called = core::find_user(state, missed.user);
        known.called = called == nullptr ? core::User{} : *called;
        if (missed.call || missed.calling) {
            missed_live_.insert(id);
        } else {
            missed_live_.erase(id);
        }
    }
    if (row != known.row) {
        PushMessage message;
        message.about = PushMessage::About::missed;
        message.full =
            text_of(row.empty() ? gone(id) : R"({"type":"missed","missed":)" + row + "}");
        message.queue = known.queue;
        message.user = known.called;
        batch.messages.push_back(std::move(message));
        known.row = std::move(row);
    }
    if (!there) {
        missed_.erase(id);
        missed_live_.erase(id);
    }
}

void PushRows::follow_missed(const core::State& state, const std::vector<core::Record>& records,
                             PushBatch& batch) {
    std::set<core::MissedId> touched;
    const auto add_customer = [&](const std::string& customer) {
        const auto rows = state.index.missed_of.find(customer);
        if (!customer.empty() && rows != state.index.missed_of.end()) {
            touched.insert(rows->second.begin(), rows->second.end());
        }
    };
    bool ended = false;
    bool removed = false;
    for (const core::Record& record : records) {
        if (const auto* missed = std::get_if<core::CallMissed>(&record.event)) {
            touched.insert(missed->missed);
        } else if (const auto* closed = std::get_if<core::MissedClosed>(&record.event)) {
            touched.insert(closed->missed);
        } else if (const auto* call = std::get_if<core::CallStarted>(&record.event)) {
            add_customer(call->caller);
        } else if (const auto* started = std::get_if<core::InteractionStarted>(&record.event)) {
            add_customer(started->party.address);
        } else if (const auto* left = std::get_if<core::DeviceLeft>(&record.event)) {
            tell_taken(state, *left, batch);
        }
        ended |= std::holds_alternative<core::CallEnded>(record.event);
        removed |= std::holds_alternative<core::QueueRemoved>(record.event) ||
                   std::holds_alternative<core::UserRemoved>(record.event);
    }
    if (ended) {
        touched.insert(missed_live_.begin(), missed_live_.end());
    }
    if (removed) {
        for (const auto& [id, known] : missed_) {
            touched.insert(id);
        }
    }
    for (const core::MissedId id : touched) {
        update_missed(state, id, batch);
    }
}

}  // namespace linka::api
