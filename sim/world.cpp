#include "sim/world.hpp"

#include "linka/base/text.hpp"
#include "sim/describe.hpp"

#include <algorithm>

namespace linka::sim {
namespace {

constexpr std::size_t trace_lines = 80;
constexpr std::size_t findings_max = 20;
constexpr int deadlines_in_place_max = 50;

std::string clock_text(Instant at) {
    const std::int64_t ms = (at.us / 1000) % 86'400'000;
    return text::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60,
                        ms % 1000);
}

}  // namespace

World::World(Manners& manners, Options options)
    : options_(options),
      dice_(options.seed),
      now_(options.start),
      state_(std::make_unique<core::State>()),
      shadow_(std::make_unique<core::State>()),
      ledger_(std::make_unique<Ledger>()),
      checkers_(all_checkers()),
      exchange_(
          manners, [this](Duration delay, const core::Input& input) { post(delay, input); },
          [this](Duration delay, std::function<void()> deed) { later(delay, std::move(deed)); }),
      snapshot_(core::save_state(*state_)) {
}

core::Reply World::apply(const core::Input& input) {
    ++inputs_;
    note('>', describe(input));
    const std::uint64_t random = dice_.bits();
    core::Outcomes outcomes = core::decide(*state_, input, now_, random);
    compare_twin(input, random, outcomes);
    for (const core::Record& record : outcomes.events) {
        take_in(record);
    }
    send_out(outcomes.effects);
    for (const auto& checker : checkers_) {
        checker->settled(moment());
    }
    collect();
    if (journal_.size() - compared_ >= options_.compare_every) {
        compare_states();
    }
    return std::move(outcomes.reply);
}

