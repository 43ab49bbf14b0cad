#include "linka/app/demo/public.hpp"

#include "linka/app/demo/callees.hpp"
#include "linka/core/view.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>
#include <utility>

namespace linka::app {
namespace {

// How soon a customer notices that somebody listens, and a colleague that something is to be done.
constexpr Duration heartbeat = 250ms;
constexpr Duration after_refusal = 5s;
// A visitor gets some time to reach for the telephone.
constexpr Duration visitors_patience = 60s;
constexpr Duration program_idle_max = 3min;
// Bounds of what visitors and the background may start.
constexpr std::size_t visits_max = 24;
constexpr std::size_t background_visits_max = 12;
constexpr Duration ring_window = 60s;
constexpr std::size_t rings_of_user_max = 6;
constexpr std::size_t rings_max = 30;

void forget_old(std::deque<Instant>& times, Instant now) {
    while (!times.empty() && times.front() + ring_window <= now) {
        times.pop_front();
    }
}

api::DemoPublic::Called not_there() {
    api::DemoPublic::Called called;
    called.reply.kind = core::Reply::Kind::not_found;
    return called;
}

}  // namespace

Public::Public(runtime::Loop& loop, Engine& engine, sip::Port& port, Belongings& belongings,
               Options options)
    : loop_(loop),
      engine_(engine),
      port_(port),
      belongings_(belongings),
      options_(std::move(options)),
      program_(loop, options_.program,
               {[this](const demo::Notice& notice) { take(notice); }, [this] { program_gone(); }}),
      kept_(options_.background),
      random_(std::random_device{}()),
      chance_([this](std::int64_t bound) {
          return std::uniform_int_distribution<std::int64_t>(0, bound - 1)(random_);
      }) {
    end_left_behind();
    if (kept_.on || !all_at_home()) {
        tick_soon();
    }
}

Public::~Public() {
    loop_.cancel(timer_);
}

void Public::close() {
    kept_.on = false;
    engine_.save_side(kept_kind, kept_key, std::nullopt);
    visits_.clear();
    program_.end();
    expected({}, 0);
    loop_.cancel(timer_);
    timer_ = 0;
}

bool Public::ring(core::UserId user, std::string language,
                  std::function<void(const Called&)> done) {
    return loop_.post([this, user, language = std::move(language), done = std::move(done)] {
        done(is_there() ? ring_now(user, language) : not_there());
    });
}

bool Public::background(std::function<void(const Background&)> done) {
    return loop_.post([this, done = std::move(done)] { done(background_now()); });
}

bool Public::change_background(Change change, std::function<void(const Background&)> done) {
    return loop_.post([this, change = std::move(change), done = std::move(done)] {
        if (is_there()) {
            change_now(change);
        }
        done(background_now());
    });
}

std::vector<core::Blocker> Public::blockers_of(core::UserId user) const {
    std::vector<core::Blocker> blockers = core::can(engine_.state(), user, core::Action::be_called);
    // A call that was there and is over no longer counts, though the program has not said so yet.
    const bool rings = std::any_of(visits_.begin(), visits_.end(), [&](const auto& each) {
        const Visit& visit = each.second;
        return visit.visitor == user &&
               !(visit.called && call_of(engine_.state(), *visit.customer) == nullptr);
    });
    if (blockers.empty() && rings) {
        blockers.push_back({core::BlockerCode::busy, {}});
    }
    return blockers;
}

bool Public::too_often(core::UserId user, Instant now) {
    std::deque<Instant>& own = rung_[user];
    forget_old(own, now);
    forget_old(rung_all_, now);
    if (own.size() >= rings_of_user_max || rung_all_.size() >= rings_max) {
        return true;
    }
    own.push_back(now);
    rung_all_.push_back(now);
    return false;
}

// A number for one who has none yet. It is the demo's, and goes with it.
core::Reply Public::make_number(core::UserId user, std::string& number) {
    const core::User* who = core::find_user(engine_.state(), user);
    if (who == nullptr) {
        return not_there().reply;
    }
    const core::Route route = route_to(engine_.state(), who->extension);
    core::Reply saved = engine_.apply_now(core::SaveRoute{route});
    if (saved.kind == core::Reply::Kind::ok) {
        belongings_.add({.routes = {core::RouteId{saved.record_id}}});
        number = route.did;
    }
    return saved;
}

Public::Called Public::ring_now(core::UserId user, const std::string& language) {
    Called called;
    called.reply.blockers = blockers_of(user);
    if (!called.reply.blockers.empty()) {
        called.reply.kind = core::Reply::Kind::blocked;
        return called;
    }
    const Instant now = runtime::wall_now();
    if (too_often(user, now)) {
        called.too_often = true;
        return called;
    }
    Way way = way_to(engine_.state(), user);
    if (way.number.empty()) {
        called.reply = make_number(user, way.number);
        if (called.reply.kind != core::Reply::Kind::ok) {
            return called;
        }
    }
    Visit visit;
    for (std::size_t i = 0; i < main_customers && visit.customer == nullptr; ++i) {
        const Customer& candidate = customers()[next_main_++ % main_customers];
        visit.customer = call_of(engine_.state(), candidate) == nullptr ? &candidate : nullptr;
    }
    visit.visitor = user;
    visit.language = language;
    visit.patience = now + visitors_patience;
    if (visit.customer == nullptr || !start(visit, way.number, {})) {
        called.reply.kind = core::Reply::Kind::unavailable;
        called.reply.text = "nobody is there who could call; try again in a moment";
        return called;
    }
    called.number = way.number;
    called.through_queue = way.through_queue;
    called.caller = visit.customer->number;
    called.caller_name = language == "en" ? visit.customer->name_en : visit.customer->name_cs;
    return called;
}

bool Public::start(const Visit& visit, const std::string& number, const std::string& digits) {
    if (visits_.size() >= visits_max) {
        return false;
    }
    const Customer& customer = *visit.customer;
    demo::Call call;
    call.call = ++last_call_;
    call.number = number;
    call.caller = customer.number;
    call.caller_name = visit.language == "en" ? customer.name_en : customer.name_cs;
    call.digits = digits;
    if (!program_.send(call)) {
        return false;
    }
    visits_.emplace(call.call, visit);
    tick_soon();
    return true;
}

int Public::calling() const {
    return static_cast<int>(std::count_if(visits_.begin(), visits_.end(),
                                          [](const auto& each) { return !each.second.visitor; }));
}

Public::Background Public::background_now() const {
    const auto all = colleagues();
    const auto at_work = std::count_if(all.begin(), all.end(), [this](const Colleague& each) {
        return !is_at_home(engine_.state(), each);
    });
    return {kept_.on, kept_.callers_per_hour, calling(), static_cast<int>(at_work)};
}

void Public::change_now(const Change& change) {
    const bool was_on = kept_.on;
    kept_.on = change.on.value_or(kept_.on);
    kept_.callers_per_hour = std::clamp(change.callers_per_hour.value_or(kept_.callers_per_hour),
                                        callers_per_hour_min, callers_per_hour_max);
    kept_.language = change.language;
    next_caller_ = {};
    engine_.save_side(kept_kind, kept_key, to_text(kept_));
    if (was_on && !kept_.on) {
        say_good_bye();
    } else if (kept_.on) {
        phones_sent_ = phones_sent_ && was_on;
    }
    tick_soon();
}

void Public::tick_soon() {
    if (timer_ == 0) {
        timer_ = loop_.after(heartbeat, [this] {
            timer_ = 0;
            tick();
        });
    }
}

void Public::tick() {
    if (!is_there()) {
        close();
        return;
    }
    const Instant now = runtime::wall_now();
    listen(now);
    work(now);
    let_call(now);
    rest_when_idle(now);
    if (!visits_.empty() || kept_.on || !all_at_home() || program_.running()) {
        tick_soon();
    }
}

// Customers speak once somebody listens, and hang up when nobody does for too long.
void Public::listen(Instant now) {
    for (auto& [id, visit] : visits_) {
        const core::Call* call = call_of(engine_.state(), *visit.customer);
        visit.called = visit.called || call != nullptr;
        if (!visit.spoken && call != nullptr && is_listened_to(*call)) {
            visit.spoken = program_.send(
                demo::Say{id, customer_lines(*visit.customer, visit.language, visit.pace)});
        } else if (!visit.spoken && now >= visit.patience) {
            // Once; the end is told by the program.
            visit.spoken = program_.send(demo::HangUp{id});
        }
    }
}

void Public::work(Instant now) {
    if ((kept_.on || !all_at_home()) && !phones_sent_) {
        send_phones();
    }
    for (const Colleague& colleague : colleagues()) {
        Desk& desk = desks_[colleague.user];
        if (now < desk.not_before) {
            continue;
        }
        const DeskView view{engine_.state(), now, colleague, kept_.on, options_.statuses};
        const auto deed = next_deed(view, desk.plan, chance_);
        if (deed && engine_.apply_now(*deed).kind != core::Reply::Kind::ok) {
            desk.not_before = now + after_refusal;
        }
    }
}

void Public::let_call(Instant now) {
    if (!kept_.on) {
        return;
    }
    if (!next_caller_) {
        // The first one soon, so that one sees that something happens.
        next_caller_ = now + 2s;
    }
    if (now < next_caller_) {
        return;
    }
    next_caller_ = now + until_next_caller(kept_.callers_per_hour, chance_);
    const Errand errand = next_errand(engine_.state(), chance_);
    if (errand.customer == nullptr ||
        static_cast<std::size_t>(calling()) >= background_visits_max) {
        return;
    }
    Visit visit;
    visit.customer = errand.customer;
    visit.language = kept_.language;
    visit.pace = errand.pace;
    visit.patience = now + errand.patience;
    static_cast<void>(start(visit, errand.number, errand.digits));
}

bool Public::all_at_home() const {
    const auto all = colleagues();
    return std::all_of(all.begin(), all.end(),
                       [this](const Colleague& each) { return is_at_home(engine_.state(), each); });
}

void Public::rest_when_idle(Instant now) {
    if (!visits_.empty() || kept_.on || !all_at_home()) {
        idle_since_ = {};
        return;
    }
    if (phones_sent_) {
        phones_sent_ = program_.running() && !program_.send(demo::Phones{});
    }
    if (!idle_since_) {
        idle_since_ = now;
    }
    if (program_.running() && idle_since_ + program_idle_max <= now) {
        program_.end();
    }
}

void Public::send_phones() {
    demo::Phones phones;
    for (const Colleague& colleague : colleagues()) {
        const std::string password = options_.password(colleague.device);
        if (!password.empty()) {
            phones.phones.push_back({std::string(colleague.device), password, 1500 + chance_(4000),
                                     colleague_lines(colleague, kept_.language)});
        }
    }
    phones_sent_ = program_.send(phones);
}

// Switched off: who talks says good-bye, who waits gives up.
void Public::say_good_bye() {
    for (auto& [id, visit] : visits_) {
        if (visit.visitor) {
            continue;
        }
        const core::Call* call = call_of(engine_.state(), *visit.customer);
        const bool heard = call != nullptr && is_listened_to(*call);
        visit.spoken =
            heard ? program_.send(demo::Say{id, farewell_lines(*visit.customer, visit.language)})
                  : program_.send(demo::HangUp{id});
    }
}

void Public::take(const demo::Notice& notice) {
    if (const auto* ended = std::get_if<demo::Ended>(&notice)) {
        visits_.erase(ended->call);
    } else if (const auto* expecting = std::get_if<demo::Expecting>(&notice)) {
        expected(expecting->number, expecting->port);
    }
}

void Public::expect(const std::string& number, std::function<void(int port)> done) {
    idle_since_ = {};
    if (!is_there() || expected_.size() >= demo::expected_max ||
        !program_.send(callee_of(number, kept_.language, chance_))) {
        done(0);
        return;
    }
    expected_.push_back({number, std::move(done)});
    tick_soon();
}

// Whoever waits for that number, or for any if it is empty.
void Public::expected(const std::string& number, int port) {
    std::vector<Expected> waiting;
    std::swap(waiting, expected_);
    for (Expected& each : waiting) {
        if (number.empty() || each.number == number) {
            each.done(port);
        } else {
            expected_.push_back(std::move(each));
        }
    }
}

void Public::program_gone() {
    visits_.clear();
    phones_sent_ = false;
    expected({}, 0);
    end_left_behind();
    tick_soon();
}

// Telephones that are gone without a word: the server hangs up in their stead. The calls then end
// as any call that one side has ended.
void Public::end_left_behind() {
    std::size_t legs = 0;
    for (const auto& [id, leg] : engine_.state().legs) {
        const core::Call* call = core::find_call(engine_.state(), leg.call);
        const core::Device* device = core::find_device(engine_.state(), leg.device);
        const bool customer = call != nullptr && call->customer == id && leg.incoming &&
                              customer_of(*call) != nullptr;
        if (customer || (device != nullptr && is_colleagues_phone(device->name))) {
            legs += port_.send(sip::HangUp{id.value, false, 16}) ? 1 : 0;
        }
    }
    if (legs > 0) {
        log::warn("demo calls ended with the program that made them", {{"telephones", legs}});
    }
}

}  // namespace linka::app
