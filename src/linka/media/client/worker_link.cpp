#include "linka/media/client/worker_link.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>
#include <filesystem>

#include <unistd.h>

namespace linka::media {
namespace {

// While a worker starts, which takes some 30 ms: more and more seldom.
constexpr Duration connect_pause_min = 2ms;
constexpr Duration connect_pause_max = 50ms;
constexpr Duration back_off_min = 100ms;
constexpr Duration back_off_max = 5s;
constexpr Duration watch_pause = 500ms;  // between two questions whether it is there

}  // namespace

WorkerLink::WorkerLink(runtime::Loop& loop, std::string socket, runtime::Command command,
                       Events events)
    : loop_(loop),
      socket_(std::move(socket)),
      command_(std::move(command)),
      events_(std::move(events)) {
}

WorkerLink::~WorkerLink() {
    detach();
}

void WorkerLink::start() {
    heartbeat_ = std::make_unique<runtime::Heartbeat>(
        std::filesystem::path(socket_).stem().string(), runtime::Heartbeat::Of::process);
    connect_or_launch();
    watch();
}

void WorkerLink::watch() {
    watch_timer_ = loop_.after(watch_pause, [this] { watch(); });
    if (!greeted_ || asked_) {
        return;
    }
    asked_ = true;
    // About a leg that there never is: so workers of an earlier version answer as well.
    send(StopPlay{}, [this](const Reply& reply) {
        asked_ = false;
        if (reply.error == "no_leg") {
            answered();
        }
    });
}

void WorkerLink::answered() {
    if (heartbeat_) {
        heartbeat_->beat("answers");
    }
}

void WorkerLink::stop() {
    stopped_ = true;
    loop_.cancel(timer_);
    loop_.cancel(watch_timer_);
    heartbeat_.reset();
}

void WorkerLink::detach() {
    stop();
    peer_.reset();
    process_.reset();
    waiting_.clear();
    greeted_ = false;
}

void WorkerLink::quit() {
    send(Quit{}, {});
    stop();
}

void WorkerLink::retry(Duration delay) {
    loop_.cancel(timer_);
    timer_ = loop_.after(delay, [this] {
        timer_ = 0;
        connect_or_launch();
    });
}

void WorkerLink::connect_or_launch() {
    if (stopped_ || peer_) {
        return;
    }
    if (!connect()) {
        if (!process_) {
            launch();
        } else {
            connect_pause_ = std::min(connect_pause_ * 5 / 4, connect_pause_max);
            retry(connect_pause_);
        }
    }
}

bool WorkerLink::connect() {
    auto fd = runtime::connect_seqpacket(socket_);
    if (!fd) {
        return false;
    }
    peer_ = std::make_unique<runtime::SeqpacketPeer>(
        loop_, std::move(*fd), [this](std::string_view bytes) { packet(bytes); },
        [this] { closed(); });
    greet();
    return true;
}

void WorkerLink::launch() {
    back_off_ = std::clamp(back_off_ * 2, back_off_min, back_off_max);
    auto started = runtime::Process::start(loop_, command_, [this](runtime::Exit exit) {
        process_.reset();
        if (!stopped_) {
            log::warn(
                "media worker ended",
                {{"socket", socket_}, {"code", exit.code}, {"signal", exit.by_signal ? 1 : 0}});
            if (!peer_) {
                retry(back_off_);
            }
        }
    });
    if (!started) {
        log::error("media worker cannot be started",
                   {{"program", command_.arguments.front()}, {"why", started.error().text}});
        retry(back_off_);
        return;
    }
    process_ = std::move(*started);
    connect_pause_ = connect_pause_min;
    retry(connect_pause_);
}

void WorkerLink::greet() {
    Hello hello;
    hello.server = text::format("linka {}", ::getpid());
    send(hello, [this](const Reply& reply) {
        if (reply.error == "lost") {
            return;
        }
        if (!reply.error.empty()) {
            // A worker of another version still carries calls; it ends by itself with the last of
            // them, and then ours takes the place.
            log::error("media worker refuses us", {{"socket", socket_}, {"why", reply.text}});
            peer_.reset();
            retry(back_off_max);
            return;
        }
        greeted_ = true;
        back_off_ = {};
        answered();
        events_.greeted(reply);
    });
}

void WorkerLink::send(Request request, OnReply done) {
    std::visit([this](auto& each) { each.id = ++last_id_; }, request);
    const std::string packet = encode(request);
    Reply refused;
    if (!peer_) {
        refused = refusal("lost", "no media worker");
    } else if (packet.size() > message_bytes_max) {
        // Only a peer's description can be so long.
        refused = refusal("bad_sdp", text::format("a request of {} bytes; at most {}",
                                                  packet.size(), message_bytes_max));
    } else if (!peer_->send(packet)) {
        refused = refusal("full", "the media worker does not read");
    } else {
        waiting_.emplace(last_id_, std::move(done));
        return;
    }
    if (done && !loop_.post([done, refused] { done(refused); })) {
        log::error("the loop is full; an answer is lost");
    }
}

void WorkerLink::packet(std::string_view packet) {
    const auto notice = decode_notice(packet);
    if (!notice) {
        log::error("a notice that cannot be read", {{"why", notice.error().text}});
        return;
    }
    const auto* reply = std::get_if<Reply>(&*notice);
    if (reply == nullptr) {
        events_.notice(*notice);
        return;
    }
    const auto node = waiting_.extract(reply->id);
    if (!node.empty() && node.mapped()) {
        node.mapped()(*reply);
    }
}

void WorkerLink::lose_requests() {
    auto lost = std::move(waiting_);
    waiting_.clear();
    for (const auto& [id, done] : lost) {
        if (done) {
            done(refusal("lost", "the media worker died"));
        }
    }
}

void WorkerLink::closed() {
    const bool was_greeted = greeted_;
    greeted_ = false;
    peer_.reset();
    if (!stopped_) {
        retry(std::max(back_off_, back_off_min));
    }
    if (was_greeted && !stopped_) {
        events_.gone();
    }
    lose_requests();
}

}  // namespace linka::media
