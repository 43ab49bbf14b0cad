// Customers who write: they come, write on while somebody has it, come back after it was closed,
// leave, or are sent on to another queue; and what agents do with several of them at once.
#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "sim/random/town.hpp"

namespace linka::sim {
namespace {

bool is_live(const InteractionEntry& entry) {
    return entry.conversation() && !entry.ended;
}

}  // namespace

/// In half of the companies: two queues for chats and one for e-mail.
void Town::found_writing() {
    if (!writers_.chance(50)) {
        return;
    }
    for (const auto& [number, type] :
         {std::pair{7001, core::QueueType::chat}, std::pair{7002, core::QueueType::chat},
          std::pair{7003, core::QueueType::email}}) {
        core::Queue queue;
        queue.id = core::QueueId{number};
        queue.title = text::format("Queue {}", number);
        core::set_type(queue, type);
        core::Offering offering;
        offering.strategy = static_cast<core::Strategy>(writers_.between(0, 3));
        offering.weight = static_cast<int>(writers_.between(0, 10));
        offering.ring_time = std::chrono::seconds{writers_.between(5, 25)};
        offering.sleep_time = std::chrono::seconds{writers_.between(0, 8)};
        queue.wrap_time = std::chrono::seconds{writers_.chance(40) ? writers_.between(5, 20) : 0};
        if (type == core::QueueType::chat && writers_.chance(40)) {
            offering.max_wait = std::chrono::seconds{writers_.between(5, 60)};
        }
        offering.auto_pause = writers_.chance(50);
        if (core::Offering* own = core::offering_of(&queue)) {
            *own = offering;
        }
        set_up(core::SaveQueue{queue, true});
        written_.push_back(queue.id);
    }
}

void Town::next_writer() {
    if (!open_) {
        return;
    }
    world_.later(std::chrono::milliseconds{writers_.between(200, 5'000)},
                 [this] { next_writer(); });
    // Now and then somebody who has been there: also while it waits, is open, or after closing.
    const bool again = conversations_ > 0 && writers_.chance(25);
    conversations_ += again ? 0 : 1;
    const core::ConversationId writer{again ? writers_.between(1, conversations_) : conversations_};
    const core::QueueId queue = writers_.one_of(written_);
    world_.apply(core::ConversationArrivedReport{
        writer, queue, {text::format("{}@example.com", writer.value), {}}, {}, again});
    const Instant gives_up = world_.now() + std::chrono::seconds{writers_.between(0, 120)};
    world_.later(1s, [this, writer, gives_up] { behave(writer, gives_up); });
}

void Town::behave(core::ConversationId writer, Instant gives_up) {
    if (!open_) {
        return;
    }
    if (world_.now() >= gives_up) {
        world_.apply(core::ConversationEndedReport{writer});
        return;
    }
    if (writers_.chance(1)) {
        world_.apply(core::ConversationMovedReport{writer, writers_.one_of(written_)});
    }
    world_.later(std::chrono::milliseconds{writers_.between(1'000, 6'000)},
                 [this, writer, gives_up] { behave(writer, gives_up); });
}

/// Something with what the user has in writing, or could have. False: they do something else.
bool Town::whim_writing(core::UserId user) {
    const Ledger& ledger = world_.ledger();
    if (writers_.chance(5)) {
        for (const auto& [id, entry] : ledger.interactions) {
            if (is_live(entry) && !entry.answered && writers_.chance(50)) {
                world_.apply(core::Take{user, entry.started.waiting_as});
                return true;
            }
        }
    }
    std::vector<core::ActivityId> open;
    for (const core::ActivityId id : ledger.open_activities(user)) {
        if (ledger.activities.at(id).opened.channel != core::Channel::call) {
            open.push_back(id);
        }
    }
    if (open.empty() || writers_.chance(50)) {
        return false;
    }
    const core::ActivityId work = writers_.one_of(open);
    const auto roll = writers_.between(0, 99);
    if (roll < 35) {
        world_.apply(core::CloseActivity{user, work, {}, {}});
    } else if (roll < 42) {
        world_.apply(core::PostponeActivity{user, work, world_.now() + 20s});
    } else if (roll < 45) {
        world_.apply(core::DescribeActivity{user, work, {.note = "so far"}, core::ThenDo::close});
    } else if (roll < 47) {
        world_.apply(core::LogOut{user});
    } else if (roll < 49) {
        world_.apply(core::EndSession{user, writers_.chance(50)});
    } else if (roll < 53) {
        // What only calls have.
        world_.apply(core::Hold{user, work, true});
        world_.apply(core::HangUpActivity{user, work});
        world_.apply(core::Transfer{user, work, some_number(), core::TransferMode::blind});
    } else {
        return false;
    }
    return true;
}

}  // namespace linka::sim
