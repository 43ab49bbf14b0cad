#include "linka/voice/switchboard.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/voice/media_leg.hpp"
#include "linka/voice/save.hpp"

#include <utility>

namespace linka::voice {
namespace {

// Ring, answer, hang up and a few descriptions: no leg has more to say while the port is stuck.
constexpr std::size_t commands_per_leg = 4;

}  // namespace

Switchboard::Switchboard(runtime::Loop& loop, sip::Port& port, const core::State& core_state,
                         Sink sink, Options the_options)
    : options(std::move(the_options)),
      state(core_state),
      addresses({options.media_address, options.media_address6, options.media_advertise}),
      legs(options.legs_max),
      loop_(loop),
      port_(port),
      sink_(std::move(sink)) {
}

Switchboard::~Switchboard() {
    for (const auto timer : timers_) {
        loop_.cancel(timer);
    }
}

void Switchboard::detach() {
    detached_ = true;
    if (media_) {
        media_->detach();
    }
}

void Switchboard::from_outside(std::function<void()> work) {
    if (detached_) {
        return;
    }
    if (depth_ > 0) {
        postponed_.push_back(std::move(work));
        return;
    }
    const Turn turn(*this);
    work();
}

void Switchboard::tell(core::Input input) {
    inputs_.push_back(std::move(input));
}

void Switchboard::command(sip::Command command) {
    if (detached_ || (waiting_.empty() && port_.send(command))) {
        return;
    }
    if (waiting_.size() >= options.legs_max * commands_per_leg) {
        log::error("SIP command dropped: the port does not take any");
        return;
    }
    waiting_.push_back(std::move(command));
    if (waiting_.size() == 1) {
        later(options.port_wait, [this] { flush_commands(); });
    }
}

void Switchboard::flush_commands() {
    while (!detached_ && !waiting_.empty() && port_.send(waiting_.front())) {
        waiting_.pop_front();
    }
    if (!detached_ && !waiting_.empty()) {
        later(options.port_wait, [this] { flush_commands(); });
    }
}

void Switchboard::ask(const Leg& leg, media::Request request, Then then) {
    const LegNumber number = leg.number();
    const std::int64_t generation = leg.generation;
    ask_anyone(std::move(request),
               [this, number, generation, then = std::move(then)](const media::Reply& reply) {
                   Leg* found = legs.find(number);
                   if (found != nullptr && found->generation == generation) {
                       then(*found, reply);
                   }
               });
}

void Switchboard::say(media::Request request) {
    if (media() != nullptr) {
        media_->send(std::move(request), {});
    }
}

void Switchboard::ask_anyone(media::Request request,
                             std::function<void(const media::Reply&)> then) {
    if (media() == nullptr) {
        return;
    }
    media_->send(std::move(request), expect_reply(std::move(then)));
}

void Switchboard::open(media::LegOpen request, LegNumber near,
                       std::function<void(const media::Reply&)> then) {
    if (media() == nullptr) {
        return;
    }
    // A leg that opens when nobody waits for it any more would stay at the worker for ever.
    const auto close = [this, leg = request.leg](const media::Reply& reply) {
        if (reply.error.empty()) {
            media::Close request_to_close;
            request_to_close.leg = leg;
            say(request_to_close);
        }
    };
    media_->open(std::move(request), near, expect_reply(std::move(then), close));
}

Switchboard::Reader Switchboard::expect_reply(Reader then, Reader late) {
    const std::uint64_t number = ++last_asked_;
    asked_.emplace_hint(asked_.end(), number,
                        Asked{runtime::steady_now() + options.media_wait, std::move(then)});
    if (!std::exchange(watching_asked_, true)) {
        later(options.media_wait, [this] { end_waiting(); });
    }
    return [this, number, late = std::move(late),
            alive = std::weak_ptr<int>(alive_)](const media::Reply& reply) {
        if (alive.expired()) {
            return;
        }
        from_outside([this, number, late, reply] {
            if (auto asked = asked_.extract(number)) {
                asked.mapped().then(reply);
            } else if (late) {
                late(reply);
            }
        });
    };
}

// Each waits equally long, so the oldest is due first. One timer serves all.
void Switchboard::end_waiting() {
    watching_asked_ = false;
    const Instant now = runtime::steady_now();
    while (!asked_.empty() && asked_.begin()->second.deadline <= now) {
        const auto asked = asked_.extract(asked_.begin());
        media_unanswered.add();
        media::Reply reply;
        reply.error = "timeout";
        reply.text = "no media worker answered";
        asked.mapped().then(reply);
    }
    if (!asked_.empty() && !std::exchange(watching_asked_, true)) {
        later(asked_.begin()->second.deadline - now, [this] { end_waiting(); });
    }
}

void Switchboard::forget(LegNumber number) {
    legs.remove(number);
    changed_.insert(number);
    wanting_.erase(number);
}

void Switchboard::forget_saved(const std::string& key) {
    const auto number = text::to_int(key);
    if (!number || *number <= 0) {
        save(std::string(leg_kind), key, std::nullopt);
        return;
    }
    saved_.insert(*number);
    changed_.insert(*number);
}

void Switchboard::save(std::string kind, std::string key, std::optional<std::string> value) {
    sink_.save(std::move(kind), std::move(key), std::move(value));
}

std::string Switchboard::path(const std::string& given) const {
    const bool absolute = given.starts_with('/') || options.data_directory.empty();
    return absolute ? given : options.data_directory + "/" + given;
}

void Switchboard::later(Duration delay, std::function<void()> work) {
    // The timer's number is known only after it is set, so the work finds it in a box of its own;
    // owners: the timer's work and this call.
    auto timer = std::make_shared<runtime::Loop::TimerId>(0);
    *timer = loop_.after(delay, [this, timer, work = std::move(work)] {
        timers_.erase(*timer);
        from_outside(work);
    });
    timers_.insert(*timer);
}

void Switchboard::save_changed() {
    for (const LegNumber number : std::exchange(changed_, {})) {
        const Leg* leg = legs.find(number);
        if (leg != nullptr) {
            saved_.insert(number);
            save(std::string(leg_kind), std::to_string(number), leg_text(leg->kept));
        } else if (saved_.erase(number) > 0) {
            save(std::string(leg_kind), std::to_string(number), std::nullopt);
        }
    }
}

void Switchboard::end_turn() {
    if (depth_ > 1) {
        --depth_;
        return;
    }
    while (!postponed_.empty() || !wanting_.empty() || !changed_.empty() || !inputs_.empty()) {
        while (!postponed_.empty()) {
            const auto work = std::move(postponed_.front());
            postponed_.pop_front();
            work();
        }
        for (const LegNumber number : std::exchange(wanting_, {})) {
            if (Leg* leg = legs.find(number); leg != nullptr) {
                open_media(*this, *leg);
            }
        }
        save_changed();
        for (core::Input& input : std::exchange(inputs_, {})) {
            sink_.submit(std::move(input));
        }
    }
    legs_gauge_.set(static_cast<std::int64_t>(legs.size()));
    --depth_;
}

}  // namespace linka::voice
