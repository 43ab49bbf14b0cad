#include "linka/demo/registration.hpp"

#include "linka/base/text.hpp"
#include "linka/demo/register_answer.hpp"
#include "linka/runtime/log.hpp"
#include "linka/sip/digest.hpp"
#include "linka/sip/random.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace linka::demo {
namespace {

constexpr int expires_s = 300;
constexpr Duration refresh = 140s;
constexpr Duration answer_wait = 1s;
constexpr int tries_max = 8;         // of one request over UDP
constexpr Duration try_again = 10s;  // after a refusal or silence
constexpr std::size_t datagram_max = 8192;

using AddressList = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

AddressList resolve(const std::string& address, int port) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    (void)::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found);
    return {found, [](addrinfo* list) {
                if (list != nullptr) {
                    ::freeaddrinfo(list);
                }
            }};
}

runtime::Fd open_socket(const RegistrarAddress& where) {
    const AddressList own = resolve(where.contact_address, 0);
    const AddressList server = resolve(where.address, where.port);
    if (own == nullptr || server == nullptr) {
        return {};
    }
    runtime::Fd fd(::socket(own->ai_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd || ::bind(fd.get(), own->ai_addr, own->ai_addrlen) != 0 ||
        ::connect(fd.get(), server->ai_addr, server->ai_addrlen) != 0) {
        return {};
    }
    return fd;
}

int port_of(int fd) {
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface
    if (fd < 0 || ::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size) != 0) {
        return 0;
    }
    // The port stands at the same place in both families.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface
    return ntohs(reinterpret_cast<const sockaddr_in*>(&own)->sin_port);
}

std::string host_of(const std::string& address) {
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

}  // namespace

Registration::Registration(runtime::Loop& loop, RegistrarAddress where)
    : loop_(loop), where_(std::move(where)), fd_(open_socket(where_)), port_(port_of(fd_.get())) {
    if (fd_) {
        loop_.watch(fd_.get(), EPOLLIN, [this](std::uint32_t) { receive(); });
    }
}

Registration::~Registration() {
    for (const auto& [name, entry] : entries_) {
        loop_.cancel(entry.timer);
    }
    if (fd_) {
        loop_.unwatch(fd_.get());
    }
}

int Registration::registered() const {
    return static_cast<int>(std::count_if(entries_.begin(), entries_.end(), [](const auto& each) {
        return each.second.stage == Stage::accepted;
    }));
}

void Registration::set(const std::vector<Phone>& phones) {
    for (auto& [name, entry] : entries_) {
        const bool stays = std::find(phones.begin(), phones.end(), entry.phone) != phones.end();
        if (!stays && entry.stage != Stage::leaving) {
            entry.stage = Stage::leaving;
            entry.tries = 0;
            ask(entry, {});
        }
    }
    for (const Phone& phone : phones) {
        Entry& entry = entries_[phone.name];
        if (entry.phone == phone && entry.stage != Stage::leaving) {
            continue;
        }
        if (entry.call_id.empty()) {
            entry.call_id = sip::random_hex(12);
        }
        entry.phone = phone;
        entry.stage = Stage::asked;
        entry.tries = 0;
        ask(entry, {});
    }
}

std::string Registration::uri() const {
    return text::format("sip:{}:{}", host_of(where_.address), where_.port);
}

void Registration::ask(Entry& entry, std::string_view authorization) {
    ++entry.cseq;
    ++entry.tries;
    entry.challenged = !authorization.empty();
    const std::string own = text::format("{}:{}", host_of(where_.contact_address), port_);
    const std::string aor = text::format("<sip:{}@{}>", entry.phone.name, host_of(where_.address));
    // Via without rport: the contact's port is another one on purpose, this is no NAT (RFC 3581).
    const std::string request = text::format(
        "REGISTER {} SIP/2.0\r\nVia: SIP/2.0/UDP {};branch=z9hG4bK{}{}\r\nMax-Forwards: 70\r\n"
        "From: {};tag={}\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {} REGISTER\r\n"
        "Contact: <sip:{}@{}:{}>\r\nExpires: {}\r\nUser-Agent: Linka demo\r\n{}"
        "Content-Length: 0\r\n\r\n",
        uri(), own, entry.call_id, ++branches_, aor, entry.call_id.substr(0, 8), aor, entry.call_id,
        entry.cseq, entry.phone.name, host_of(where_.contact_address), where_.contact_port,
        entry.stage == Stage::leaving ? 0 : expires_s, authorization);
    (void)::send(fd_.get(), request.data(), request.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    retry_later(entry.phone.name, answer_wait);
}

// After `delay` without another word from the server: again, or, when that was often enough, a
// rest.
void Registration::retry_later(const std::string& name, Duration delay) {
    Entry& entry = entries_.find(name)->second;
    loop_.cancel(entry.timer);
    entry.timer = loop_.after(delay, [this, name] {
        const auto found = entries_.find(name);
        Entry& waiting = found->second;
        waiting.timer = 0;
        if (waiting.tries < tries_max) {
            ask(waiting, {});
        } else if (waiting.stage == Stage::leaving) {
            entries_.erase(found);
        } else {
            waiting.tries = 0;
            retry_later(name, try_again);
        }
    });
}

void Registration::receive() {
    std::array<char, datagram_max> buffer{};
    for (int i = 0; i < 64; ++i) {
        const ssize_t size = ::recv(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (size < 0) {
            return;  // nothing more, or a port that is closed now; the timer asks again
        }
        take({buffer.data(), static_cast<std::size_t>(size)});
    }
}

void Registration::take(std::string_view text) {
    const RegisterAnswer answer = parse_register_answer(text);
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const auto& each) {
        return each.second.call_id == answer.call_id && each.second.cseq == answer.cseq;
    });
    if (answer.status < 200 || found == entries_.end()) {
        return;
    }
    Entry& entry = found->second;
    if (answer.status < 300) {
        accepted(entry);
    } else if (answer.status == 401 && !entry.challenged) {
        challenged(entry, answer.challenges);
    } else {
        log::warn("demo telephone is refused",
                  {{"device", entry.phone.name}, {"status", answer.status}});
        entry.tries = 0;
        retry_later(entry.phone.name, try_again);
    }
}

void Registration::accepted(Entry& entry) {
    entry.tries = 0;
    const std::string name = entry.phone.name;
    if (entry.stage == Stage::leaving) {
        loop_.cancel(entry.timer);
        entries_.erase(name);
        return;
    }
    entry.stage = Stage::accepted;
    retry_later(name, refresh);
}

void Registration::challenged(Entry& entry, const std::vector<std::string_view>& challenges) {
    for (const std::string_view header : challenges) {
        if (const auto challenge = sip::parse_challenge(header)) {
            const std::string cnonce = sip::random_hex(8);
            const std::string address = uri();
            const sip::DigestAnswer answer{
                entry.phone.name, entry.phone.password, "REGISTER", address, cnonce, 1};
            ask(entry, text::format("Authorization: {}\r\n",
                                    sip::to_header(sip::answer_challenge(*challenge, answer))));
            return;
        }
    }
    retry_later(entry.phone.name, try_again);
}

}  // namespace linka::demo
