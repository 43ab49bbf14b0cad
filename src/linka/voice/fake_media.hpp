// FakeMedia: media for tests: workers that hold legs and recordings, answer requests when the test
// lets them (deliver), and can be killed. It refuses what the real ones refuse; a leg that is
// opened twice fails the test.
#pragma once

#include "linka/base/text.hpp"
#include "linka/media/client/media.hpp"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace linka::voice {

/// The workers: they outlive a server.
struct FakeWorkers {
    struct MediaLeg {
        int worker = 0;
        media::LegId peer = 0;
        std::optional<media::Play> play;
        bool echo = false;
        bool muted = false;
        std::string remote;
        int version = 0;
    };
    struct MediaRecording {
        int worker = 0;
        media::Record request;
    };
    std::map<media::LegId, MediaLeg> legs;
    std::map<media::RecordingId, MediaRecording> recordings;
    std::vector<media::LegOpen> opened;  // all openings, for the test to look at
    std::vector<media::Request> requests;
    std::string open_error;                      // for every opening while not empty
    std::string play_error;                      // for every Play while not empty
    std::string remote_error;                    // for every description of a peer while not empty
    bool digit_events = true;                    // in descriptions
    std::map<media::LegId, std::string> digits;  // sent to legs
    bool silent = false;                         // requests to open are kept and not answered
    std::vector<std::function<void(const media::Reply&)>> unanswered;
    std::string cut_short;  // of every recording that ends
    int workers = 1;
    int next_worker = 0;
    int version = 0;
};

class FakeMedia final : public media::Media {
  public:
    using Then = std::function<void(const media::Reply&)>;

    FakeMedia(FakeWorkers& workers, media::Events events)
        : events_(std::move(events)), workers_(workers) {}

    // ---- What voice does ----
    void open(media::LegOpen request, media::LegId near, Then done) override {
        const auto beside = workers_.legs.find(near);
        const int worker = beside != workers_.legs.end()
                               ? beside->second.worker
                               : workers_.next_worker++ % workers_.workers;
        EXPECT_EQ(workers_.legs.count(request.leg), 0U) << "opened twice: " << request.leg;
        workers_.opened.push_back(request);
        if (workers_.silent) {
            workers_.unanswered.push_back(std::move(done));
            return;
        }
        media::Reply reply;
        if (!workers_.open_error.empty()) {
            reply.error = workers_.open_error;
            reply.text = "as the test wants it";
        } else {
            FakeWorkers::MediaLeg& leg = workers_.legs[request.leg];
            leg.worker = worker;
            leg.version = ++workers_.version;
            leg.remote = request.offer;
            reply.sdp = describe(request.leg, leg, request.offer.empty());
        }
        pending_.push_back({worker, request.leg, std::move(reply), std::move(done), {}});
    }
    void send(media::Request request, Then done) override {
        workers_.requests.push_back(request);
        std::visit([&](const auto& r) { take(r, std::move(done)); }, request);
    }
    void detach() override {
        detached_ = true;
        pending_.clear();
    }
    void quit() override { workers_.legs.clear(); }

