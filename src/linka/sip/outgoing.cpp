// Calls that go out: forks to the contacts of a device, calls through trunks, the answers.
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/message_parts.hpp"
#include "linka/sip/random.hpp"

#include <algorithm>
#include <utility>

namespace linka::sip {
namespace {

// A trunk that answers nothing at all for so long is given up, so that the next one can be tried.
constexpr Duration first_answer_wait = 3s;

constexpr std::int64_t first_cseq = 10;

std::string trunk_uri(const std::string& user, const Trunk& trunk) {
    std::string uri =
        text::format("sip:{}@{}:{}", encode_user(user), uri_host(trunk.host), trunk.port);
    if (trunk.transport != Transport::udp) {
        uri += text::format(";transport={}", name_of(trunk.transport));
    }
    return uri;
}

// Telephones show a From without a user as an address of ours. To a trunk it means the trunk's own
// number.
bool is_withheld(const Invite& command) {
    return command.from_user == withheld_number ||
           (command.from_user.empty() && !command.device.empty());
}

// From, without its tag. RFC 3323 §4.1.1.3 for who withholds the number.
std::string from_of(const Invite& command, const std::string& host) {
    const std::string display = quote_display(command.from_display);
    if (is_withheld(command)) {
        // A colleague without an extension has a name, and no number to call back.
        const bool named = command.from_user.empty() && !command.from_display.empty();
        return text::format("{} <sip:anonymous@anonymous.invalid>",
                            named ? display : std::string("\"Anonymous\""));
    }
    return command.from_user.empty()
               ? text::format("{} <sip:{}>", display, host)
               : text::format("{} <sip:{}@{}>", display, encode_user(command.from_user), host);
}

// Which failure of several forks says most to the caller (RFC 3261 §16.7 point 6): a refusal by
// a person before a busy phone before one that is not there.
// Not the one who is called, but the way there fails (RFC 3261 §21.4.9, §21.5).
bool is_of_the_trunk(int status) {
    return status == 408 || status == 500 || (status >= 502 && status <= 504);
}

int weight(int status) {
    if (status >= 600) {
        return 6;
    }
    if (status == 486) {
        return 5;
    }
    if (status >= 400 && status < 500 && status != 408) {
        return 4;
    }
    if (status >= 300 && status < 400) {
        return 3;
    }
    if (status >= 500) {
        return 2;
    }
    return status > 0 ? 1 : 0;
}

}  // namespace

void Calls::take(Invite command) {
    if (command.leg <= 0 || command.leg % 2 != 0 || legs_.contains(command.leg)) {
        log::error("invite with a leg number that cannot be used", {{"leg", command.leg}});
        if (!legs_.contains(command.leg)) {
            context_.events.emit(Ended{command.leg, 500, false, false, 0});
        }
        return;  // a leg that lives has an end of its own
    }
    Leg& leg = make(command.leg, true);
    leg.record.device = command.device;
    leg.record.trunk = command.trunk;
    leg.record.local_sdp = command.sdp;
    const Trunk* trunk = context_.directory.trunk(command.trunk);
    if (command.device.empty() && trunk == nullptr) {
        end(leg, Ended{command.leg, 404, false, false, 0});
        bury(leg);
        return;
    }
    leg.invite = std::move(command);
    if (trunk != nullptr) {
        call_trunk(leg, *leg.invite, *trunk);
    } else {
        fork_to_device(leg, *leg.invite);
    }
    if (leg.dialogs.empty() && !call_next_trunk(leg)) {
        const int status = trunk != nullptr ? 503 : 480;
        end(leg, Ended{leg.record.leg, status, false, false, 0});
        bury(leg);
        return;
    }
    context_.events.emit(Saved{leg.record.leg, saved(leg)});
}

void Calls::fork_to_device(Leg& leg, const Invite& command) {
    for (const Binding& binding : registrar_.contacts(command.device, runtime::wall_now())) {
        if (leg.dialogs.size() >= forks_max) {
            break;
        }
        const std::string flow = command.device + " <" + binding.contact + ">";
        const bool connected = context_.flows.find(flow) != nullptr;
        if (binding.source.transport != Transport::udp && binding.behind_nat && !connected) {
            continue;  // its connection is gone and there is no other way to it
        }
        Dialog& dialog = new_branch(leg, command, binding.contact, binding.source);
        dialog.record.behind_nat = binding.behind_nat;
        dialog.record.flow = flow;
        dialog.record.can_ask_to_answer = binding.can_ask_to_answer;
        if (binding.behind_nat && binding.source.transport == Transport::udp) {
            dialog.record.route = uri_of(binding.source);
        }
        if (!build(context_, dialog) || !send_invite(dialog, binding.contact)) {
            drop_dialog(leg, &dialog);
        }
    }
    if (!leg.dialogs.empty()) {
        await_first_answer(leg, context_.options.device_answer_wait);
    }
}

void Calls::await_first_answer(Leg& leg, Duration wait) {
    leg.first_answer_timer =
        context_.timers.at(runtime::steady_now() + wait, [this, id = leg.record.leg] {
            Leg* waiting = find(id);
            if (waiting != nullptr && waiting->record.state == LegState::ringing) {
                waiting->first_answer_timer = 0;
                cancel_others(*waiting, nullptr);
                if (call_next_trunk(*waiting)) {
                    return;
                }
                end(*waiting, Ended{id, 408, true, false, 0});
                bury(*waiting);
            }
        });
}

bool Calls::call_next_trunk(Leg& leg) {
    while (leg.invite && !leg.invite->next_trunks.empty()) {
        std::vector<std::string>& next = leg.invite->next_trunks;
        const std::string failed = std::exchange(leg.record.trunk, next.front());
        next.erase(next.begin());
        const Trunk* trunk = context_.directory.trunk(leg.record.trunk);
        if (trunk == nullptr) {
            continue;
        }
        log::info("a trunk takes no call, the next one is called by",
                  {{"trunk", failed}, {"next", trunk->name}});
        leg.challenge.reset();
        leg.challenges = 0;
        leg.failed_status = 0;
        call_trunk(leg, *leg.invite, *trunk);
        if (!leg.dialogs.empty()) {
            context_.events.emit(Saved{leg.record.leg, saved(leg)});
            return true;
        }
    }
    return false;
}

void Calls::call_trunk(Leg& leg, const Invite& command, const Trunk& trunk) {
    const std::string uri = trunk_uri(command.number, trunk);
    Source peer;
    peer.transport = trunk.transport;
    peer.host = context_.names.address(trunk.host);
    peer.port = trunk.port;
    if (peer.host.empty()) {
        return;  // its name is not looked up yet, or cannot be: names.cpp has said so
    }
    Dialog& dialog = new_branch(leg, command, uri, peer);
    if (!is_ip_address(plain_host(trunk.host))) {
        dialog.record.route = uri_of(peer);
    }
    dialog.record.flow = "trunk " + trunk.name;
    if (!build(context_, dialog) || !send_invite(dialog, uri)) {
        drop_dialog(leg, &dialog);
        return;
    }
    await_first_answer(leg, first_answer_wait);
}

Dialog& Calls::new_branch(Leg& leg, const Invite& command, const std::string& request_uri,
                          const Source& peer) {
    leg.dialogs.push_back(std::make_unique<Dialog>(*this, leg));
    Dialog& dialog = *leg.dialogs.back();
    DialogRecord& record = dialog.record;
    record.peer = peer;
    record.contact = contact_towards(context_, peer);
    // Our host as the peer sees it, out of <sip:linka@HOST:PORT...>.
    const std::string host = record.contact.substr(11, record.contact.find_first_of(";>", 11) - 11);
    // Each fork is a call of its own to the phones: a Call-ID each, so that no phone takes a fork
    // for a merged request (RFC 3261 §8.2.2.2).
    record.call_id = random_hex(16);
    record.local = text::format("{};tag={}", from_of(command, host), random_hex(8));
    record.remote = text::format("<{}>", request_uri);
    record.cseq = first_cseq;
    return dialog;
}

std::string Calls::invite_headers(const Leg& leg, const Invite& command) const {
    std::string headers = text::format(
        "{}\r\n{}\r\nAllow-Events: talk, refer\r\nSession-Expires: {}\r\nMin-SE: 90\r\n"
        "Max-Forwards: {}",
        allow_header, supported_header, leg.session_wish_s,
        std::clamp(command.max_forwards, 0, 70));
    if (is_withheld(command)) {
        headers += "\r\nPrivacy: id";
    }
    if (!command.diverted_from.empty()) {
        headers += text::format(
            "\r\nDiversion: <sip:{}@linka.invalid>;reason=unconditional;counter={}\r\n{}: {}",
            encode_user(command.diverted_from), std::max(command.hops, 1), hops_header,
            command.hops);
    }
    if (command.auto_answer) {
        headers += "\r\nCall-Info: <sip:linka>;answer-after=0";
        headers += "\r\nAlert-Info: <http://linka.invalid>;info=alert-autoanswer;delay=0";
    }
    for (const auto& [name, value] : command.headers) {
        if (is_allowed_header(name, value)) {
            headers += text::format("\r\n{}: {}", name, value);
        }
    }
    return headers;
}

bool Calls::send_invite(Dialog& dialog, const std::string& request_uri) {
    Leg& leg = dialog.leg;
    Parts parts;
    parts.headers = invite_headers(leg, *leg.invite);
    parts.body = leg.invite->sdp;
    const std::string credentials = authorization(leg, "INVITE", request_uri);
    if (!credentials.empty()) {
        parts.headers += "\r\n" + credentials;
    }
    nta_outgoing_t* invite =
        send_first(context_, dialog, request_uri, parts, &Calls::on_invite_response);
    if (invite == nullptr) {
        return false;
    }
    dialog.invite = invite;
    DialogRecord& record = dialog.record;
    record.invite_cseq = nta_outgoing_cseq(invite);
    record.branch = copy(nta_outgoing_branch(invite));
    const MessageRef message(nta_outgoing_getrequest(invite));
    record.invite = text_of(message.get());
    // The library adds our Via again when it is sent again.
    const std::size_t via = record.invite.find("\r\nVia: ");
    if (via != std::string::npos) {
        const std::size_t end = record.invite.find("\r\n", via + 2);
        record.invite.erase(via, end - via);
    }
    return true;
}

int Calls::on_invite_response(void* magic, nta_outgoing_t* request, const sip_t* sip) {
    Dialog& dialog = *static_cast<Dialog*>(magic);
    if (dialog.invite != request) {
        return 0;
    }
    const int status = sip != nullptr && sip->sip_status != nullptr ? sip->sip_status->st_status
                                                                    : nta_outgoing_status(request);
    dialog.calls.on_invite_answer(dialog, status, sip);
    return 0;
}

void Calls::on_invite_answer(Dialog& dialog, int status, const sip_t* sip) {
    Leg& leg = dialog.leg;
    context_.timers.cancel(leg.first_answer_timer);
    leg.first_answer_timer = 0;
    if (status < 200) {
        if (sip != nullptr && status > 100) {
            on_provisional(dialog, *sip);
        }
    } else if (status < 300 && sip != nullptr) {
        on_answered(dialog, *sip);
    } else {
        on_failed(dialog, status, sip);
    }
}

void Calls::learn_peer(Dialog& dialog, const sip_t& sip, bool final) {
    DialogRecord& record = dialog.record;
    const std::string tag = copy(sip.sip_to->a_tag);
    const bool new_tag = !tag.empty() && tag != tag_of(record.remote);
    if (!new_tag && !final) {
        return;
    }
    if (!tag.empty()) {
        record.remote = text_of_header(sip.sip_to);
    }
    record.routes = routes_of(sip, true);
    if (sip.sip_contact != nullptr) {
        const std::string target = bracketed(*sip.sip_contact->m_url);
        record.target = target.empty() ? record.target : target;
    }
    if (record.target.empty()) {
        // A 2xx must have a Contact; a peer without one can at least be reached where we called.
        const std::string& remote = record.remote;
        const std::size_t open = remote.find('<');
        const std::size_t close = remote.find('>', open);
        if (open != std::string::npos && close != std::string::npos) {
            record.target = remote.substr(open, close - open + 1);
        }
    }
    if (sip.sip_allow_events != nullptr) {
        record.can_ask_to_answer = lists(sip.sip_allow_events, "talk");
    }
    if (sip.sip_allow != nullptr) {
        record.can_update = sip_is_allowed(sip.sip_allow, SIP_METHOD_UPDATE) != 0;
    }
    if (!build(context_, dialog)) {
        record.routes.clear();
        record.target.clear();
        static_cast<void>(build(context_, dialog));
    }
}

void Calls::on_provisional(Dialog& dialog, const sip_t& sip) {
    Leg& leg = dialog.leg;
    leg.rang = true;
    learn_peer(dialog, sip, false);
    if (sip.sip_rseq != nullptr && lists(sip.sip_require, "100rel")) {
        if (sip.sip_rseq->rs_response <= dialog.rseq) {
            return;  // repeated
        }
        dialog.rseq = sip.sip_rseq->rs_response;
        send_prack(dialog, sip);
        const std::string answer = description_of(sip).sdp;
        if (!answer.empty() && !dialog.exchanged) {
            dialog.exchanged = true;
            dialog.early_remote = answer;
        }
    }
    Progress event;
    event.leg = leg.record.leg;
    event.status = sip.sip_status->st_status;
    event.sdp = dialog.exchanged ? dialog.early_remote : description_of(sip).sdp;
    event.can_ask_to_answer =
        std::any_of(leg.dialogs.begin(), leg.dialogs.end(),
                    [](const auto& each) { return each->record.can_ask_to_answer; });
    event.saved = saved(leg);
    context_.events.emit(std::move(event));
}

void Calls::send_prack(Dialog& dialog, const sip_t& sip) {
    Parts parts;
    parts.headers =
        text::format("RAck: {} {} INVITE", sip.sip_rseq->rs_response, sip.sip_cseq->cs_seq);
    const std::string credentials = authorization(dialog.leg, "PRACK", dialog.record.target);
    if (!credentials.empty()) {
        parts.headers += "\r\n" + credentials;
    }
    nta_outgoing_destroy(send(context_, dialog, SIP_METHOD_PRACK, parts, nullptr));
}

void Calls::on_answered(Dialog& dialog, const sip_t& sip) {
    Leg& leg = dialog.leg;
    cancel_others(leg, &dialog);
    learn_peer(dialog, sip, true);
    acknowledge_invite(dialog, dialog.invite);
    nta_outgoing_destroy(dialog.invite);
    dialog.invite = nullptr;
    dialog.record.invite.clear();
    dialog.record.branch.clear();
    leg.record.state = LegState::confirmed;
    leg.invite.reset();
    session_from_answer(leg, sip);
    arm_session(leg);
    Answered event;
    event.leg = leg.record.leg;
    // RFC 3261 §13.2.1: what a 200 repeats of an answer that came before is not looked at.
    event.sdp = dialog.exchanged ? dialog.early_remote : description_of(sip).sdp;
    event.user_agent = user_agent_of(sip);
    leg.record.remote_digest = digest_hex(DigestAlgorithm::sha256, event.sdp).substr(0, 16);
    event.saved = saved(leg);
    context_.events.emit(std::move(event));
}

void Calls::acknowledge_invite(Dialog& dialog, nta_outgoing_t* invite) {
    acknowledge(dialog, nta_outgoing_cseq(invite), copy(nta_outgoing_branch(invite)));
}

void Calls::acknowledge(Dialog& dialog, std::int64_t cseq, const std::string& branch) {
    if (dialog.nta == nullptr || branch.empty()) {
        return;
    }
    Parts parts;
    // Always with both: without the branch the library aborts when it finds no INVITE, and its own
    // number would be that of a PRACK or UPDATE in between.
    parts.cseq = text::format("{} ACK", cseq);
    parts.ack_branch = branch;
    // RFC 3261 §13.2.2.4: the same credentials as the INVITE.
    parts.headers = authorization(dialog.leg, "INVITE", dialog.record.target);
    nta_outgoing_t* ack = send(context_, dialog, SIP_METHOD_ACK, parts, nullptr);
    if (ack == nullptr) {
        lose(dialog.leg);
        return;
    }
    nta_outgoing_destroy(ack);
}

bool Calls::try_again(Dialog& dialog, int status, const sip_t& sip) {
    Leg& leg = dialog.leg;
    const Trunk* trunk = context_.directory.trunk(leg.record.trunk);
    if (!leg.invite || trunk == nullptr) {
        return false;
    }
    if (status == 422 && sip.sip_min_se != nullptr && leg.session_wish_s < 86400) {
        const auto wanted = static_cast<std::int64_t>(sip.sip_min_se->min_delta);
        if (wanted <= leg.session_wish_s || wanted > 86400) {
            return false;
        }
        leg.session_wish_s = wanted;
    } else if (status == 401 || status == 407) {
        constexpr int challenges_max = 2;  // the second one for a stale nonce
        if (trunk->username.empty() || ++leg.challenges > challenges_max) {
            return false;
        }
        if (!learn_challenge(leg, sip, status == 407)) {
            return false;
        }
    } else {
        return false;
    }
    nta_outgoing_destroy(dialog.invite);
    dialog.invite = nullptr;
    if (!send_invite(dialog, trunk_uri(leg.invite->number, *trunk))) {
        return false;
    }
    context_.events.emit(Saved{leg.record.leg, saved(leg)});
    return true;
}

void Calls::on_failed(Dialog& dialog, int status, const sip_t* sip) {
    Leg& leg = dialog.leg;
    if (sip != nullptr && try_again(dialog, status, *sip)) {
        return;
    }
    if (dialog.invite != nullptr) {
        nta_outgoing_destroy(dialog.invite);
        dialog.invite = nullptr;
    }
    if (weight(status) > weight(leg.failed_status)) {
        leg.failed_status = status;
        leg.retry_after_s = sip != nullptr ? retry_after(*sip) : 0;
        // RFC 3261 §8.1.3.4 leaves to us whether to follow: a telephone's wish alone dials nothing,
        // it would reach numbers that its user may not call, and count as that user's answer.
        const bool redirects = sip != nullptr && status < 400 && sip->sip_contact != nullptr;
        leg.forwards_to =
            redirects ? decode_user(view(sip->sip_contact->m_url->url_user)) : std::string{};
    }
    const bool elsewhere = sip != nullptr && says_elsewhere(*sip);
    drop_dialog(leg, &dialog);
    // A person refused on one device: no other may ring on (RFC 3261 §16.7 point 5).
    if (status >= 600) {
        cancel_others(leg, nullptr);
    }
    const bool next =
        leg.dialogs.empty() && !leg.rang && is_of_the_trunk(status) && call_next_trunk(leg);
    if (leg.dialogs.empty() && !next) {
        end(leg, Ended{leg.record.leg, leg.failed_status, true, elsewhere, leg.retry_after_s,
                       leg.forwards_to});
        bury(leg);
    }
}

}  // namespace linka::sip
