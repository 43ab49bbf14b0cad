#include "linka/demo/street.hpp"

#include "linka/runtime/log.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace linka::demo {
namespace {

// Long enough to have heard what the menu offers.
constexpr Duration digits_after = 3s;
// Nobody waits longer; also the bound for a call that the server forgot.
constexpr const char* silence_ms = "900000";
constexpr int not_found = 404;
constexpr int busy_here = 486;
constexpr int unavailable = 503;

}  // namespace

Street::Street(runtime::Loop& loop, sip::Port& port, Options options,
               std::function<void(const Notice&)> notify)
    : loop_(loop),
      port_(port),
      options_(std::move(options)),
      notify_(std::move(notify)),
      next_outgoing_(options_.first_outgoing) {
}

Street::~Street() {
    for (const auto& [id, leg] : legs_) {
        loop_.cancel(leg.timer);
    }
}

media::LegOpen Street::opening(sip::LegId leg, std::string offer) const {
    media::LegOpen open;
    open.leg = leg;
    open.offer = std::move(offer);
    open.codecs = {"PCMA", "PCMU"};  // as the public network has them
    open.address = options_.address;
    return open;
}

void Street::take(const Call& call) {
    if (closed_ || media_ == nullptr || legs_.size() >= calls_max ||
        leg_of(call.call) != legs_.end()) {
        notify_(Ended{call.call, unavailable, false});
        return;
    }
    const sip::LegId id = next_outgoing_;
    next_outgoing_ += 2;
    Leg& leg = legs_[id];
    leg.call = call.call;
    leg.digits = call.digits;
    media_->open(opening(id, {}), 0,
                 [this, id, call](const media::Reply& reply) { invite(id, call, reply); });
}

void Street::invite(sip::LegId id, const Call& call, const media::Reply& reply) {
    Leg* leg = find(id);
    if (leg == nullptr) {
        return;
    }
    if (!reply.error.empty() || leg->ending) {
        notify_(Ended{call.call, reply.error.empty() ? 0 : unavailable, false});
        forget(id);
        return;
    }
    sip::Invite invite;
    invite.leg = id;
    invite.trunk = std::string(trunk);
    invite.number = call.number;
    invite.from_user = call.caller;
    invite.from_display = call.caller_name;
    invite.sdp = reply.sdp;
    command(std::move(invite));
}

void Street::take(const Say& say) {
    const auto found = leg_of(say.call);
    if (found != legs_.end()) {
        found->second.items = say.items;
        this->say(found->first, found->second);
    }
}

void Street::take(const HangUp& hang_up) {
    const auto found = leg_of(hang_up.call);
    if (found != legs_.end()) {
        this->hang_up(found->first, found->second);
    }
}

void Street::take(const Phones& phones) {
    phones_.clear();
    for (const Phone& phone : phones.phones) {
        if (phones_.size() < phones_max) {
            phones_[phone.name] = phone;
        }
    }
}

void Street::take(const Expect& expect) {
    if (expected_.size() >= expected_max) {
        expected_.pop_front();
    }
    expected_.push_back(expect);
    notify_(Expecting{expect.number, port_.port()});
}

std::optional<Phone> Street::callee(std::string_view number, int& status) {
    const auto expected = std::find_if(expected_.begin(), expected_.end(),
                                       [&](const Expect& each) { return each.number == number; });
    if (expected != expected_.end()) {
        Phone phone{expected->number, {}, expected->answer_ms, std::move(expected->items)};
        status = expected->status;
        expected_.erase(expected);
        return phone;
    }
    const auto phone = phones_.find(number);
    if (phone == phones_.end()) {
        return std::nullopt;
    }
    status = 0;
    return phone->second;
}

void Street::end_all() {
    closed_ = true;
    for (auto& [id, leg] : legs_) {
        hang_up(id, leg);
    }
}

void Street::heard(const sip::Event& event) {
    std::visit([this](const auto& each) { on(each); }, event);
}

void Street::on(const sip::Incoming& event) {
    int status = not_found;
    const std::optional<Phone> phone = callee(event.number, status);
    if (!phone || closed_ || status == not_found) {
        command(sip::Refuse{event.leg, not_found, {}, 0});
        return;
    }
    if (legs_.size() >= calls_max || media_ == nullptr) {
        command(sip::Refuse{event.leg, busy_here, {}, 0});
        return;
    }
    Leg& leg = legs_[event.leg];
    leg.answer_ms = phone->answer_ms;
    leg.status = status;
    leg.items = phone->items;
    command(sip::Ring{event.leg, {}});
    media_->open(opening(event.leg, event.sdp), 0,
                 [this, id = event.leg](const media::Reply& reply) { ring(id, reply); });
}

