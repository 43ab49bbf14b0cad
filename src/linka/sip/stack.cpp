#include "linka/sip/stack.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/message_class.hpp"
#include "linka/sip/transports.hpp"

#include <algorithm>
#include <set>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

namespace linka::sip {
namespace {

constexpr std::int64_t connections_looked_at_s = 2;
constexpr unsigned message_max = 81920;  // body_max and generous headers

// The library's way to say "none yet".
url_string_t* no_transport() {
    return reinterpret_cast<url_string_t*>(std::intptr_t{-1});  // NOLINT(performance-no-int-to-ptr)
}

// As many connections as leave half of the descriptors to the rest of the program.
std::size_t room_for_connections() {
    rlimit limit{};
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<std::size_t>(limit.rlim_cur / 2)
                                                 : ConnectionLimits::all_max;
}

// The peer of a connection to one of our ports; no host if `fd` is something else.
Connection connection_at(int fd, int port, int tls_port) {
    sockaddr_storage ours{};
    sockaddr_storage theirs{};
    socklen_t size = sizeof ours;
    socklen_t their_size = sizeof theirs;
    Connection connection;
    int type = 0;
    socklen_t type_size = sizeof type;
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &type_size) != 0 || type != SOCK_STREAM ||
        getsockname(fd, reinterpret_cast<sockaddr*>(&ours), &size) != 0 ||
        getpeername(fd, reinterpret_cast<sockaddr*>(&theirs), &their_size) != 0) {
        return connection;
    }
    const int local =
        ntohs(ours.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(ours).sin6_port
                                         : reinterpret_cast<const sockaddr_in&>(ours).sin_port);
    char host[NI_MAXHOST] = "";
    char service[NI_MAXSERV] = "";
    if ((local == port || local == tls_port) &&
        getnameinfo(reinterpret_cast<sockaddr*>(&theirs), their_size, host, sizeof host, service,
                    sizeof service, NI_NUMERICHOST | NI_NUMERICSERV) == 0) {
        connection = {fd, host, static_cast<int>(text::to_int(service).value_or(0))};
    }
    return connection;
}

}  // namespace

Stack::Stack(Options options, SofiaLoop& loop, runtime::BoundedQueue<Event>& events)
    : loop_(loop),
      context_{.options = std::move(options), .events = EventSink(events), .timers = loop.timers()},
      admission_(context_.options.calls_per_second_max, context_.options.legs_max,
                 runtime::steady_now()),
      connections_(std::min(ConnectionLimits::all_max, room_for_connections())) {
}

Stack::~Stack() {
    if (calls_) {
        calls_->abandon();
    }
    trunks_.reset();
    context_.flows.clear();
    if (context_.agent != nullptr) {
        nta_agent_destroy(context_.agent);
    }
}

Status Stack::start(std::vector<Account> accounts, std::vector<Trunk> trunks,
                    const Restore& restore) {
    context_.agent = nta_agent_create(
        loop_.root(), no_transport(), &Stack::on_message, this, NTATAG_UA(1), NTATAG_STATELESS(1),
        TAG_IF(message_class() != nullptr, NTATAG_MCLASS(message_class())), NTATAG_SERVER_RPORT(1),
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
    context_.directory.set_emergency(SetAccounts{}.emergency);
    set_trunks(std::move(trunks));
    // Only for requests that we send outside of calls: received ones get to on_message().
    context_.default_leg =
        nta_leg_tcreate(context_.agent, nullptr, nullptr, NTATAG_NO_DIALOG(1), TAG_END());
    if (context_.default_leg == nullptr ||
        nta_outgoing_default(context_.agent, &Stack::on_orphan, this) == nullptr) {
        return fail(ErrorCode::internal, "the SIP library could not start");
    }
    registers_ = std::make_unique<RegisterServer>(context_);
    calls_ = std::make_unique<Calls>(context_, registers_->registrar(), admission_);
    door_ = std::make_unique<Door>(context_, *registers_, *calls_);
    trunks_ = std::make_unique<TrunkClient>(context_);
    trunks_->trunks_changed();
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
        context_.names.tick(runtime::steady_now());
        trunks_->tick(runtime::steady_now());
        if (++seconds_ % connections_looked_at_s == 0) {
            close_connections();
        }
        every_second();
    });
}

void Stack::set_trunks(std::vector<Trunk> trunks) {
    std::vector<std::string> hosts;
    hosts.reserve(trunks.size());
    for (const Trunk& trunk : trunks) {
        hosts.push_back(trunk.host);
    }
    context_.names.watch(hosts, runtime::steady_now());
    context_.directory.set_trunks(std::move(trunks));
    if (trunks_) {
        trunks_->trunks_changed();
    }
}

void Stack::close_connections() {
    std::vector<Connection> open;
    for (const int fd : loop_.watched()) {
        if (Connection each = connection_at(fd, context_.port, context_.tls_port);
            !each.host.empty()) {
            open.push_back(std::move(each));
        }
    }
    if (open.empty()) {
        return;
    }
    std::set<std::pair<std::string, int>> known;  // filled when somebody asks
    const auto proven = [&](const Connection& each) {
        if (known.empty()) {
            known = context_.flows.peers();
        }
        return known.contains({each.host, each.port}) ||
               context_.directory.trunk_at(each.host) != nullptr;
    };
    for (const int fd : connections_.to_close(std::move(open), proven, runtime::steady_now())) {
        counters().connections.add();
        // Both halves, whatever the peer does; the library sees the end and closes.
        static_cast<void>(shutdown(fd, SHUT_RDWR));
    }
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
                context_.directory.set_emergency(std::move(each.emergency));
                registers_->accounts_changed();
            } else if constexpr (std::is_same_v<T, SetTrunks>) {
                set_trunks(std::move(each.trunks));
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

int Stack::on_message(void* self, nta_agent_t* /*agent*/, msg_t* message, sip_t* sip) {
    MessageRef owned(message);
    if (sip != nullptr && sip->sip_request != nullptr) {
        static_cast<Stack*>(self)->door_->take(std::move(owned), *sip);
    }
    return 0;
}

}  // namespace linka::sip
