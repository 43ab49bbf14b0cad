#include "linka/media/worker/worker.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"

namespace linka::media {

Worker::Worker(runtime::Loop& loop, WorkerOptions options)
    : loop_(loop),
      options_(std::move(options)),
      ports_(options_.port_low, options_.port_high),
      own_ports_(options_.own_ports),
      prompts_(options_.prompts),
      datagrams_(loop, options_.datagrams),
      plain_ports_(datagrams_, ports_, own_ports_),
      ticker_(loop) {
    SrtpSession::prepare();
    for (const Codec codec : all_codecs) {
        // After a second the codecs' memories have settled: what they say of silence then is silent
        // when it is repeated.
        Encoder encoder(codec);
        const std::vector<std::int16_t> quiet(frame_samples(codec), 0);
        std::array<std::uint8_t, frame_bytes_max> frame{};
        std::size_t length = 0;
        for (int i = 0; i < 50; ++i) {
            length = encoder.encode(quiet, frame);
        }
        silence_[static_cast<std::size_t>(codec)].assign(
            frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(length));
    }
}

Worker::~Worker() {
    loop_.cancel(second_);
    loop_.cancel(orphaned_);
}

Status Worker::start() {
    auto control =
        Control::listen(loop_, options_.socket,
                        {.request = [this](const Request& request) { return handle(request); },
                         .hello = [this] { return on(Hello{}); },
                         .connected = [this](bool now) { connected(now); }});
    if (!control) {
        return control.error();
    }
    control_ = std::move(*control);
    recorder_ = std::make_unique<Recorder>(loop_, options_.spool, options_.encode,
                                           [this](const RecordDone& done, const std::string& note) {
                                               unreleased_[done.recording] = {done, note};
                                               if (control_->connected()) {
                                                   control_->notice(done);
                                               }
                                               consider_end();
                                           });
    recorder_->adopt_orphans();
    orphaned_ = loop_.after(options_.orphaned_max, [this] { end_everything(); });
    each_second();
    return Done{};
}

void Worker::notice(const Notice& notice) {
    control_->notice(notice);
}

void Worker::wants_ticks(Leg& leg) {
    ticker_.add(leg);
}

std::span<const std::uint8_t> Worker::silence(Codec codec) {
    return silence_[static_cast<std::size_t>(codec)];
}

Instant Worker::wall_now() {
    return runtime::wall_now();
}

void Worker::each_second() {
    const Instant now = runtime::steady_now();
    for (const auto& [id, leg] : legs_) {
        leg->second(now);
    }
    plain_ports_.each_second(now);
    second_ = loop_.after(1s, [this] { each_second(); });
}

void Worker::connected(bool now) {
    loop_.cancel(orphaned_);
    orphaned_ = 0;
    served_ = true;
    if (!now) {
        log::info("server gone", {{"legs", legs_.size()}});
        orphaned_ = loop_.after(options_.orphaned_max, [this] { end_everything(); });
        consider_end();
        return;
    }
    for (const auto& [recording, finished] : unreleased_) {
        control_->notice(finished.done);
    }
}

void Worker::end_everything() {
    log::info("ending", {{"legs", legs_.size()}, {"recordings", recordings_.size()}});
    quitting_ = true;
    while (!recordings_.empty()) {
        stop_recording(*recordings_.begin()->second);
    }
    while (!legs_.empty()) {
        close_leg(*legs_.begin()->second);
    }
    consider_end();
}

void Worker::consider_end() {
    if (!legs_.empty() || !recordings_.empty()) {
        return;
    }
    // With a server we wait until the recordings are whole; without one the next worker finishes
    // them, which tells the next server.
    const bool alone = served_ && !control_->connected();
    if ((quitting_ && recorder_->pending() == 0) || alone ||
        (quitting_ && !control_->connected())) {
        finished_ = true;
        loop_.stop();
    }
}

Leg* Worker::find(LegId id) {
    const auto found = legs_.find(id);
    return found == legs_.end() ? nullptr : found->second.get();
}

void Worker::untie(Leg& leg) {
    if (Leg* peer = leg.peer()) {
        if (peer->peer() == &leg) {
            peer->disconnect();
        }
        leg.disconnect();
    }
}

void Worker::close_leg(Leg& leg) {
    untie(leg);
    leg.close(runtime::steady_now());
    ticker_.remove(leg);
    for (const auto& [id, recording] : recordings_) {
        for (LegId& side : recording->sides) {
            side = side == leg.id() ? 0 : side;
        }
    }
    legs_.erase(leg.id());
}

void Worker::stop_recording(Recording& recording) {
    for (const LegId side : recording.sides) {
        if (Leg* leg = find(side)) {
            leg->remove_sink(recording);
        }
    }
    recorder_->complete(recording.path(), recording.end(runtime::steady_now()));
    recordings_.erase(recording.id());
}

}  // namespace linka::media
