#include "linka/sip/door.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log_limited.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/message_parts.hpp"

namespace linka::sip {
namespace {

constexpr Duration wrong_password_delay = 1s;
constexpr int delayed_max = 1000;  // beyond it wrong passwords are answered at once

// 416 and what Require asks too much; 0: fine.
Reply check(const sip_t& sip) {
    const auto scheme = static_cast<enum url_type_e>(sip.sip_request->rq_url->url_type);
    Reply refusal;
    refusal.status = 0;
    if (scheme != url_sip && scheme != url_sips && scheme != url_tel) {
        refusal.status = 416;
    } else if (const std::string missing = unsupported(sip); !missing.empty()) {
        refusal.status = 420;
        refusal.headers = "Unsupported: " + missing;
    }
    return refusal;
}

}  // namespace

Door::Door(Context& context, RegisterServer& registers, Calls& calls)
    : context_(context),
      registers_(registers),
      calls_(calls),
      authenticator_(context, registers.registrar()) {
}

void Door::take(MessageRef message, const sip_t& sip) {
    counters().request(view(sip.sip_request->rq_method_name)).add();
    const sip_method_t method = sip.sip_request->rq_method;
    if (method == sip_method_ack) {
        return;  // of an answer that was sent without a transaction
    }
    Guest guest{std::move(message), sip, {}, nullptr};
    guest.source = source_of(context_, guest.message.get());
    if (guest.source.host.empty()) {
        return;  // its connection is gone
    }
    guest.trunk = trunk_of(sip, guest.source);
    if (admit(guest)) {
        judge(std::move(guest));
    }
}

bool Door::admit(const Guest& guest) {
    const Source& source = guest.source;
    if (context_.directory.trunk_at(source.host) != nullptr) {
        return true;
    }
    using Kind = SourceLimits::Kind;
    const Instant now = runtime::steady_now();
    std::string network = network_of(source.host);
    const bool has_contact = registers_.registrar().has_contact_at(network);
    Kind kind = Kind::stranger;
    if (authenticator_.is_contact(source)) {
        kind = Kind::contact;
        network = text::format("{} {}", source.host, source.port);
    } else if (authenticator_.answers_challenge(guest.sip, source)) {
        kind = Kind::proven;
    }
    if (limits_.admit(kind, network, has_contact, now)) {
        return true;
    }
    if (kind == Kind::stranger) {
        counters().limited_strangers.add();
    } else {
        counters().limited_known.add();
    }
    static log::Limited line(10s);
    line.warn("sip requests dropped: too many from one source", {{"address", source.host}});
    return false;
}

void Door::judge(Guest guest) {
    const sip_t& sip = guest.sip;
    const sip_method_t method = sip.sip_request->rq_method;
    if (sip.sip_to->a_tag != nullptr) {
        counters().strangers.add();
        return answer(std::move(guest.message), 481);
    }
    if (method != sip_method_cancel) {
        if (const Reply refusal = check(sip); refusal.status != 0) {
            return answer(std::move(guest.message), refusal);
        }
    }
    switch (method) {
        case sip_method_invite:
        case sip_method_register:
            return let_in(std::move(guest));
        case sip_method_options:
            return answer_options(std::move(guest));
        case sip_method_bye:
        case sip_method_cancel:
        case sip_method_prack:
        case sip_method_update:
        case sip_method_info:
            return answer(std::move(guest.message), 481);
        case sip_method_refer:
            return answer(std::move(guest.message), 403);
        case sip_method_subscribe:
        case sip_method_notify:
            return answer(std::move(guest.message), 489);  // RFC 6665: no package outside of calls
        default: {
            Reply refusal;
            refusal.status = 405;
            refusal.headers = allow_header;
            return answer(std::move(guest.message), refusal);
        }
    }
}

const Trunk* Door::trunk_of(const sip_t& sip, const Source& source) const {
    if (sip.sip_authorization != nullptr || sip.sip_proxy_authorization != nullptr) {
        return nullptr;  // a device answers our challenge
    }
    const Trunk* trunk = context_.directory.trunk_at(source.host);
    const std::string caller = decode_user(view(sip.sip_from->a_url->url_user));
    if (trunk == nullptr || context_.directory.account(caller) == nullptr) {
        return trunk;
    }
    // A trunk and a phone behind one address (a test machine, a branch office): who says that it is
    // one of our devices must prove it, if such a device could be there.
    if (is_loopback(source.host)) {
        return nullptr;
    }
    for (const Binding& binding : registers_.registrar().contacts(caller, runtime::wall_now())) {
        if (same_address(binding.source.host, source.host)) {
            return nullptr;
        }
    }
    return trunk;
}

void Door::let_in(Guest guest) {
    const bool is_call = guest.sip.sip_request->rq_method == sip_method_invite;
    if (is_call && guest.trunk != nullptr) {
        const Caller caller{{}, guest.trunk->name, guest.source};
        return on_invite(std::move(guest), caller);
    }
    const Authenticator::Outcome outcome = authenticator_.check(guest.sip, guest.source);
    notice_unanswered(guest, outcome);
    if (outcome.verdict != Authenticator::Verdict::good) {
        return deny(std::move(guest), outcome);
    }
    if (is_call) {
        const Caller caller{outcome.account, {}, guest.source};
        return on_invite(std::move(guest), caller);
    }
    on_register(std::move(guest), outcome.account);
}

void Door::on_invite(Guest guest, const Caller& caller) {
    nta_incoming_t* request = transaction_of(std::move(guest.message), guest.sip);
    if (request == nullptr) {
        return;
    }
    const int status = calls_.on_new_invite(request, guest.sip, caller);
    if (status == 0) {
        return;
    }
    if (nta_incoming_status(request) < 200) {
        Reply refusal;
        refusal.status = status;
        reply(context_, request, refusal);
    }
    nta_incoming_destroy(request);
}

void Door::on_register(Guest guest, const std::string& account) {
    // The transaction may be freed with its answer; the message is read after it.
    const MessageRef kept(msg_ref_create(guest.message.get()));
    nta_incoming_t* request = transaction_of(std::move(guest.message), guest.sip);
    if (request != nullptr) {
        registers_.on_register(request, guest.sip, account, guest.source);
    }
}

void Door::notice_unanswered(const Guest& guest, const Authenticator::Outcome& outcome) {
    const std::string& address = guest.source.host;
    if (outcome.answered) {
        unanswered_.answered(outcome.account, address);
        return;
    }
    const std::string device = decode_user(view(guest.sip.sip_from->a_url->url_user));
    if (guest.sip.sip_request->rq_method != sip_method_register ||
        context_.directory.account(device) == nullptr) {
        return;
    }
    const auto count = unanswered_.challenged(device, address, runtime::wall_now());
    if (!count) {
        return;
    }
    const std::string user_agent = user_agent_of(guest.sip);
    context_.events.emit_unless_full(
        NeverAnswers{device, address, user_agent, count->challenges, count->since});
    static log::Limited line;
    line.warn(
        "a telephone asks to register and never answers the challenge: it has no password, "
        "or does not know SHA-256 beside MD5",
        {{"device", device},
         {"address", address},
         {"challenges", count->challenges},
         {"user_agent", log::outside(user_agent)}});
}

void Door::deny(Guest guest, const Authenticator::Outcome& outcome) {
    if (outcome.verdict == Authenticator::Verdict::refused) {
        return answer(std::move(guest.message), 403);
    }
    if (outcome.verdict == Authenticator::Verdict::wrong && delayed_ < delayed_max) {
        return delay_challenge(std::move(guest), outcome.only_md5);
    }
    counters().challenges.add();
    Reply challenge;
    challenge.status = 401;
    challenge.headers = authenticator_.challenges(outcome.stale, outcome.only_md5, guest.source);
    answer(std::move(guest.message), challenge);
}

void Door::delay_challenge(Guest guest, bool only_md5) {
    // A wrong password costs a second, and guesses cannot be made faster than that per request. It
    // has a transaction, which the repetitions of the request find; that is no way to make us send
    // more than we get: only who receives our answers at this address comes here.
    nta_incoming_t* request = transaction_of(std::move(guest.message), guest.sip);
    if (request == nullptr) {
        return;
    }
    ++delayed_;
    context_.timers.at(runtime::steady_now() + wrong_password_delay,
                       [this, request, only_md5, source = guest.source] {
                           --delayed_;
                           counters().challenges.add();
                           Reply challenge;
                           challenge.status = 401;
                           challenge.headers = authenticator_.challenges(false, only_md5, source);
                           reply(context_, request, challenge);
                           nta_incoming_destroy(request);
                       });
}

void Door::answer_options(Guest guest) {
    Reply what;
    what.headers = text::format("{}\r\n{}\r\nAccept: application/sdp\r\nContact: {}", allow_header,
                                supported_header, contact_towards(context_, guest.source));
    answer(std::move(guest.message), what);
}

void Door::answer(MessageRef message, const Reply& what) {
    nta_msg_treply(context_.agent, message.release(), what.status, sip_status_phrase(what.status),
                   SIPTAG_SERVER_STR(context_.options.user_agent.c_str()),
                   TAG_IF(!what.headers.empty(), SIPTAG_HEADER_STR(what.headers.c_str())),
                   TAG_END());
}

void Door::answer(MessageRef message, int status) {
    Reply what;
    what.status = status;
    answer(std::move(message), what);
}

nta_incoming_t* Door::transaction_of(MessageRef message, const sip_t& sip) {
    return nta_incoming_create(context_.agent, nullptr, message.release(), const_cast<sip_t*>(&sip),
                               TAG_END());
}

}  // namespace linka::sip
