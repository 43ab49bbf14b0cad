#include "linka/core/turn.hpp"

namespace linka::core {

void Turn::emit(Event event) {
    Record record{state_.seq + 1, std::max(now_, state_.at), std::move(event)};
    evolve(state_, record);
    out_.events.push_back(std::move(record));
}

// splitmix64 (Steele, Lea, Flood 2014): turns one seed into as many numbers as are asked for.
std::uint64_t Turn::random_below(std::uint64_t bound) {
    random_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t mixed = random_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    mixed ^= mixed >> 31;
    return bound == 0 ? 0 : mixed % bound;
}

Outcomes Turn::take() {
    out_.reply = std::move(reply);
    return std::move(out_);
}

std::vector<UserId> Turn::take_touched_users() {
    std::vector<UserId> out(state_.index.users_touched.begin(), state_.index.users_touched.end());
    state_.index.users_touched.clear();
    return out;
}

std::vector<QueueId> Turn::take_touched_queues() {
    std::vector<QueueId> out(state_.index.queues_touched.begin(),
                             state_.index.queues_touched.end());
    state_.index.queues_touched.clear();
    return out;
}

void Turn::touch_again(QueueId queue) {
    state_.index.queues_touched.insert(queue);
}

void Turn::refuse(BlockerCode code, std::vector<std::string> subjects) {
    refuse(std::vector<Blocker>{{code, std::move(subjects)}});
}

void Turn::refuse(BlockerCode code, const std::vector<InTheWay>& records) {
    Blocker blocker{code};
    for (const InTheWay& each : records) {
        blocker.subjects.push_back(each.title);
        blocker.records.push_back(each.record);
    }
    refuse(std::vector<Blocker>{std::move(blocker)});
}

void Turn::refuse(std::vector<Blocker> blockers) {
    reply.kind = Reply::Kind::blocked;
    reply.blockers = std::move(blockers);
}

void Turn::not_found() {
    reply.kind = Reply::Kind::not_found;
}

void Turn::invalid(std::string field, std::string text) {
    reply.kind = Reply::Kind::invalid;
    reply.field = std::move(field);
    reply.text = std::move(text);
}

}  // namespace linka::core
