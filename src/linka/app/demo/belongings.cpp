#include "linka/app/demo/belongings.hpp"

#include "linka/core/view.hpp"

#include <utility>

namespace linka::app {
namespace {

// Notes that the record is there. True: it was not, and its number is one of the demo's.
template <typename Id>
bool comes_again(std::set<Id>& there, const std::vector<Id>& listed, Id id) {
    return there.insert(id).second && core::is_among(listed, id);
}

}  // namespace

Belongings::Belongings(runtime::Loop& loop, Engine& engine, KeptDemo kept)
    : loop_(loop), engine_(engine), kept_(std::move(kept)), there_(kept_.there) {
    for (const auto& [id, queue] : engine_.state().queues) {
        queues_.insert(id);
    }
    for (const auto& [id, group] : engine_.state().routing.ring_groups) {
        ring_groups_.insert(id);
    }
    engine_.on_decided([this](const std::vector<core::Record>& events) { follow(events); });
}

Belongings::~Belongings() {
    engine_.on_decided({});
}

void Belongings::add(const core::RecordIds& records) {
    app::add(kept_, records);
    there_ = true;
    keep();
}

void Belongings::keep() {
    engine_.save_side(kept_kind, kept_key, to_text(kept_));
}

core::RemoveRecords Belongings::removal(const core::State& state, core::UserId keep) const {
    return removal_of(kept_, state, keep);
}

bool Belongings::remove(core::UserId keep, bool end_calls,
                        std::function<void(const core::Reply&)> done, api::Note note) {
    return loop_.post([this, keep, end_calls, done = std::move(done), note = std::move(note)] {
        remove_now(keep, end_calls, done, note);
    });
}

void Belongings::remove_now(core::UserId keep, bool end_calls,
                            const std::function<void(const core::Reply&)>& done,
                            const api::Note& note) {
    const core::User* user = core::find_user(engine_.state(), keep);
    if (!kept_.there || user == nullptr || user->access != core::Access::admin) {
        core::Reply reply;
        reply.kind = core::Reply::Kind::not_found;
        done(reply);
        return;
    }
    core::RemoveRecords removal = removal_of(kept_, engine_.state(), keep);
    removal.end_calls = end_calls;
    engine_.apply(removal, done, [this, &note](const core::Reply& reply, const core::State& state) {
        kept_ = {false, {}, true, core::RecordingId{state.last.recording}};
        there_ = false;
        this->keep();
        return note ? note(reply, state) : std::nullopt;
    });
}

// Numbers of queues and ring groups are chosen by people: one that is used again is no longer the
// demo's.
void Belongings::follow(const std::vector<core::Record>& events) {
    bool changed = false;
    core::RecordIds& records = kept_.records;
    for (const core::Record& record : events) {
        if (const auto* queue = std::get_if<core::QueueSaved>(&record.event)) {
            if (comes_again(queues_, records.queues, queue->queue.id)) {
                std::erase(records.queues, queue->queue.id);
                changed = true;
            }
        } else if (const auto* gone = std::get_if<core::QueueRemoved>(&record.event)) {
            queues_.erase(gone->id);
        } else if (const auto* group = std::get_if<core::RingGroupSaved>(&record.event)) {
            if (comes_again(ring_groups_, records.ring_groups, group->ring_group.id)) {
                std::erase(records.ring_groups, group->ring_group.id);
                changed = true;
            }
        } else if (const auto* left = std::get_if<core::RingGroupRemoved>(&record.event)) {
            ring_groups_.erase(left->id);
        }
    }
    if (changed) {
        keep();
    }
}

}  // namespace linka::app
