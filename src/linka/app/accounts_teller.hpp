// Tells the SIP side of accounts and trunks after they changed. Their passwords are read on another
// thread: calls do not wait for the disk. What cannot be read or told is tried again, and until
// then the SIP side keeps what it has. Everything else is for the loop's thread.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/runtime/loop.hpp"

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <string>

namespace linka::app {

/// What the SIP side may know of the store's secrets, by device and by trunk.
struct SipPasswords {
    std::map<std::string, std::string> devices;
    std::map<std::string, std::string> trunks;
};

class AccountsTeller {
  public:
    using Read = std::function<Result<SipPasswords>()>;
    /// False: there is no room for it now.
    using Tell = std::function<bool(const SipPasswords&)>;
    struct Waits {
        Duration read_again = 5s;
        Duration tell_again = 100ms;
    };

    /// `read` is called on a thread of its own, `tell` in the loop.
    AccountsTeller(runtime::Loop& loop, Read read, Tell tell, Waits waits);
    /// Waits for what is being read.
    ~AccountsTeller() = default;
    AccountsTeller(const AccountsTeller&) = delete;
    AccountsTeller& operator=(const AccountsTeller&) = delete;

    void changed();

  private:
    void take(const Result<SipPasswords>& passwords);

    runtime::Loop& loop_;
    const Read read_;
    const Tell tell_;
    const Waits waits_;
    bool again_ = false;             // they changed meanwhile
    std::atomic<bool> lost_{false};  // what was read could not be handed to the loop
    std::future<void> reading_;      // last: ends before anything above goes
};

}  // namespace linka::app
