#include "linka/app/accounts_teller.hpp"

#include "linka/runtime/log.hpp"

#include <utility>

namespace linka::app {

AccountsTeller::AccountsTeller(runtime::Loop& loop, Read read, Tell tell, Waits waits)
    : loop_(loop), read_(std::move(read)), tell_(std::move(tell)), waits_(waits) {
}

void AccountsTeller::changed() {
    if (reading_.valid() && !lost_.exchange(false)) {
        again_ = true;
        return;
    }
    reading_ = std::async(std::launch::async, [this] {
        auto passwords = read_();
        if (!loop_.post([this, passwords = std::move(passwords)] { take(passwords); })) {
            lost_ = true;
            log::error("the registrar could not be told of changed accounts; save them again");
        }
    });
}

void AccountsTeller::take(const Result<SipPasswords>& passwords) {
    reading_ = {};  // its thread has nothing left to do
    if (!passwords) {
        // An empty list would unregister every telephone: the SIP side goes on with the old one.
        log::error("SIP passwords cannot be read; telephones keep those they have",
                   {{"reason", passwords.error().text}});
        again_ = false;
        loop_.after(waits_.read_again, [this] { changed(); });
    } else if (std::exchange(again_, false)) {
        changed();
    } else if (!tell_(*passwords)) {
        loop_.after(waits_.tell_again, [this] { changed(); });
    }
}

}  // namespace linka::app
