#include "linka/sip/stack.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/message_parts.hpp"
#include "linka/sip/transports.hpp"

namespace linka::sip {
namespace {

constexpr Duration wrong_password_delay = 1s;
constexpr int delayed_max = 1000;        // beyond it wrong passwords are answered at once
constexpr unsigned message_max = 81920;  // body_max and generous headers

// The library's way to say "none yet".
url_string_t* no_transport() {
    return reinterpret_cast<url_string_t*>(std::intptr_t{-1});  // NOLINT(performance-no-int-to-ptr)
}

}  // namespace

Stack::Stack(Options options, SofiaLoop& loop, runtime::BoundedQueue<Event>& events)
    : loop_(loop),
      context_{.options = std::move(options), .events = EventSink(events), .timers = loop.timers()},
      admission_(context_.options.calls_per_second_max, context_.options.legs_max,
                 runtime::steady_now()) {
}

Stack::~Stack() {
    if (calls_) {
        calls_->abandon();
    }
    context_.flows.clear();
    if (context_.agent != nullptr) {
        nta_agent_destroy(context_.agent);
    }
}

Status Stack::start(std::vector<Account> accounts, std::vector<Trunk> trunks,
                    const Restore& restore) {
    context_.agent = nta_agent_create(
        loop_.root(), no_transport(), nullptr, nullptr, NTATAG_UA(1), NTATAG_SERVER_RPORT(1),
        NTATAG_RPORT(1), NTATAG_MERGE_482(1), NTATAG_CANCEL_487(0), NTATAG_PASS_100(1),
        NTATAG_UDP_MTU(65000), NTATAG_MAXSIZE(message_max), NTATAG_USE_NAPTR(0), NTATAG_USE_SRV(0),
        NTATAG_MAX_PROCEEDING(static_cast<unsigned>(context_.options.legs_max) + 100), TAG_END());
    if (context_.agent == nullptr) {
        return fail(ErrorCode::internal, "the SIP library could not start");
    }
    Result<Listening> listening = open_transports(context_.agent, context_.options.listen, tls_);
    if (!listening) {
        return listening.error();
    }
    context_.port = listening->port;
    context_.tls_port = listening->tls_port;
    context_.directory.set_accounts(std::move(accounts));
    context_.directory.set_trunks(std::move(trunks));
    context_.default_leg = nta_leg_tcreate(context_.agent, &Stack::on_default_request, this,
                                           NTATAG_NO_DIALOG(1), TAG_END());
    if (context_.default_leg == nullptr ||
        nta_outgoing_default(context_.agent, &Stack::on_orphan, this) == nullptr) {
        return fail(ErrorCode::internal, "the SIP library could not start");
    }
    authenticator_ = std::make_unique<Authenticator>(context_);
    registers_ = std::make_unique<RegisterServer>(context_);
    calls_ = std::make_unique<Calls>(context_, registers_->registrar(), admission_);
    registers_->restore(restore.registrations);
    calls_->restore(restore.legs);
    every_second();
    log::info("sip listens", {{"address", context_.options.listen.address},
                              {"port", context_.port},
                              {"tls_port", context_.tls_port}});
    return Done{};
}

void Stack::every_second() {
    context_.timers.at(runtime::steady_now() + 1s, [this] {
        registers_->tick();
        every_second();
    });
}

void Stack::tidy() {
    calls_->tidy();
    context_.events.retry();
}

void Stack::take(Command command) {
    std::visit(
        [this](auto& each) {
            using T = std::decay_t<decltype(each)>;
            if constexpr (std::is_same_v<T, SetAccounts>) {
                context_.directory.set_accounts(std::move(each.accounts));
                registers_->accounts_changed();
            } else if constexpr (std::is_same_v<T, SetTrunks>) {
                context_.directory.set_trunks(std::move(each.trunks));
            } else if constexpr (std::is_same_v<T, Drain>) {
                admission_.draining = each.on;
                log::info("sip admission", {{"new_calls", each.on ? "refused" : "taken"}});
            } else if constexpr (std::is_same_v<T, ReloadCertificate>) {
                const Status loaded = tls_.load(context_.options.listen.tls_directory);
                if (loaded) {
                    log::info("sip certificate reloaded");
                } else {
                    log::error("sip certificate not reloaded", {{"reason", loaded.error().text}});
                }
            } else {
                calls_->take(std::move(each));
            }
        },
        command);
}

int Stack::on_orphan(void* self, nta_outgoing_t* /*request*/, const sip_t* sip) {
    if (sip != nullptr) {
        static_cast<Stack*>(self)->calls_->on_orphan(*sip);
    }
    return 0;
}

int Stack::on_default_request(void* self, nta_leg_t* /*leg*/, nta_incoming_t* request,
                              const sip_t* sip) {
    counters().request(view(sip->sip_request->rq_method_name)).add();
    return static_cast<Stack*>(self)->on_out_of_dialog(request, *sip);
}

int Stack::on_out_of_dialog(nta_incoming_t* request, const sip_t& sip) {
    const sip_method_t method = sip.sip_request->rq_method;
    if (method == sip_method_ack) {
        nta_incoming_destroy(request);
        return 0;
    }
    if (sip.sip_to->a_tag != nullptr) {
        counters().strangers.add();
        return 481;
    }
    if (method != sip_method_cancel) {
        if (const int refusal = check(request, sip); refusal != 0) {
            return refusal;
        }
    }
    switch (method) {
        case sip_method_invite:
            return on_invite(request, sip);
        case sip_method_register:
            return on_register(request, sip);
        case sip_method_options:
            return answer_options(request);
        case sip_method_bye:
        case sip_method_cancel:
        case sip_method_prack:
        case sip_method_update:
        case sip_method_info:
            return 481;
        case sip_method_refer:
            return 403;
        case sip_method_subscribe:
        case sip_method_notify:
            return 489;  // RFC 6665: no event package outside of calls
        default: {
            Reply answer;
            answer.status = 405;
            answer.headers = allow_header;
            reply(context_, request, answer);
            return 405;
        }
    }
}

int Stack::check(nta_incoming_t* request, const sip_t& sip) {
    const auto scheme = static_cast<enum url_type_e>(sip.sip_request->rq_url->url_type);
    if (scheme != url_sip && scheme != url_sips && scheme != url_tel) {
        return 416;
    }
    const std::string missing = unsupported(sip);
    if (missing.empty()) {
        return 0;
    }
    Reply answer;
    answer.status = 420;
    answer.headers = "Unsupported: " + missing;
    reply(context_, request, answer);
    return 420;
}

int Stack::answer_options(nta_incoming_t* request) {
    Reply answer;
    answer.headers =
        text::format("{}\r\n{}\r\nAccept: application/sdp\r\nContact: {}", allow_header,
                     supported_header, contact_towards(context_, source_of(context_, request)));
    reply(context_, request, answer);
    nta_incoming_destroy(request);
    return 0;
}

const Trunk* Stack::trunk_of(const sip_t& sip, const Source& source) const {
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
    for (const Binding& binding : registers_->registrar().contacts(caller, runtime::wall_now())) {
        if (same_address(binding.source.host, source.host)) {
            return nullptr;
        }
    }
    return trunk;
}

int Stack::on_invite(nta_incoming_t* request, const sip_t& sip) {
    Caller caller;
    caller.source = source_of(context_, request);
    if (const Trunk* trunk = trunk_of(sip, caller.source); trunk != nullptr) {
        caller.trunk = trunk->name;
    } else {
        const Authenticator::Outcome outcome = authenticator_->check(sip, caller.source);
        if (outcome.verdict != Authenticator::Verdict::good) {
            return deny(request, outcome);
        }
        caller.device = outcome.account;
    }
    return calls_->on_new_invite(request, sip, caller);
}

int Stack::on_register(nta_incoming_t* request, const sip_t& sip) {
    const Source source = source_of(context_, request);
    const Authenticator::Outcome outcome = authenticator_->check(sip, source);
    if (outcome.verdict != Authenticator::Verdict::good) {
        return deny(request, outcome);
    }
    registers_->on_register(request, sip, outcome.account, source);
    return 0;
}

int Stack::deny(nta_incoming_t* request, const Authenticator::Outcome& outcome) {
    if (outcome.verdict == Authenticator::Verdict::locked) {
        return 403;
    }
    if (outcome.verdict == Authenticator::Verdict::challenge || delayed_ >= delayed_max) {
        challenge(request, outcome.stale, outcome.only_md5);
        return 0;
    }
    // A wrong password costs a second, and guesses cannot be made faster than that per request.
    ++delayed_;
    context_.timers.at(runtime::steady_now() + wrong_password_delay,
                       [this, request, only_md5 = outcome.only_md5] {
                           --delayed_;
                           challenge(request, false, only_md5);
                       });
    return 0;
}

void Stack::challenge(nta_incoming_t* request, bool stale, bool only_md5) {
    counters().challenges.add();
    Reply answer;
    answer.status = 401;
    answer.headers =
        only_md5 ? authenticator_->md5_challenge(stale) : authenticator_->challenges(stale);
    reply(context_, request, answer);
    nta_incoming_destroy(request);
}

}  // namespace linka::sip
