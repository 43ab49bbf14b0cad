#include "linka/sip/trunk_client.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/message_parts.hpp"
#include "linka/sip/random.hpp"
#include "linka/sip/reach.hpp"

#include <algorithm>
#include <utility>

namespace linka::sip {
namespace {

// As the library says it itself where no connection can be made.
constexpr int unsendable = 503;

std::string or_linka(const std::string& user) {
    return user.empty() ? std::string("linka") : encode_user(user);
}

std::string peer_uri(const Trunk& trunk, const std::string& user) {
    std::string uri = user.empty()
                          ? text::format("sip:{}:{}", uri_host(trunk.host), trunk.port)
                          : text::format("sip:{}@{}:{}", user, uri_host(trunk.host), trunk.port);
    if (trunk.transport != Transport::udp) {
        uri += text::format(";transport={}", name_of(trunk.transport));
    }
    return uri;
}

// Another account, or another place: what was registered before has to go first.
bool is_same_account(const Trunk& a, const Trunk& b) {
    return a.host == b.host && a.port == b.port && a.transport == b.transport &&
           a.username == b.username && a.registers == b.registers;
}

bool has_something_to_do(const Trunk& trunk) {
    return trunk.registers || trunk.qualify > Duration{};
}

int status_of(nta_outgoing_t* request, const sip_t* sip) {
    return sip != nullptr && sip->sip_status != nullptr ? sip->sip_status->st_status
                                                        : nta_outgoing_status(request);
}

std::uint32_t chance() {
    return static_cast<std::uint32_t>(std::stoul(random_hex(4), nullptr, 16));
}

int seconds_in(const char* value) {
    return static_cast<int>(std::clamp<std::int64_t>(text::to_int(view(value)).value_or(0), 0,
                                                     RegisterSchedule::wish_s_max));
}

// What the registrar keeps us for (RFC 3261 §10.3 step 8): our contact says it, else the message.
int granted_s(const sip_t& sip, const std::string& user, int wish) {
    for (const sip_contact_t* each = sip.sip_contact; each != nullptr; each = each->m_next) {
        if (view(each->m_url->url_user) == user && each->m_expires != nullptr) {
            return seconds_in(each->m_expires);
        }
    }
    const unsigned long said = sip.sip_expires != nullptr ? sip.sip_expires->ex_delta : 0;
    return said == 0
               ? wish
               : static_cast<int>(std::min<unsigned long>(said, RegisterSchedule::wish_s_max));
}

RegisterAnswer read_answer(int status, const sip_t* sip, const std::string& user, int wish) {
    RegisterAnswer answer;
    answer.status = status;
    if (sip == nullptr) {
        return answer;
    }
    if (status >= 200 && status < 300) {
        answer.expires_s = granted_s(*sip, user, wish);
    }
    if (sip->sip_min_expires != nullptr) {
        answer.min_expires_s = static_cast<int>(std::min<unsigned long>(
            sip->sip_min_expires->me_delta, RegisterSchedule::wish_s_max + 1UL));
    }
    answer.retry_after_s = retry_after(*sip);
    return answer;
}

}  // namespace

TrunkClient::Line::~Line() {
    if (request != nullptr) {
        nta_outgoing_destroy(request);
    }
    if (question != nullptr) {
        nta_outgoing_destroy(question);
    }
    if (leg != nullptr) {
        nta_leg_destroy(leg);
    }
}

TrunkClient::~TrunkClient() = default;

void TrunkClient::trunks_changed() {
    for (auto each = lines_.begin(); each != lines_.end();) {
        const Trunk* now = context_.directory.trunk(each->first);
        if (now != nullptr && has_something_to_do(*now) &&
            is_same_account(each->second->trunk, *now)) {
            Line& line = *each->second;
            if (line.trunk.password != now->password) {
                line.schedule = {};
                line.challenge.reset();
                line.challenges = 0;
                if (line.request != nullptr) {
                    nta_outgoing_destroy(std::exchange(line.request, nullptr));
                }
            }
            line.trunk = *now;
            ++each;
            continue;
        }
        context_.directory.set_registrar(each->first, {});
        std::unique_ptr<Line> gone = std::move(each->second);
        each = lines_.erase(each);
        leave(std::move(gone));
    }
    for (const Trunk& trunk : context_.directory.trunks()) {
        if (!lines_.contains(trunk.name) && has_something_to_do(trunk)) {
            lines_.emplace(trunk.name, std::make_unique<Line>(*this, trunk));
        }
    }
}

void TrunkClient::leave(std::unique_ptr<Line> line) {
    const Instant now = runtime::steady_now();
    // Or it may have by an answer that is on its way.
    const bool has_us =
        line->trunk.registers && (line->schedule.registered(now) || line->request != nullptr);
    if (!has_us) {
        return;
    }
    // What it was asked before does not matter any more.
    if (line->request != nullptr) {
        nta_outgoing_destroy(std::exchange(line->request, nullptr));
    }
    line->leaving = true;
    line->challenges = 0;
    register_line(*line, now);
    leaving_.push_back(std::move(line));
}

void TrunkClient::tick(Instant now) {
    for (auto& [name, line] : lines_) {
        tick(*line, now);
    }
    std::erase_if(leaving_, [](const auto& line) { return line->done; });
}

void TrunkClient::tick(Line& line, Instant now) {
    // Who has registered us calls us from there.
    context_.directory.set_registrar(line.trunk.name,
                                     line.trunk.registers ? address_of(line) : std::string{});
    const bool must_register =
        line.trunk.registers && line.request == nullptr && line.schedule.is_due(now);
    const bool must_ask =
        line.trunk.qualify > Duration{} && line.question == nullptr && line.ask_due <= now;
    if ((must_register || must_ask) && address_of(line).empty()) {
        TrunkState state = line.known;
        state.asked = line.trunk.qualify > Duration{};
        state.reachable = false;
        state.status = TrunkState::no_address;
        return tell(line, state, now);  // as soon as there is one, it is done
    }
    if (must_register) {
        register_line(line, now);
    }
    if (must_ask) {
        ask(line, now);
    }
    if (line.known.registered && !line.schedule.registered(now)) {
        tell(line, line.known, now);  // it has run out
    }
}

std::string TrunkClient::address_of(const Line& line) const {
    return context_.names.address(line.trunk.host);
}

nta_outgoing_t* TrunkClient::send(Line& line, nta_leg_t* leg, sip_method_t method, const char* name,
                                  const std::string& headers, nta_response_f* callback) {
    const Source peer{line.trunk.transport, address_of(line), line.trunk.port};
    const std::string route = peer.host.empty() ? std::string{} : uri_of(peer);
    if (route.empty() || !reach_fault(route).empty()) {
        return nullptr;
    }
    const std::string uri = peer_uri(line.trunk, {});
    const std::string to = text::format(
        "<{}>", peer_uri(line.trunk, method == sip_method_register ? or_linka(line.trunk.username)
                                                                   : std::string{}));
    return nta_outgoing_tcreate(
        leg, callback, &line, URL_STRING_MAKE(route.c_str()), method, name,
        URL_STRING_MAKE(uri.c_str()), TPTAG_IDENT(ident_for(route)), SIPTAG_TO_STR(to.c_str()),
        TAG_IF(leg == context_.default_leg, SIPTAG_FROM_STR(line.contact.c_str())),
        SIPTAG_CONTACT_STR(line.contact.c_str()),
        SIPTAG_USER_AGENT_STR(context_.options.user_agent.c_str()),
        SIPTAG_HEADER_STR(headers.c_str()), TAG_END());
}

void TrunkClient::register_line(Line& line, Instant now) {
    const Source peer{line.trunk.transport, address_of(line), line.trunk.port};
    // <sip:linka@…> with the account in place of our name, so that the provider's calls name it.
    line.contact = "<sip:" + or_linka(line.trunk.username) +
                   contact_towards(context_, peer).substr(std::string("<sip:linka").size());
    if (line.leg == nullptr) {
        const std::string who =
            text::format("<{}>", peer_uri(line.trunk, or_linka(line.trunk.username)));
        const std::string from = who + ";tag=" + random_hex(8);
        line.leg = nta_leg_tcreate(
            context_.agent, nullptr, nullptr, SIPTAG_CALL_ID_STR(random_hex(16).c_str()),
            SIPTAG_FROM_STR(from.c_str()), SIPTAG_TO_STR(who.c_str()), TAG_END());
    }
    std::string headers =
        text::format("Expires: {}\r\n{}", line.leaving ? 0 : line.schedule.wish(), allow_header);
    if (line.challenge) {
        headers +=
            "\r\n" + answer_to(*line.challenge, line.trunk, "REGISTER", peer_uri(line.trunk, {}));
    }
    line.schedule.sent();
    line.request = line.leg == nullptr ? nullptr
                                       : send(line, line.leg, SIP_METHOD_REGISTER, headers,
                                              &TrunkClient::on_register_response);
    if (line.request == nullptr) {
        on_registered(line, unsendable, nullptr, now);
    }
}

int TrunkClient::on_register_response(void* magic, nta_outgoing_t* request, const sip_t* sip) {
    Line& line = *static_cast<Line*>(magic);
    const int status = status_of(request, sip);
    if (line.request != request || status < 200) {
        return 0;
    }
    // The answer goes with it, at once where the transport is reliable.
    nta_outgoing_t* answered = std::exchange(line.request, nullptr);
    line.client.on_registered(line, status, sip, runtime::steady_now());
    nta_outgoing_destroy(answered);
    return 0;
}

// Once anew, and once more for a nonce that got old meanwhile; more means a wrong password.
bool TrunkClient::answer_challenge(Line& line, int status, const sip_t& sip, Instant now) {
    if ((status != 401 && status != 407) || line.trunk.username.empty()) {
        return false;
    }
    auto challenge = challenge_of(sip, status == 407);
    const bool fresh = challenge && (!line.challenge || challenge->challenge.stale ||
                                     challenge->challenge.nonce != line.challenge->challenge.nonce);
    if (!fresh || ++line.challenges > 2) {
        return false;
    }
    line.challenge = std::move(challenge);
    register_line(line, now);
    return true;
}

void TrunkClient::on_registered(Line& line, int status, const sip_t* sip, Instant now) {
    if (sip != nullptr && answer_challenge(line, status, *sip, now)) {
        return;
    }
    line.challenges = 0;
    if (line.leaving) {
        line.done = true;
        return;
    }
    const RegisterAnswer answer =
        read_answer(status, sip, line.trunk.username, line.schedule.wish());
    line.schedule.answered(answer, now, chance());
    if (status == 423 && line.schedule.is_due(now)) {
        return;  // once more at the next tick, for as long as the registrar wants it
    }
    if (status >= 300) {
        line.challenge.reset();
    }
    TrunkState state = line.known;
    state.status = status < 300 ? 0 : status;
    tell(line, state, now);
}

void TrunkClient::ask(Line& line, Instant now) {
    const Source peer{line.trunk.transport, address_of(line), line.trunk.port};
    line.asked = now;
    line.ask_due = Instant::never();
    line.contact = contact_towards(context_, peer);
    line.question = send(line, context_.default_leg, SIP_METHOD_OPTIONS, allow_header,
                         &TrunkClient::on_options_response);
    if (line.question == nullptr) {
        on_there(line, unsendable, now);
    }
}

int TrunkClient::on_options_response(void* magic, nta_outgoing_t* request, const sip_t* sip) {
    Line& line = *static_cast<Line*>(magic);
    const int status = status_of(request, sip);
    if (line.question != request || status < 200) {
        return 0;
    }
    nta_outgoing_destroy(std::exchange(line.question, nullptr));
    line.client.on_there(line, status, runtime::steady_now());
    return 0;
}

// Any answer shows that it is there, but for what the library says itself when none comes (408), no
// connection can be made, or it takes no calls (503).
void TrunkClient::on_there(Line& line, int status, Instant now) {
    line.ask_due = now + line.trunk.qualify;
    TrunkState state = line.known;
    state.asked = true;
    state.reachable = status != 408 && status != 503;
    state.rtt_ms = state.reachable ? static_cast<int>((now - line.asked).count() / 1000) : 0;
    if (!line.trunk.registers) {
        state.status = state.reachable ? 0 : status;
    }
    tell(line, state, now);
}

void TrunkClient::tell(Line& line, TrunkState state, Instant now) {
    state.trunk = line.trunk.name;
    state.registers = line.trunk.registers;
    state.registered = line.schedule.registered(now);
    const bool other = !line.told || state.registered != line.known.registered ||
                       state.reachable != line.known.reachable || state.status != line.known.status;
    if (other) {
        log::info("trunk", {{"trunk", state.trunk},
                            {"registered", state.registered ? "yes" : "no"},
                            {"reachable", state.reachable ? "yes" : "no"},
                            {"status", state.status}});
        state.since = runtime::wall_now();
    }
    if (other || state.rtt_ms != line.known.rtt_ms) {
        line.told = true;
        line.known = state;
        context_.events.emit_unless_full(std::move(state));
    }
}

}  // namespace linka::sip
