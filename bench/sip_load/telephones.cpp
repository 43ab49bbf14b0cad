#include "telephones.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"

#include <sys/epoll.h>

namespace linka::bench {

Telephones::Telephones(runtime::Loop& loop, const Options& options, Exchange& exchange, Rtp& rtp,
                       Figures& figures, std::function<void(bool all)> registered)
    : loop_(loop),
      options_(options),
      exchange_(exchange),
      rtp_(rtp),
      figures_(figures),
      udp_(address_of(options.address, options.port), options.phones_port),
      wire_{loop, udp_, figures.repeats},
      registration_(wire_, options, std::move(registered)) {
    for (const Device& device : options.devices) {
        telephones_.try_emplace(device.name);
    }
    loop_.watch(udp_.fd(), EPOLLIN, [this](std::uint32_t) {
        udp_.receive([this](std::string_view text) { receive(text); });
    });
}

Telephones::~Telephones() {
    loop_.unwatch(udp_.fd());
}

void Telephones::receive(std::string_view text) {
    const auto message = parse_message(text);
    if (!message) {
        ++figures_.strays;
        return;
    }
    if (message->is_request()) {
        on_request(*message, text);
        return;
    }
    if (message->method == "REGISTER") {
        registration_.receive(*message);
        return;
    }
    const auto found = calls_.find(std::string(message->call_id));
    if (message->method == "BYE" && message->status >= 200 && found != calls_.end() &&
        found->second->state == State::ending) {
        over(*found->second);
    }
}

void Telephones::on_request(const Message& message, std::string_view text) {
    const auto found = calls_.find(std::string(message.call_id));
    Call* call = found == calls_.end() ? nullptr : found->second.get();
    if (answer_simple(message, wire_, call == nullptr ? "" : call->dialog.contact)) {
        return;
    }
    if (call == nullptr && message.method == "INVITE") {
        on_new_call(message, text);
    } else if (call == nullptr) {
        answer_unknown(message);
    } else if (message.method == "INVITE") {
        on_invite_again(*call, message);
    } else if (message.method == "ACK") {
        on_ack(*call, message);
    } else if (message.method == "CANCEL") {
        on_cancel(*call, message);
    } else {
        on_bye(*call, message);
    }
}

void Telephones::answer_unknown(const Message& message) {
    ++figures_.strays;
    if (message.method != "ACK") {
        udp_.send(
            answer_text(message, {.status = 481, .phrase = "Call/Transaction Does Not Exist"}));
    }
}

void Telephones::on_new_call(const Message& message, std::string_view text) {
    const Instant now = runtime::steady_now();
    const std::string_view target = message.start.substr(message.start.find(' ') + 1);
    const auto telephone = telephones_.find(user_of(target.substr(0, target.find(' '))));
    if (telephone == telephones_.end()) {
        answer_unknown(message);
        return;
    }
    auto made = std::make_unique<Call>(telephone->second, wire_);
    Call& call = *made;
    calls_.emplace(std::string(message.call_id), std::move(made));
    ++open_;
    ++call.telephone.calls;
    call.number = call_of(user_of(message.from));
    exchange_.rang(call.number, now);
    if (call.telephone.freed) {
        exchange_.freed(now - call.telephone.freed);
        call.telephone.freed = {};
    }
    call.invite = text;
    call.cseq = message.cseq;
    call.tag = text::format("t{}", calls_.size());
    call.dialog.call_id = message.call_id;
    call.dialog.local = text::format("{};tag={}", message.to, call.tag);
    call.dialog.remote = message.from;
    call.dialog.target = uri_of(message.contact);
    call.dialog.contact = text::format("sip:{}@127.0.0.1:{}", telephone->first, udp_.port());
    call.socket = rtp_.next_socket();
    call.remote_port = audio_port(message.body);
    call.provisional = answer_text(
        message,
        {.status = 180, .phrase = "Ringing", .to_tag = call.tag, .contact = call.dialog.contact});
    udp_.send(call.provisional);
    call.ring_timer = loop_.after(options_.ring, [this, &call] {
        call.ring_timer = 0;
        pick_up(call);
    });
}

void Telephones::pick_up(Call& call) {
    const auto invite = parse_message(call.invite);
    call.state = State::answered;
    const std::string sdp = description(rtp_.port(call.socket));
    call.answer.send(
        answer_text(*invite, {.to_tag = call.tag, .contact = call.dialog.contact, .body = sdp}), t2,
        [this, &call] {
            exchange_.failed("ack timeout");
            over(call);
        });
}

void Telephones::on_invite_again(Call& call, const Message& message) {
    if (message.cseq != call.cseq) {  // within the dialog: hold, resume, a refresh
        call.cseq = message.cseq;
        const std::string sdp = description(rtp_.port(call.socket));
        call.answer.send(answer_text(message, {.contact = call.dialog.contact, .body = sdp}), t2,
                         [] {});
    } else if (call.state == State::ringing) {
        udp_.send(call.provisional);
    } else {
        call.answer.again();
    }
}

void Telephones::on_ack(Call& call, const Message& message) {
    if (message.cseq != call.cseq) {
        return;
    }
    call.answer.stop();
    if (call.state != State::answered) {
        return;
    }
    call.state = State::up;
    rtp_.open(call.socket, call.remote_port);
    rtp_.count(call.remote_port);
    exchange_.connected(call.number);
    if (options_.agent_hangs_up) {
        loop_.after(options_.talk, [this, &call] {
            if (call.state == State::up) {
                hang_up(call);
            }
        });
    }
}

void Telephones::on_cancel(Call& call, const Message& message) {
    udp_.send(answer_text(message, {.to_tag = call.tag}));
    if (call.state != State::ringing) {
        return;
    }
    const auto invite = parse_message(call.invite);
    call.answer.send(
        answer_text(*invite, {.status = 487, .phrase = "Request Terminated", .to_tag = call.tag}),
        t2, [] {});
    over(call);
}

void Telephones::on_bye(Call& call, const Message& message) {
    udp_.send(answer_text(message, {}));
    exchange_.heard(call.number, runtime::steady_now());
    call.answer.stop();
    if (call.state != State::ending) {
        over(call);
    }
}

void Telephones::hang_up(Call& call) {
    call.state = State::ending;
    exchange_.hung_up(call.number, runtime::steady_now());
    rtp_.close(call.remote_port, figures_.rtp);
    send_bye(call.dialog, wire_, call.bye, [this, &call](bool) {
        exchange_.failed("bye timeout");
        over(call);
    });
}

void Telephones::over(Call& call) {
    if (call.state == State::over) {
        return;
    }
    call.state = State::over;
    call.bye.stop();
    if (call.ring_timer != 0) {
        loop_.cancel(call.ring_timer);
        call.ring_timer = 0;
    }
    rtp_.close(call.remote_port, figures_.rtp);
    --open_;
    const bool free = --call.telephone.calls == 0;
    call.telephone.freed = free && exchange_.waiting() > 0 ? runtime::steady_now() : Instant{};
}

}  // namespace linka::bench
