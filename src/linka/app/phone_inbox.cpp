#include "linka/app/phone_inbox.hpp"

#include "linka/runtime/log.hpp"
#include "linka/voice/phone_message.hpp"
#include "linka/voice/phone_texts.hpp"

#include <utility>

#include <sys/epoll.h>

namespace linka::app {
namespace {

constexpr std::size_t waiting_max = 65'536;
constexpr int phone_messages_max = 1024;

}  // namespace

PhoneInbox::PhoneInbox(runtime::Loop& loop, voice::WebPhones& phones)
    : loop_(loop), phones_(phones), waiting_(waiting_max) {
    loop_.watch(waiting_.fd(), EPOLLIN, [this](std::uint32_t) { take_all(); });
}

PhoneInbox::~PhoneInbox() {
    loop_.unwatch(waiting_.fd());
}

void PhoneInbox::said(const api::PhonePage& page, std::string_view text) {
    auto message = voice::phone_message_from_text(text);
    if (!message) {
        page.say(voice::error_text(message.error()));
        return;
    }
    if (messages_.fetch_add(1) >= phone_messages_max) {
        --messages_;
        page.say(
            voice::error_text(voice::PhoneError{"busy", "too much at once: try again", "", 0}));
        return;
    }
    post([this, page = voice::PhonePage{page.id, page.user, page.address, page.say},
          message = std::move(*message)] {
        --messages_;
        phones_.said(page, message);
    });
}

void PhoneInbox::missed(std::uint64_t page) {
    post([this, page] { phones_.missed(page); });
}

void PhoneInbox::closed(std::uint64_t page) {
    post([this, page] { phones_.closed(page); });
}

void PhoneInbox::post(std::function<void()> work) {
    if (!waiting_.push(std::move(work))) {
        log::error("web phones do not hear: their queue is full");
    }
}

void PhoneInbox::take_all() {
    for (const auto& work : waiting_.take_all()) {
        work();
    }
}

}  // namespace linka::app