void World::take_in(const core::Record& record) {
    const std::string text = core::event_text(record.event);
    note('.', text);
    for (const char c : text) {
        fingerprint_ = (fingerprint_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    core::Record again{record.seq, record.at, {}};
    if (const auto event = core::event_from_text(text); !event) {
        found("journal: does not read back: " + event.error().text + ": " + text);
        again.event = record.event;
    } else {
        again.event = *event;
        if (core::event_text(*event) != text) {
            found("journal: reads back as something else: " + text);
        }
    }
    core::evolve(*shadow_, again);
    ledger_->fold(again);
    for (const auto& checker : checkers_) {
        checker->see(again, *ledger_);
    }
    journal_.push_back(std::move(again));
}

void World::send_out(const std::vector<core::Effect>& effects) {
    const Duration delay = effect_delay_ ? effect_delay_() : Duration{0};
    const Instant at = std::max(now_ + delay, effects_until_);
    if (delay == Duration{0} && effects_until_ <= now_) {
        durable_ = journal_.size();
        for (const core::Effect& effect : effects) {
            note('<', describe(effect));
            exchange_.execute(effect, now_);
        }
        return;
    }
    effects_until_ = at;
    ++effects_pending_;
    agenda_.put(at, [this, effects, size = journal_.size(), life = life_] {
        if (life != life_) {
            return;
        }
        --effects_pending_;
        durable_ = std::max(durable_, size);
        for (const core::Effect& effect : effects) {
            note('<', describe(effect));
            exchange_.execute(effect, now_);
        }
        for (const auto& checker : checkers_) {
            checker->settled(moment());
        }
        collect();
    });
}

void World::post(Duration delay, const core::Input& input) {
    std::vector<Duration> times{delay};
    if (post_) {
        times = post_(input, delay);
    }
    for (const Duration time : times) {
        agenda_.put(now_ + time, [this, input, life = life_] {
            if (life == life_) {
                apply(input);
            }
        });
    }
}

void World::run_deadline() {
    const Instant before = core::next_deadline(*state_);
    apply(core::Tick{});
    const Instant after = core::next_deadline(*state_);
    deadlines_in_place_ = after <= now_ ? deadlines_in_place_ + 1 : 0;
    if (deadlines_in_place_ > deadlines_in_place_max) {
        found(text::format("deadline: stays in the past ({} then {})", clock_text(before),
                           clock_text(after)));
        deadlines_in_place_ = 0;
        now_ = now_ + 1s;
    }
}

void World::advance_to(Instant until) {
    while (findings_.size() < findings_max) {
        const Instant deadline = core::next_deadline(*state_);
        const Instant next = std::min(deadline, agenda_.next());
        if (next > until) {
            break;
        }
        now_ = std::max(now_, next);
        if (deadline <= agenda_.next()) {
            run_deadline();
        } else {
            const Agenda::Deed deed = agenda_.take();
            deed();
        }
    }
    now_ = std::max(now_, until);
}

void World::take_snapshot() {
    snapshot_ = core::save_state(*state_);
    snapshot_seq_ = journal_.size();
}

void World::restart(const Crash& crash) {
    note('!', "restart");
    ++life_;
    effects_pending_ = 0;
    effects_until_ = now_;
    if (crash.lose_undurable && durable_ < journal_.size()) {
        journal_.resize(durable_);
    }
    durable_ = journal_.size();
    if (snapshot_seq_ > journal_.size()) {
        snapshot_ = core::save_state(core::State{});
        snapshot_seq_ = 0;
    }
    twin_.reset();
    state_ = std::make_unique<core::State>();
    if (const auto loaded = core::load_state(*state_, snapshot_); !loaded) {
        found("snapshot: does not load: " + loaded.error().text);
        return;
    }
    shadow_ = std::make_unique<core::State>();
    ledger_ = std::make_unique<Ledger>();
    checkers_ = all_checkers();
    for (std::size_t index = 0; index < journal_.size(); ++index) {
        if (index >= snapshot_seq_) {
            core::evolve(*state_, journal_[index]);
        }
        core::evolve(*shadow_, journal_[index]);
        ledger_->fold(journal_[index]);
        for (const auto& checker : checkers_) {
            checker->see(journal_[index], *ledger_);
        }
    }
    for (const auto& checker : checkers_) {
        checker->settled(moment());
        static_cast<void>(checker->take());
    }
    compare_states();
    for (const core::LegId leg : crash.lost) {
        exchange_.lose(leg);
    }
    apply(core::Restored{exchange_.alive()});
    exchange_.report_again();
}

void World::compare_states() {
    compared_ = journal_.size();
    const std::string live = core::save_state(*state_);
    const std::string folded = core::save_state(*shadow_);
    if (live != folded) {
        const auto differs = std::mismatch(live.begin(), live.end(), folded.begin(), folded.end());
        const auto at = static_cast<std::size_t>(differs.first - live.begin());
        const std::size_t from = at > 60 ? at - 60 : 0;
        found("replay: the state is no fold of the journal: live …" + live.substr(from, 160) +
              "… folded …" + folded.substr(from, 160));
        shadow_ = std::make_unique<core::State>();
        static_cast<void>(core::load_state(*shadow_, live));
        return;
    }
    twin_ = std::make_unique<core::State>();
    if (const auto result = core::load_state(*twin_, live); !result) {
        found("snapshot: does not load: " + result.error().text);
        twin_.reset();
    } else if (core::save_state(*twin_) != live) {
        found("snapshot: loads as another state");
    }
}

/// What a snapshot forgets cannot be seen in its text, only in what is decided afterwards.
void World::compare_twin(const core::Input& input, std::uint64_t random,
                         const core::Outcomes& outcomes) {
    if (!twin_) {
        return;
    }
    const core::Outcomes other = core::decide(*twin_, input, now_, random);
    const auto same_event = [](const core::Record& a, const core::Record& b) {
        return a.seq == b.seq && a.at == b.at &&
               core::event_text(a.event) == core::event_text(b.event);
    };
    const auto same_effect = [](const core::Effect& a, const core::Effect& b) {
        return describe(a) == describe(b);
    };
    if (!std::equal(outcomes.events.begin(), outcomes.events.end(), other.events.begin(),
                    other.events.end(), same_event) ||
        !std::equal(outcomes.effects.begin(), outcomes.effects.end(), other.effects.begin(),
                    other.effects.end(), same_effect)) {
        found("snapshot: decides otherwise after loading: " + describe(input));
        twin_.reset();
    }
}

void World::go_home() {
    for (int round = 0; round < 5 && !exchange_.alive().empty(); ++round) {
        for (const core::LegId leg : exchange_.alive()) {
            exchange_.hang_up(leg);
            advance(200ms);
        }
        advance(2min);
    }
    for (const auto& [id, user] : Ledger(*ledger_).users) {
        for (const core::ActivityId work : ledger_->open_activities(id)) {
            apply(core::CloseActivity{id, work, {}, {}});
        }
        if (user.logged_in) {
            apply(core::LogOut{id});
        }
    }
    advance(1h);
}

void World::finish() {
    compare_states();
    for (const auto& checker : checkers_) {
        checker->finished(moment());
    }
    collect();
}

void World::collect() {
    for (const auto& checker : checkers_) {
        for (std::string& what : checker->take()) {
            found(std::string{checker->name()} + ": " + std::move(what));
        }
    }
}

void World::found(std::string what) {
    note('X', what);
    if (findings_.size() < findings_max) {
        findings_.push_back(clock_text(now_) + ' ' + std::move(what));
    }
}

void World::note(char kind, std::string_view what) {
    trace_.push_back(text::format("{} {} {}", clock_text(now_), kind, what));
    if (!options_.trace && trace_.size() > 2 * trace_lines) {
        trace_.erase(trace_.begin(), trace_.begin() + trace_lines);
    }
}

Moment World::moment() const {
    return {*ledger_, exchange_, *state_, now_, effects_pending_ > 0};
}

}  // namespace linka::sim