    // ---- What the workers do ----
    /// Delivers the oldest reply or notice; false if there is none.
    bool deliver() {
        if (pending_.empty() || detached_) {
            return false;
        }
        Pending next = std::move(pending_.front());
        pending_.pop_front();
        if (next.done) {
            next.done(next.reply);
        } else if (next.notice) {
            events_.notice(*next.notice);
        }
        return true;
    }
    void notice(media::Notice notice) { pending_.push_back({-1, 0, {}, {}, std::move(notice)}); }
    /// The worker dies with all it holds; unanswered requests fail.
    void kill(int worker, bool replies_first = true) {
        std::vector<media::LegId> lost;
        for (const auto& [number, leg] : workers_.legs) {
            if (leg.worker == worker) {
                lost.push_back(number);
            }
        }
        for (const media::LegId number : lost) {
            workers_.legs.erase(number);
        }
        std::deque<Pending> failed;
        std::deque<Pending> others;
        for (Pending& pending : std::exchange(pending_, {})) {
            (pending.worker == worker ? failed : others).push_back(std::move(pending));
        }
        pending_ = std::move(others);
        std::vector<media::RecordingId> cut;
        for (const auto& [number, recording] : workers_.recordings) {
            if (recording.worker == worker) {
                cut.push_back(number);
            }
        }
        for (const media::RecordingId number : cut) {
            finish_recording(number);
        }
        const auto fail_all = [&] {
            for (Pending& pending : failed) {
                if (pending.done) {
                    pending.reply = {};
                    pending.reply.error = "lost";
                    pending.done(pending.reply);
                }
            }
        };
        if (replies_first) {
            fail_all();
        }
        events_.lost(lost);
        if (!replies_first) {
            fail_all();
        }
    }
    void ready() {
        media::Found found;
        for (const auto& [number, leg] : workers_.legs) {
            found.legs.push_back(number);
            if (leg.play) {
                found.playing.push_back(number);
            }
        }
        for (const auto& entry : workers_.recordings) {
            found.recordings.push_back(entry.first);
        }
        events_.ready(found);
    }

  private:
    struct Pending {
        int worker = 0;
        media::LegId leg = 0;
        media::Reply reply;
        Then done;
        std::optional<media::Notice> notice;
    };

    [[nodiscard]] std::string describe(media::LegId number, const FakeWorkers::MediaLeg& leg,
                                       bool offer) const {
        return text::format("{} of leg {} version {}\nm=audio 4000 RTP/AVP 8 101\n{}",
                            offer ? "offer" : "answer", number, leg.version,
                            workers_.digit_events ? "a=rtpmap:101 telephone-event/8000\n" : "");
    }
    void reply_ok(const FakeWorkers::MediaLeg& leg, media::LegId number, Then done,
                  media::Reply reply = {}) {
        pending_.push_back({leg.worker, number, std::move(reply), std::move(done), {}});
    }
    void finish_recording(media::RecordingId number) {
        const auto found = workers_.recordings.find(number);
        if (found != workers_.recordings.end()) {
            media::RecordDone done;
            done.recording = number;
            done.file = found->second.request.file;
            done.duration = 3s;
            done.bytes = 1000;
            done.cut_short = workers_.cut_short;
            workers_.recordings.erase(found);
            notice(done);
        }
    }
    // The leg, or null after a reply that says there is none.
    FakeWorkers::MediaLeg* find(media::LegId number, Then& done) {
        const auto found = workers_.legs.find(number);
        if (found != workers_.legs.end()) {
            return &found->second;
        }
        media::Reply reply;
        reply.error = "no_leg";
        pending_.push_back({-1, number, std::move(reply), std::move(done), {}});
        return nullptr;
    }

