#include "linka/sip/names.hpp"

#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/this_machine.hpp"
#include "linka/sip/addresses.hpp"
#include "linka/sip/headers.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

namespace linka::sip {

struct Names::Shared {
    struct Host {
        std::string address;  // empty: not known yet
        Instant due;          // when to ask (again)
        bool wanted = false;  // waits for the thread, or is being asked
        bool failing = false;
    };

    Lookup lookup;
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::string, Host> hosts;  // at most hosts_max
    bool stopping = false;
};

Names::Names(Lookup lookup) : shared_(std::make_shared<Shared>()) {
    shared_->lookup = std::move(lookup);
}

Names::~Names() {
    const std::lock_guard lock(shared_->mutex);
    shared_->stopping = true;
    shared_->changed.notify_all();
}

void Names::watch(const std::vector<std::string>& hosts, Instant steady) {
    const std::lock_guard lock(shared_->mutex);
    std::map<std::string, Shared::Host> next;
    for (const std::string& host : hosts) {
        if (host.empty() || is_ip_address(plain_host(host)) || next.size() >= hosts_max) {
            continue;
        }
        const auto known = shared_->hosts.find(host);
        next[host] =
            known == shared_->hosts.end() ? Shared::Host{{}, steady, true, false} : known->second;
    }
    shared_->hosts = std::move(next);
    if (!shared_->hosts.empty() && !started_) {
        started_ = true;
        std::thread([shared = shared_] { work(shared); }).detach();
    }
    shared_->changed.notify_all();
}

void Names::tick(Instant steady) {
    const std::lock_guard lock(shared_->mutex);
    for (auto& [name, host] : shared_->hosts) {
        if (!host.wanted && host.due <= steady) {
            host.wanted = true;
            shared_->changed.notify_all();
        }
    }
}

std::string Names::address(const std::string& host) const {
    if (std::string plain = plain_host(host); is_ip_address(plain)) {
        return plain;
    }
    const std::lock_guard lock(shared_->mutex);
    const auto found = shared_->hosts.find(host);
    return found == shared_->hosts.end() ? std::string{} : found->second.address;
}

void Names::work(const std::shared_ptr<Shared>& shared) {
    runtime::name_thread("linka-names");
    std::unique_lock lock(shared->mutex);
    while (!shared->stopping) {
        const auto next = std::find_if(shared->hosts.begin(), shared->hosts.end(),
                                       [](const auto& each) { return each.second.wanted; });
        if (next == shared->hosts.end()) {
            shared->changed.wait(lock);
            continue;
        }
        const std::string name = next->first;
        lock.unlock();
        const std::vector<std::string> found = shared->lookup(name);
        lock.lock();
        const auto again = shared->hosts.find(name);  // it may be watched no more
        if (again == shared->hosts.end()) {
            continue;
        }
        Shared::Host& host = again->second;
        host.wanted = false;
        host.due = runtime::steady_now() + (found.empty() ? retry : lifetime);
        if (found.empty() && !host.failing) {
            log::warn("the name of a trunk cannot be looked up",
                      {{"host", name}, {"used", host.address.empty() ? "nothing" : host.address}});
        }
        host.failing = found.empty();
        // Of several addresses the one in use stays as long as it is among them.
        if (!found.empty() && std::find(found.begin(), found.end(), host.address) == found.end()) {
            host.address = found.front();
            log::info("trunk's host found", {{"host", name}, {"address", host.address}});
        }
    }
}

std::vector<std::string> Names::system_lookup(const std::string& host) {
    // This thread's patience: two servers that are silent cost some seconds, not half a minute.
    if ((_res.options & RES_INIT) == 0) {
        res_init();
    }
    _res.retrans = 2;
    _res.retry = 2;
    addrinfo wish{};
    wish.ai_socktype = SOCK_DGRAM;
    wish.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    if (getaddrinfo(host.c_str(), nullptr, &wish, &list) != 0) {
        return {};
    }
    std::vector<std::string> found;
    for (const addrinfo* each = list; each != nullptr; each = each->ai_next) {
        std::array<char, INET6_ADDRSTRLEN> text{};
        if (getnameinfo(each->ai_addr, each->ai_addrlen, text.data(), text.size(), nullptr, 0,
                        NI_NUMERICHOST) == 0) {
            found.emplace_back(text.data());
        }
    }
    freeaddrinfo(list);
    return found;
}

}  // namespace linka::sip
