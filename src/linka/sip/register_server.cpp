#include "linka/sip/register_server.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log_limited.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/message_parts.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>

namespace linka::sip {
namespace {

// Every UDP contact behind NAT gets an OPTIONS once in this many seconds, spread evenly.
constexpr std::int64_t keep_alive_s = 27;
constexpr std::int64_t sweep_s = 5;
constexpr std::size_t contact_max = 1024;

// `;q=0.7` as thousandths; 1000 without or when malformed.
int q_milli(const char* q) {
    if (q == nullptr) {
        return 1000;
    }
    const std::string_view text(q);
    const std::size_t point = text.find('.');
    const std::int64_t whole = text::to_int(text.substr(0, point)).value_or(1);
    if (whole != 0) {
        return 1000;
    }
    std::string digits(point == std::string_view::npos ? "" : text.substr(point + 1, 3));
    digits.resize(3, '0');
    return static_cast<int>(text::to_int(digits).value_or(1000));
}

std::string instance_of(const sip_contact_t& contact) {
    const char* value = msg_header_find_param(contact.m_common, "+sip.instance");
    return value == nullptr ? std::string{} : copy(value).substr(0, 256);
}

std::string plain_uri(const url_t& url) {
    std::string text = bracketed(url);
    return text.size() > 2 ? text.substr(1, text.size() - 2) : std::string{};
}

}  // namespace

RegisterServer::RegisterServer(Context& context) : context_(context) {
}

void RegisterServer::restore(const std::map<std::string, std::string>& registrations) {
    for (const auto& [device, text] : registrations) {
        const Status restored = registrar_.restore(device, text, runtime::wall_now());
        if (!restored) {
            log::warn("registration cannot be restored",
                      {{"device", device}, {"reason", restored.error().text}});
        }
        published_[device] = -1;  // tell in any case
        publish(device);
    }
    accounts_changed();
}

void RegisterServer::on_register(nta_incoming_t* request, const sip_t& sip,
                                 const std::string& account, const Source& source) {
    const int status = apply(request, sip, account, source);
    Reply answer;
    answer.status = status;
    if (status == 200) {
        answer.headers = contact_headers(account);
    } else if (status == 423) {
        answer.headers = text::format("Min-Expires: {}", Registrar::expires_min_s);
    }
    reply(context_, request, answer);
    nta_incoming_destroy(request);
    if (status == 200 && sip.sip_contact != nullptr) {
        published_[account] = -1;
        publish(account);
    }
}

int RegisterServer::apply(nta_incoming_t* request, const sip_t& sip, const std::string& account,
                          const Source& source) {
    if (decode_user(view(sip.sip_to->a_url->url_user)) != account) {
        return 403;  // one may only register oneself
    }
    Register wanted;
    wanted.device = account;
    wanted.call_id = copy(sip.sip_call_id->i_id).substr(0, 256);
    wanted.cseq = sip.sip_cseq->cs_seq;
    wanted.expires_s =
        sip.sip_expires == nullptr ? -1 : static_cast<std::int64_t>(sip.sip_expires->ex_delta);
    wanted.source = source;
    wanted.user_agent = user_agent_of(sip);
    wanted.can_ask_to_answer = lists(sip.sip_allow_events, "talk");
    if (!text::is_utf8(wanted.call_id)) {
        return 400;
    }
    for (const sip_contact_t* contact = sip.sip_contact; contact != nullptr;
         contact = contact->m_next) {
        if (contact->m_url->url_type == url_any) {
            wanted.all = true;
            continue;
        }
        Register::Contact each;
        each.uri = plain_uri(*contact->m_url);
        each.instance = instance_of(*contact);
        const auto scheme = static_cast<enum url_type_e>(contact->m_url->url_type);
        if (each.uri.empty() || each.uri.size() > contact_max || !text::is_utf8(each.uri) ||
            !text::is_utf8(each.instance) || (scheme != url_sip && scheme != url_sips)) {
            return 400;
        }
        if (is_somebody_else(*contact->m_url, source)) {
            counters().foreign_contacts.add();
            static log::Limited line;
            line.warn("registration refused: a contact is a trunk's or our own address",
                      {{"device", account},
                       {"address", source.host},
                       {"contact", log::outside(each.uri)}});
            return 403;
        }
        each.behind_nat = is_behind_nat(*contact->m_url, sip, source, true);
        if (contact->m_expires != nullptr) {
            // RFC 3261 §10.2.1.1: a malformed one counts as the default.
            each.expires_s =
                text::to_int(contact->m_expires).value_or(Registrar::expires_default_s);
        }
        each.q_milli = q_milli(contact->m_q);
        wanted.contacts.push_back(std::move(each));
        if (wanted.contacts.size() > Registrar::contacts_max) {
            return 403;
        }
    }
    const int status = registrar_.apply(wanted, runtime::wall_now());
    if (status == 200) {
        const TransportRef connection = transport_of(context_, request);
        context_.flows.remember(account, connection.get());
        for (const Register::Contact& contact : wanted.contacts) {
            context_.flows.remember(account + " <" + contact.uri + ">", connection.get());
        }
    }
    return status;
}

// Whoever has a device's password must not make us call, in our name, what a trunk would be called
// for: no number rule is asked for calls to a device. Contacts at any other foreign address are
// called where the REGISTER came from (is_behind_nat()), so they lead nowhere else.
bool RegisterServer::is_somebody_else(const url_t& contact, const Source& source) {
    const std::string host = plain_host(view(contact.url_host));
    const std::int64_t port = text::to_int(view(contact.url_port)).value_or(5060);
    const bool elsewhere = !same_address(host, source.host);
    for (const Trunk& trunk : context_.directory.trunks()) {
        const bool same_host =
            text::equal_ignoring_case(host, plain_host(trunk.host)) ||
            same_address(host, context_.names.address(trunk.host)) ||
            std::any_of(trunk.addresses.begin(), trunk.addresses.end(),
                        [&](const std::string& each) { return same_address(each, host); });
        // A telephone may live on the machine of a trunk, at another port.
        if (!trunk.telephones_too && same_host && (elsewhere || port == trunk.port)) {
            return true;
        }
    }
    const bool our_port = port == context_.port || port == context_.tls_port;
    const std::string& ours = context_.local_addresses.towards(source.host);
    // A private address that happens to be ours, too, in another network, is no harm.
    const bool chance = elsewhere && is_private(host) && !is_loopback(host);
    return our_port && !chance &&
           (same_address(host, ours) || same_address(host, context_.options.listen.public_address));
}

std::string RegisterServer::contact_headers(const std::string& device) const {
    const Instant now = runtime::wall_now();
    std::string headers;
    for (const Binding& binding : registrar_.contacts(device, now)) {
        headers += headers.empty() ? "" : "\r\n";
        headers += text::format("Contact: <{}>;expires={}", binding.contact,
                                std::max<std::int64_t>(1, whole_seconds(binding.expires - now)));
        if (binding.q_milli < 1000) {
            headers += text::format(";q=0.{:03}", binding.q_milli);
        }
        if (!binding.instance.empty()) {
            headers += ";+sip.instance=" + binding.instance;
        }
    }
    return headers;
}

int RegisterServer::reachable(const std::string& device) const {
    int count = 0;
    for (const Binding& binding : registrar_.contacts(device, runtime::wall_now())) {
        const bool needs_connection =
            binding.source.transport != Transport::udp && binding.behind_nat;
        const std::string flow = device + " <" + binding.contact + ">";
        if (!needs_connection || context_.flows.find(flow) != nullptr) {
            ++count;
        }
    }
    return count;
}

void RegisterServer::publish(const std::string& device) {
    const int count = reachable(device);
    if (published_[device] == count) {
        return;
    }
    published_[device] = count;
    Registration event;
    event.device = device;
    event.contacts = count;
    event.saved = registrar_.save(device);
    const std::vector<Binding> bindings = registrar_.contacts(device, runtime::wall_now());
    const Binding* newest = nullptr;
    for (const Binding& binding : bindings) {
        event.can_ask_to_answer |= binding.can_ask_to_answer;
        newest = newest == nullptr || binding.registered > newest->registered ? &binding : newest;
    }
    if (newest != nullptr) {
        event.user_agent = newest->user_agent;
        event.address = text::format("{}:{} {}", uri_host(newest->source.host), newest->source.port,
                                     name_of(newest->source.transport));
    }
    if (bindings.empty()) {
        published_.erase(device);
    }
    counters().bindings.set(static_cast<std::int64_t>(published_.size()));
    context_.events.emit(std::move(event));
}

void RegisterServer::tick() {
    ++ticks_;
    const Instant now = runtime::wall_now();
    if (ticks_ % sweep_s == 0) {
        for (const std::string& device : registrar_.expire(now)) {
            published_[device] = -1;
        }
        std::vector<std::string> known;
        known.reserve(published_.size());
        for (const auto& [device, count] : published_) {
            known.push_back(device);
        }
        for (const std::string& device : known) {
            publish(device);
        }
        context_.flows.tidy();
    }
    for (const std::string& device : registrar_.devices()) {
        const auto turn = static_cast<std::int64_t>(std::hash<std::string>{}(device) %
                                                    static_cast<std::size_t>(keep_alive_s));
        if (turn != ticks_ % keep_alive_s) {
            continue;
        }
        for (const Binding& binding : registrar_.contacts(device, now)) {
            if (binding.behind_nat && binding.source.transport == Transport::udp) {
                keep_alive(binding);
            }
        }
    }
}

void RegisterServer::keep_alive(const Binding& binding) {
    const std::string route = uri_of(binding.source);
    const std::string contact = contact_towards(context_, binding.source);
    const std::string to = "<" + binding.contact + ">";
    nta_outgoing_t* options =
        nta_outgoing_tcreate(context_.default_leg, nullptr, nullptr, URL_STRING_MAKE(route.c_str()),
                             SIP_METHOD_OPTIONS, URL_STRING_MAKE(binding.contact.c_str()),
                             TPTAG_IDENT(ident_for(route)), SIPTAG_FROM_STR(contact.c_str()),
                             SIPTAG_TO_STR(to.c_str()), SIPTAG_CONTACT_STR(contact.c_str()),
                             SIPTAG_USER_AGENT_STR(context_.options.user_agent.c_str()), TAG_END());
    // What it answers does not matter: the mapping is open.
    nta_outgoing_destroy(options);
}

void RegisterServer::accounts_changed() {
    for (const std::string& device : registrar_.devices()) {
        if (context_.directory.account(device) == nullptr) {
            registrar_.forget(device);
            published_[device] = -1;
            publish(device);
        }
    }
}

}  // namespace linka::sip