    void take(const media::LegRemote& request, Then done) {
        if (auto* leg = find(request.leg, done)) {
            media::Reply reply;
            reply.error = workers_.remote_error;
            leg->remote = reply.error.empty() ? request.sdp : leg->remote;
            reply_ok(*leg, request.leg, std::move(done), std::move(reply));
        }
    }
    void take(const media::LegReoffer& request, Then done) {
        if (auto* leg = find(request.leg, done)) {
            media::Reply reply;
            reply.error = workers_.remote_error;
            leg->remote = request.sdp;
            reply.sdp = describe(request.leg, *leg, false);
            reply.held = request.sdp.find("sendonly") != std::string::npos;
            reply_ok(*leg, request.leg, std::move(done), std::move(reply));
        }
    }
    void take(const media::LegOffer& request, Then done) {
        if (auto* leg = find(request.leg, done)) {
            media::Reply reply;
            reply.sdp = describe(request.leg, *leg, true);
            reply_ok(*leg, request.leg, std::move(done), std::move(reply));
        }
    }
    void part(FakeWorkers::MediaLeg& leg) {
        const auto peer = workers_.legs.find(std::exchange(leg.peer, 0));
        if (peer != workers_.legs.end()) {
            peer->second.peer = 0;
        }
    }
    void take(const media::Connect& request, Then done) {
        auto* a = find(request.a, done);
        auto* b = a == nullptr ? nullptr : find(request.b, done);
        if (b == nullptr) {
            return;
        }
        if (a->worker != b->worker) {
            find(-1, done);
            return;
        }
        for (auto* leg : {a, b}) {
            part(*leg);
            leg->play.reset();
            leg->echo = false;
        }
        a->peer = request.b;
        b->peer = request.a;
        reply_ok(*a, request.a, std::move(done));
    }
    void take(const media::Disconnect& request, Then done) {
        if (auto* leg = find(request.leg, done)) {
            part(*leg);
            leg->echo = false;
            reply_ok(*leg, request.leg, std::move(done));
        }
    }
    void take(const media::Play& request, Then done) {
        if (auto* leg = find(request.leg, done)) {
            media::Reply reply;
            reply.error = workers_.play_error;
            if (reply.error.empty()) {
                leg->play = request;
                leg->echo = false;
            }
            reply_ok(*leg, request.leg, std::move(done), std::move(reply));
        }
    }
    void take(const media::StopPlay& request, Then done) {
        if (auto* leg = find(request.leg, done)) {
            leg->play.reset();
            reply_ok(*leg, request.leg, std::move(done));
        }
    }
    void take(const media::Mute& request, Then done) {
        if (auto* leg = find(request.leg, done)) {
            leg->muted = request.on;
            reply_ok(*leg, request.leg, std::move(done));
        }
    }
    void take(const media::SendDtmf& request, Then done) {
        if (auto* leg = find(request.leg, done)) {
            workers_.digits[request.leg] += request.digits;
            reply_ok(*leg, request.leg, std::move(done));
        }
    }
    void take(const media::Echo& request, Then done) {
        if (auto* leg = find(request.leg, done)) {
            part(*leg);
            leg->play.reset();
            leg->echo = true;
            reply_ok(*leg, request.leg, std::move(done));
        }
    }
    void take(const media::Close& request, Then done) {
        if (auto* leg = find(request.leg, done)) {
            const FakeWorkers::MediaLeg copy = *leg;
            part(*leg);
            workers_.legs.erase(request.leg);
            reply_ok(copy, request.leg, std::move(done));
            media::Quality quality;
            quality.leg = request.leg;
            quality.codec = "PCMA";
            quality.received = 50;
            quality.mos_in = 4.2;
            quality.last = true;
            notice(quality);
        }
    }
    void take(const media::Record& request, Then done) {
        // It runs where it began; else where the first of its sides lives.
        const auto running = workers_.recordings.find(request.recording);
        const auto first = workers_.legs.find(request.left != 0 ? request.left : request.right);
        const int worker = running != workers_.recordings.end() ? running->second.worker
                           : first != workers_.legs.end()       ? first->second.worker
                                                                : -1;
        const auto elsewhere = [&](media::LegId number) {
            const auto leg = workers_.legs.find(number);
            return number != 0 && (leg == workers_.legs.end() || leg->second.worker != worker);
        };
        if (worker < 0 || elsewhere(request.left) || elsewhere(request.right)) {
            find(-1, done);
            return;
        }
        workers_.recordings[request.recording] = {worker, request};
        pending_.push_back({worker, request.left, {}, std::move(done), {}});
    }
    void take(const media::RecordStop& request, Then done) {
        pending_.push_back({-1, 0, {}, std::move(done), {}});
        finish_recording(request.recording);
    }
    template <typename Other>
    void take(const Other&, Then done) {
        pending_.push_back({-1, 0, {}, std::move(done), {}});
    }

    media::Events events_;
    FakeWorkers& workers_;
    std::deque<Pending> pending_;
    bool detached_ = false;
};

}  // namespace linka::voice
