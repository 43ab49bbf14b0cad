// What the server does at the end of the demo.
#include "linka/app/demo_files.hpp"
#include "linka/app/server.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"

#include <filesystem>

#include <unistd.h>

namespace linka::app {
namespace {

// How often it is looked whether the last recordings of the demo are written; how long until a disk
// that refused is asked again.
constexpr Duration recordings_check = 200ms;
constexpr Duration tidy_again = 60s;

}  // namespace

std::string Server::demo_removed() {
    demo_left_ = true;
    const Status status = forget_statuses(*store_);
    if (!status) {
        log::error("statuses of the demo are left", {{"reason", status.error().text}});
    }
    const bool posted = loop_.post([this] {
        if (public_) {
            public_->close();
        }
        if (loopback_for_demo_) {
            engine_->save_side("meta", "loopback_process", std::to_string(::getpid()));
        }
        tell_registrar();
        tidy_demo();
    });
    if (!posted) {
        log::error("what is left of the demo goes at the next start");
    }
    return loopback_for_demo_ ? options_.listen : std::string();
}

// Recordings that were running are written to their end, and then go with the others.
void Server::tidy_demo() {
    if (!belongings_->removed() || demo_tidied_ || tidying_.valid()) {
        return;
    }
    const core::RecordingId last = belongings_->last_recording();
    const auto& running = engine_->state().recordings;
    if (!running.empty() && running.begin()->first <= last) {
        loop_.after(recordings_check, [this] { tidy_demo(); });
        return;
    }
    tidying_ = std::async(std::launch::async, [this, last] {
        Status status = forget_statuses(*store_);
        if (status) {
            status =
                forget_recordings(*store_, std::filesystem::absolute(options_.data).string(), last);
        }
        if (!loop_.post([this, status] { tidied_demo(status); })) {
            log::warn("files of the demo are looked for again at the next start");
        }
    });
}

void Server::tidied_demo(const Status& status) {
    tidying_.get();
    if (!status) {
        log::error("files of the demo are left", {{"reason", status.error().text}});
        loop_.after(tidy_again, [this] { tidy_demo(); });
        return;
    }
    demo_tidied_ = true;
    engine_->save_side("meta", "demo_tidied", "1");
    log::info("files of the demo are gone");
}

}  // namespace linka::app
