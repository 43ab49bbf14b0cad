#include "sim/world.hpp"

#include "linka/base/text.hpp"
#include "linka/core/journal/keeping.hpp"
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

// What the event gives a number to that leaves the program.
std::pair<std::string_view, std::int64_t> number_given(const core::Event& event) {
    if (const auto* call = std::get_if<core::CallStarted>(&event)) {
        return {"call", call->call.value};
    }
    if (const auto* leg = std::get_if<core::LegStarted>(&event)) {
        return {"leg", leg->leg.value};
    }
    if (const auto* play = std::get_if<core::PlayStarted>(&event)) {
        return {"play", play->play.value};
    }
    if (const auto* recording = std::get_if<core::RecordingStarted>(&event)) {
        return {"recording", recording->recording.value};
    }
    if (const auto* interaction = std::get_if<core::InteractionStarted>(&event)) {
        return {"interaction", interaction->interaction.value};
    }
    if (const auto* offer = std::get_if<core::OfferStarted>(&event)) {
        return {"offer", offer->offer.value};
    }
    if (const auto* decided = std::get_if<core::Decided>(&event)) {
        return {"decision", decided->decision.value};
    }
    return {};
}

}  // namespace

World::World(Manners& manners, Options options)
    : options_(options),
      dice_(options.seed),
      elapsed_(options.start),
      clock_(options.start, options.start),
      state_(std::make_unique<core::State>()),
      shadow_(std::make_unique<core::State>()),
      ledger_(std::make_unique<Ledger>()),
      checkers_(all_checkers()),
      exchange_(
          manners, [this](Duration delay, const core::Input& input) { post(delay, input); },
          [this](Duration delay, std::function<void()> deed) { later(delay, std::move(deed)); }),
      snapshot_(core::save_state(*state_)) {
    start();
}

