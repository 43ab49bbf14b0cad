// PhoneInbox: what pages of web phones say, from the API's threads to the core's. Messages are read
// and checked on the thread that they came on; only whole ones wait here.
#pragma once

#include "linka/api/ports.hpp"
#include "linka/runtime/bounded_queue.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/voice/web_phones.hpp"

#include <atomic>
#include <functional>

namespace linka::app {

class PhoneInbox final : public api::Phones {
  public:
    /// Both must outlive it; made and destroyed on the loop's thread, after the API has stopped.
    PhoneInbox(runtime::Loop& loop, voice::WebPhones& phones);
    ~PhoneInbox() override;
    PhoneInbox(const PhoneInbox&) = delete;
    PhoneInbox& operator=(const PhoneInbox&) = delete;

    // api::Phones
    void said(const api::PhonePage& page, std::string_view text) override;
    void missed(std::uint64_t page) override;
    void closed(std::uint64_t page) override;

  private:
    void take_all();
    void post(std::function<void()> work);

    runtime::Loop& loop_;
    voice::WebPhones& phones_;
    // Messages are refused beyond a bound of their own, so that the end of a socket, of which there
    // are not so many, always has room.
    runtime::BoundedQueue<std::function<void()>> waiting_;
    std::atomic<int> messages_{0};
};

}  // namespace linka::app
