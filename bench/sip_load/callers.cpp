#include "callers.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"

#include <sys/epoll.h>
#include <unistd.h>

namespace linka::bench {

Callers::Callers(runtime::Loop& loop, const Options& options, Exchange& exchange, Rtp& rtp,
                 Figures& figures)
    : loop_(loop),
      options_(options),
      exchange_(exchange),
      rtp_(rtp),
      figures_(figures),
      udp_(address_of(options.address, options.port)),
      wire_{loop, udp_, figures.repeats} {
    loop_.watch(udp_.fd(), EPOLLIN, [this](std::uint32_t) {
        udp_.receive([this](std::string_view text) { receive(text); });
    });
}

Callers::~Callers() {
    loop_.unwatch(udp_.fd());
}

void Callers::invite() {
    Call& call = calls_.emplace_back(static_cast<int>(calls_.size()), wire_);
    const std::string number = number_of(call.number);
    const std::string uri =
        text::format("sip:{}@{}:{}", options_.number, options_.address, options_.port);
    call.socket = rtp_.next_socket();
    call.invite_branch = new_branch();
    call.dialog.local = text::format("<sip:{}@127.0.0.1>;tag=c{}", number, call.number);
    call.dialog.remote = text::format("<{}>", uri);
    call.dialog.call_id = text::format("{}-{}@load", call.number, ::getpid());
    call.dialog.target = uri;
    call.dialog.contact = text::format("sip:{}@127.0.0.1:{}", number, udp_.port());
    call.dialog.cseq = 1;
    exchange_.invited(call.number, runtime::steady_now());
    call.invite.send(
        request_text(call.dialog,
                     {.method = "INVITE",
                      .branch = call.invite_branch,
                      .cseq = 1,
                      .headers = "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE\r\n",
                      .body = description(rtp_.port(call.socket))},
                     udp_.port()),
        Duration{}, [this, &call] { failed(call, "timeout"); });
}

void Callers::talk(int number) {
    Call& call = calls_.at(static_cast<std::size_t>(number));
    loop_.after(options_.talk, [this, &call] {
        if (call.state == State::up) {
            hang_up(call);
        }
    });
}

void Callers::connected(int number) {
    rtp_.count(calls_.at(static_cast<std::size_t>(number)).remote_port);
}

void Callers::receive(std::string_view text) {
    const auto message = parse_message(text);
    if (!message) {
        ++figures_.strays;
        return;
    }
    const auto number = text::to_int(message->call_id.substr(0, message->call_id.find('-')));
    if (!number || *number < 0 || static_cast<std::size_t>(*number) >= calls_.size()) {
        if (!message->is_request() || !answer_simple(*message, wire_, {})) {
            ++figures_.strays;
        }
        return;
    }
    Call& call = calls_[static_cast<std::size_t>(*number)];
    if (message->is_request()) {
        on_request(call, *message);
    } else {
        on_response(call, *message);
    }
}

void Callers::on_response(Call& call, const Message& message) {
    if (message.method == "BYE") {
        if (message.status >= 200 && call.state == State::ending) {
            call.bye.stop();
            over(call, message.status < 300);
        }
        return;
    }
    if (message.method != "INVITE") {
        return;
    }
    call.invite.stop();  // RFC 3261 §17.1.1.2: a provisional response ends the repetitions
    if (message.status >= 300) {
        on_failure(call, message);
    } else if (message.status >= 200) {
        on_answer(call, message);
    }
}

void Callers::on_answer(Call& call, const Message& message) {
    if (call.state != State::inviting) {
        if (!call.ack.empty()) {
            ++figures_.repeats;
            udp_.send(call.ack);
        }
        return;
    }
    call.state = State::up;
    call.dialog.remote = message.to;
    call.dialog.target = uri_of(message.contact);
    call.ack = request_text(call.dialog, {"ACK", new_branch(), 1}, udp_.port());
    udp_.send(call.ack);
    exchange_.answered(call.number, runtime::steady_now());
    call.remote_port = audio_port(message.body);
    rtp_.open(call.socket, call.remote_port);
    if (options_.devices.empty()) {
        connected(call.number);
        talk(call.number);
    } else if (exchange_.is_connected(call.number)) {
        connected(call.number);  // the agent's ACK was faster than our 200
        if (!options_.agent_hangs_up) {
            talk(call.number);
        }
    }
}

void Callers::on_failure(Call& call, const Message& message) {
    Dialog dialog = call.dialog;
    dialog.remote = message.to;
    // RFC 3261 §17.1.1.3: this ACK belongs to the transaction.
    udp_.send(request_text(dialog, {"ACK", call.invite_branch, 1}, udp_.port()));
    if (call.state == State::inviting) {
        failed(call, std::to_string(message.status));
    }
}

void Callers::on_request(Call& call, const Message& message) {
    if (answer_simple(message, wire_, call.dialog.contact)) {
        return;
    }
    if (message.method == "BYE") {
        on_bye(call, message);
    } else if (message.method == "ACK") {
        call.answer.stop();
    } else if (message.method == "INVITE" && call.state == State::up) {
        const std::string sdp = description(rtp_.port(call.socket));
        call.answer.send(answer_text(message, {.contact = call.dialog.contact, .body = sdp}), t2,
                         [] {});
    } else {
        udp_.send(
            answer_text(message, {.status = 481, .phrase = "Call/Transaction Does Not Exist"}));
    }
}

void Callers::on_bye(Call& call, const Message& message) {
    const Instant now = runtime::steady_now();
    udp_.send(answer_text(message, {}));
    exchange_.heard(call.number, now);
    if (call.state == State::up && !exchange_.is_connected(call.number)) {
        failed(call, "lost");
    } else if (call.state == State::up) {
        over(call, true);
    }
}

void Callers::hang_up(Call& call) {
    call.state = State::ending;
    exchange_.hung_up(call.number, runtime::steady_now());
    rtp_.close(call.remote_port, figures_.rtp);
    send_bye(call.dialog, wire_, call.bye, [this, &call](bool) { failed(call, "bye timeout"); });
}

void Callers::failed(Call& call, const std::string& how) {
    exchange_.failed(how);
    over(call, false);
}

void Callers::over(Call& call, bool well) {
    call.state = State::over;
    call.invite.stop();
    call.answer.stop();
    rtp_.close(call.remote_port, figures_.rtp);
    exchange_.ended(call.number, well, runtime::steady_now());
}

}  // namespace linka::bench