core::Reply World::apply(const core::Input& input) {
    ++inputs_;
    note('>', describe(input));
    if (refuses(input)) {
        core::Reply reply;
        reply.kind = core::Reply::Kind::unavailable;
        return reply;
    }
    const std::uint64_t random = dice_.bits();
    core::Outcomes outcomes = core::decide(*state_, input, now(), random, &calendar::Zone::find);
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

// As the engine, and the door of the SIP library, do: app/engine.cpp.
bool World::refuses(const core::Input& input) {
    if (!is_down_ && !refuses_ && hangs_until_ <= elapsed_) {
        return false;
    }
    if (const auto* call = std::get_if<core::CallArrivedReport>(&input)) {
        exchange_.refuse_at_door(call->leg);
        return true;
    }
    return is_down_ || core::must_be_kept(core::kind_of(input));
}

void World::set_machine_clock(Duration by) {
    note('!', text::format("the clock is set by {} us", by.count()));
    machine_set_ += by;
    clock_.see(elapsed_, elapsed_ + machine_set_);
}

void World::disk_refuses(bool refuses) {
    note('!', refuses ? "the disk refuses" : "the disk takes again");
    refuses_ = refuses;
    if (!refuses && effects_pending_ == 0 && !is_down_) {
        written(journal_.size());
    }
}

void World::disk_hangs(Duration how_long) {
    note('!', text::format("the disk hangs for {} us", how_long.count()));
    hangs_until_ = std::max(hangs_until_, elapsed_ + how_long);
    effects_until_ = std::max(effects_until_, hangs_until_);
}

void World::written(std::size_t events) {
    if (refuses_) {
        return;
    }
    durable_ = std::max(durable_, events);
    std::erase_if(unwritten_, [this](std::size_t end) { return end <= durable_; });
    if (unwritten_.empty()) {
        carry_out(std::exchange(held_back_, {}));
    }
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
    look_for_number_given_again(again);
    for (const auto& checker : checkers_) {
        checker->see(again, *ledger_);
    }
    journal_.push_back(std::move(again));
}

void World::carry_out(const std::vector<core::Effect>& effects) {
    for (const core::Effect& effect : effects) {
        if (refuses_ && (core::waits_until_kept(effect) || durable_ < start_end_)) {
            held_back_.push_back(effect);
            continue;
        }
        note('<', describe(effect));
        exchange_.execute(effect, now());
    }
}

void World::send_out(const std::vector<core::Effect>& effects) {
    const Duration delay = effect_delay_ ? effect_delay_() : Duration{0};
    const Instant at = std::max(elapsed_ + delay, effects_until_);
    if (journal_.size() > durable_) {
        unwritten_.push_back(journal_.size());
    }
    if (delay == Duration{0} && effects_until_ <= elapsed_) {
        written(journal_.size());
        carry_out(effects);
        return;
    }
    effects_until_ = at;
    ++effects_pending_;
    agenda_.put(at, [this, effects, size = journal_.size(), life = life_] {
        if (life != life_) {
            return;
        }
        --effects_pending_;
        written(size);
        carry_out(effects);
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
        agenda_.put(elapsed_ + time, [this, input, life = life_] {
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
    deadlines_in_place_ = after <= now() ? deadlines_in_place_ + 1 : 0;
    if (deadlines_in_place_ > deadlines_in_place_max) {
        found(text::format("deadline: stays in the past ({} then {})", clock_text(before),
                           clock_text(after)));
        deadlines_in_place_ = 0;
        elapsed_ = elapsed_ + 1s;
    }
}

void World::advance_to(Instant until) {
    while (findings_.size() < findings_max) {
        const Instant deadline = is_down_ ? Instant::never() : core::next_deadline(*state_);
        const Instant due =
            deadline == Instant::never() ? deadline : elapsed_ + clock_.until(elapsed_, deadline);
        const Instant next = std::min(due, agenda_.next());
        if (next > until) {
            break;
        }
        elapsed_ = std::max(elapsed_, next);
        if (due <= agenda_.next()) {
            run_deadline();
        } else {
            const Agenda::Deed deed = agenda_.take();
            deed();
        }
    }
    elapsed_ = std::max(elapsed_, until);
}

void World::take_snapshot() {
    if (is_down_) {
        return;
    }
    snapshot_ = core::save_state(*state_);
    snapshot_seq_ = journal_.size();
}

// Nothing left before the start was kept: what was numbered since may be numbered so again.
void World::forget_events(const Crash& crash) {
    const std::size_t torn = std::min(crash.torn, unwritten_.size());
    const std::size_t kept = torn == 0 ? durable_ : std::max(durable_, unwritten_[torn - 1]);
    for (std::size_t index = kept; durable_ >= start_end_ && index < journal_.size(); ++index) {
        forgotten_.insert(number_given(journal_[index].event));
    }
    journal_.resize(kept);
}

void World::look_for_number_given_again(const core::Record& record) {
    const auto given = number_given(record.event);
    if (given.second != 0 && forgotten_.contains(given)) {
        found(text::format("numbers: {} {} is given again", given.first, given.second));
    }
}

void World::die(const Crash& crash) {
    note('!', "the program dies");
    ++life_;
    effects_pending_ = 0;
    if (crash.lose_undurable && durable_ < journal_.size()) {
        forget_events(crash);
    }
    held_back_.clear();
    unwritten_.clear();
    durable_ = journal_.size();
    is_down_ = true;
}

bool World::load() {
    if (snapshot_seq_ > journal_.size()) {
        snapshot_ = core::save_state(core::State{});
        snapshot_seq_ = 0;
    }
    twin_.reset();
    state_ = std::make_unique<core::State>();
    if (const auto loaded = core::load_state(*state_, snapshot_); !loaded) {
        found("snapshot: does not load: " + loaded.error().text);
        return false;
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
    return true;
}

void World::restart(const Crash& crash) {
    die(crash);
    advance(crash.down);
    note('!', "the program starts");
    is_down_ = false;
    refuses_ = false;
    effects_until_ = elapsed_;
    hangs_until_ = elapsed_;
    if (!load()) {
        return;
    }
    clock_ = SlewedClock(elapsed_, elapsed_ + machine_set_);
    clock_.not_before(elapsed_, state_->at);
    for (const auto& checker : checkers_) {
        checker->settled(moment());
        static_cast<void>(checker->take());
    }
    compare_states();
    if (crash.lose_undurable) {
        forget_lost();
    }
    for (const core::LegId leg : crash.lost) {
        exchange_.lose(leg);
    }
    start();
    exchange_.report_again();
}

void World::start() {
    start_end_ = SIZE_MAX;  // until it is known
    apply(core::ProgramStartedReport{exchange_.alive()});
    start_end_ = journal_.size();
}

// What signalling and media are to keep is written with the events: who is in no event is in
// neither.
void World::forget_lost() {
    std::vector<core::LegId> lost;
    for (const auto& [leg, wire] : exchange_.wires()) {
        if (wire.state != WireState::ended && !state_->legs.contains(leg)) {
            lost.push_back(leg);
        }
    }
    for (const core::LegId leg : lost) {
        exchange_.forget(leg);
    }
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
    const core::Outcomes other = core::decide(*twin_, input, now(), random, &calendar::Zone::find);
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
    for (const auto& [id, entry] : Ledger(*ledger_).interactions) {
        if (entry.conversation() && !entry.ended) {
            apply(core::ConversationEndedReport{entry.conversation()});
        }
    }
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
        findings_.push_back(clock_text(now()) + ' ' + std::move(what));
    }
}

void World::note(char kind, std::string_view what) {
    trace_.push_back(text::format("{} {} {}", clock_text(now()), kind, what));
    if (!options_.trace && trace_.size() > 2 * trace_lines) {
        trace_.erase(trace_.begin(), trace_.begin() + trace_lines);
    }
}

Moment World::moment() const {
    const bool held_back = durable_ < start_end_;
    return {*ledger_, exchange_, *state_, now(), effects_pending_ > 0 || held_back};
}

}  // namespace linka::sim
