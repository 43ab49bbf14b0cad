// Registers the simulated telephones as any telephone does (RFC 3261 §10.2, digests of RFC 7616):
// REGISTER from a socket of its own, with the port's address as the contact, so that calls reach
// sip::Port. Knows nothing of calls.
#pragma once

#include "linka/base/time.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/runtime/loop.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace linka::demo {

struct RegistrarAddress {
    std::string address = "127.0.0.1";  // of the server, an IP address
    int port = 5060;
    std::string contact_address = "127.0.0.1";  // where calls are to go; the socket is bound there
    int contact_port = 0;
};

class Registration {
  public:
    struct Phone {
        std::string name;
        std::string password;
        bool operator==(const Phone&) const = default;
    };

    Registration(runtime::Loop& loop, RegistrarAddress where);
    ~Registration();
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;

    /// Errors: `unavailable` when there is no socket to be had.
    [[nodiscard]] bool ok() const { return static_cast<bool>(fd_); }
    /// Registers these and keeps them registered; signs off those that are missing.
    void set(const std::vector<Phone>& phones);
    /// Telephones whose registration was accepted and has not been withdrawn.
    [[nodiscard]] int registered() const;

  private:
    enum class Stage { asked, accepted, leaving };
    struct Entry {
        Phone phone;
        std::string call_id;
        int cseq = 0;
        int tries = 0;  // of the request under way
        Stage stage = Stage::asked;
        bool challenged = false;  // credentials were sent with the last request
        runtime::Loop::TimerId timer = 0;
    };
    void ask(Entry& entry, std::string_view authorization);
    void retry_later(const std::string& name, Duration delay);
    void receive();
    void take(std::string_view text);
    void accepted(Entry& entry);
    void challenged(Entry& entry, const std::vector<std::string_view>& challenges);
    [[nodiscard]] std::string uri() const;

    runtime::Loop& loop_;
    const RegistrarAddress where_;
    runtime::Fd fd_;
    int port_ = 0;
    std::int64_t branches_ = 0;
    std::map<std::string, Entry, std::less<>> entries_;  // by name
};

}  // namespace linka::demo