void Street::ring(sip::LegId id, const media::Reply& reply) {
    Leg* leg = find(id);
    if (leg == nullptr || leg->ending) {
        return;
    }
    if (!reply.error.empty()) {
        leg->ending = true;
        command(sip::Refuse{id, unavailable, {}, 0});
        return;
    }
    if (leg->answer_ms < 0) {
        return;  // until the caller gives up
    }
    const Duration wait = std::clamp<Duration>(std::chrono::milliseconds(leg->answer_ms), 0ms, 60s);
    leg->timer = loop_.after(wait, [this, id, sdp = reply.sdp] {
        Leg* ringing = find(id);
        if (ringing == nullptr) {
            return;
        }
        ringing->timer = 0;
        if (ringing->status != 0) {
            ringing->ending = true;
            command(sip::Refuse{id, ringing->status, {}, 0});
        } else {
            command(sip::Answer{id, sdp});
        }
    });
}

void Street::on(const sip::Progress& event) {
    Leg* leg = find(event.leg);
    if (leg != nullptr && !event.sdp.empty()) {
        leg->early = event.sdp;
    }
}

void Street::on(const sip::Answered& event) {
    Leg* leg = find(event.leg);
    if (leg == nullptr || media_ == nullptr) {
        return;
    }
    const std::string& sdp = event.sdp.empty() ? leg->early : event.sdp;
    media_->send(media::LegRemote{0, event.leg, sdp}, {});
    leg->answered = true;
    say(event.leg, *leg);
    if (!leg->digits.empty()) {
        leg->timer = loop_.after(digits_after, [this, id = event.leg] {
            Leg* pressing = find(id);
            if (pressing != nullptr && media_ != nullptr) {
                pressing->timer = 0;
                media_->send(media::SendDtmf{0, id, pressing->digits}, {});
            }
        });
    }
}

void Street::on(const sip::Confirmed& event) {
    Leg* leg = find(event.leg);
    if (leg == nullptr || media_ == nullptr) {
        return;
    }
    if (!event.sdp.empty()) {
        media_->send(media::LegRemote{0, event.leg, event.sdp}, {});
    }
    if (!leg->answered) {
        leg->answered = true;
        say(event.leg, *leg);
    }
}

// Hold, another codec, another address: as they wish.
void Street::on(const sip::Reoffer& event) {
    if (find(event.leg) == nullptr || media_ == nullptr) {
        return;
    }
    const auto answer = [this, id = event.leg](const media::Reply& reply) {
        if (find(id) != nullptr) {
            command(sip::AnswerReoffer{id, reply.error.empty() ? reply.sdp : std::string{}});
        }
    };
    if (event.sdp.empty()) {
        media_->send(media::LegOffer{0, event.leg, false}, answer);
    } else {
        media_->send(media::LegReoffer{0, event.leg, event.sdp}, answer);
    }
}

void Street::on(const sip::Ended& event) {
    const Leg* leg = find(event.leg);
    if (leg == nullptr) {
        return;
    }
    if (leg->call != 0) {
        notify_(Ended{leg->call, event.status, event.by_peer});
    }
    forget(event.leg);
}

void Street::heard(const media::Notice& notice) {
    const auto* done = std::get_if<media::PlayDone>(&notice);
    Leg* leg = done == nullptr ? nullptr : find(done->leg);
    if (leg == nullptr || leg->play != done->play) {
        return;
    }
    if (!done->error.empty()) {
        log::warn("demo voice cannot be heard", {{"reason", done->error}});
    }
    hang_up(done->leg, *leg);
}

void Street::lost(const std::vector<media::LegId>& legs) {
    for (const media::LegId id : legs) {
        if (Leg* leg = find(id)) {
            hang_up(id, *leg);
        }
    }
}

// What there is to say, then the end; nothing: waits in silence.
void Street::say(sip::LegId id, Leg& leg) {
    if (!leg.answered || leg.ending || media_ == nullptr) {
        return;
    }
    media::Play play;
    play.leg = id;
    play.play = ++last_play_;
    play.items = leg.items;
    if (play.items.empty()) {
        play.items = {{"silence", silence_ms, {}}};
    }
    leg.play = play.play;
    media_->send(std::move(play), [this, id](const media::Reply& reply) {
        Leg* silent = find(id);
        if (!reply.error.empty() && silent != nullptr) {
            log::warn("demo voice cannot be heard", {{"reason", reply.text}});
            hang_up(id, *silent);
        }
    });
}

void Street::hang_up(sip::LegId id, Leg& leg) {
    if (leg.ending) {
        return;
    }
    leg.ending = true;
    loop_.cancel(leg.timer);
    leg.timer = 0;
    command(sip::HangUp{id, false, 16});
}

void Street::forget(sip::LegId id) {
    const auto found = legs_.find(id);
    if (found == legs_.end()) {
        return;
    }
    loop_.cancel(found->second.timer);
    legs_.erase(found);
    if (media_ != nullptr) {
        media_->send(media::Close{0, id}, {});
    }
}

void Street::command(sip::Command command) {
    if (!port_.send(std::move(command))) {
        log::error("demo: the SIP queue is full");
    }
}

Street::Leg* Street::find(sip::LegId id) {
    const auto found = legs_.find(id);
    return found == legs_.end() ? nullptr : &found->second;
}

std::map<sip::LegId, Street::Leg>::iterator Street::leg_of(CallId call) {
    return std::find_if(legs_.begin(), legs_.end(),
                        [&](const auto& each) { return each.second.call == call; });
}

}  // namespace linka::demo
