#include "linka/media/client/media.hpp"

#include "linka/base/text.hpp"
#include "linka/media/client/leg_places.hpp"
#include "linka/media/client/worker_link.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>
#include <filesystem>
#include <type_traits>
#include <unordered_map>

namespace linka::media {
namespace {

class Workers : public Media {
  public:
    Workers(runtime::Loop& loop, Options options, Events events)
        : loop_(loop), options_(std::move(options)), events_(std::move(events)) {
        std::error_code failure;
        std::filesystem::create_directories(options_.directory, failure);
        for (int i = 0; i < std::max(1, options_.workers); ++i) {
            links_.push_back(link(i));
            heard_.push_back(false);
        }
    }

    void start() {
        for (const auto& each : links_) {
            each->start();
        }
    }

    void open(LegOpen request, LegId near, std::function<void(const Reply&)> done) override {
        const WorkerId worker = choose(near);
        if (worker < 0) {
            refuse("lost", "no media worker is there", std::move(done));
            return;
        }
        const LegId leg = request.leg;
        request.near = legs_.at(near) >= 0 ? near : 0;
        legs_.put(leg, worker);
        links_[index(worker)]->send(
            std::move(request), [this, leg, worker, done = std::move(done)](const Reply& reply) {
                // Lost legs may be open on another worker by now.
                if (!reply.error.empty() && legs_.at(leg) == worker) {
                    legs_.erase(leg);
                }
                if (done) {
                    done(reply);
                }
            });
    }

    void send(Request request, std::function<void(const Reply&)> done) override {
        const WorkerId worker =
            std::visit([this](const auto& each) { return place(each); }, request);
        if (worker < 0) {
            refuse("no_leg", "no media worker has it", std::move(done));
            return;
        }
        if (const auto* close = std::get_if<Close>(&request)) {
            done = [this, leg = close->leg, done = std::move(done)](const Reply& reply) {
                legs_.erase(leg);
                if (done) {
                    done(reply);
                }
            };
        } else if (const auto* release = std::get_if<RecordRelease>(&request)) {
            recordings_.erase(release->recording);
        } else if (const auto* record = std::get_if<Record>(&request)) {
            // What is refused has begun nothing, but a recording that runs goes on where it is.
            const bool begins = recordings_.emplace(record->recording, worker).second;
            done = [this, begins, recording = record->recording,
                    done = std::move(done)](const Reply& reply) {
                if (begins && !reply.error.empty()) {
                    recordings_.erase(recording);
                }
                if (done) {
                    done(reply);
                }
            };
        }
        links_[index(worker)]->send(std::move(request), std::move(done));
    }

    void detach() override {
        for (const auto& each : links_) {
            each->detach();
        }
    }

    void quit() override {
        for (const auto& each : links_) {
            each->quit();
        }
    }

  private:
    static std::size_t index(WorkerId worker) { return static_cast<std::size_t>(worker); }

    std::unique_ptr<WorkerLink> link(WorkerId worker) {
        // Each worker has its share of the ports, in whole pairs.
        const int count = std::max(1, options_.workers);
        const int pairs = (options_.port_high - options_.port_low + 1) / 2 / count;
        const int low = options_.port_low + worker * pairs * 2;
        const std::string socket = text::format("{}/media-{}.sock", options_.directory, worker);
        runtime::Command command;
        command.arguments = {options_.program,
                             "--socket",
                             socket,
                             "--ports",
                             text::format("{}-{}", low, low + pairs * 2 - 1),
                             "--prompts",
                             options_.prompts,
                             "--spool",
                             options_.directory + "/spool"};
        std::string own_ports;
        for (const int port : options_.own_ports) {
            own_ports += text::format("{}{}", own_ports.empty() ? "" : ",", port);
        }
        if (!own_ports.empty()) {
            command.arguments.insert(command.arguments.end(), {"--own-ports", own_ports});
        }
        if (options_.encode_after) {
            command.arguments.emplace_back("--encode-after");
        }
        return std::make_unique<WorkerLink>(
            loop_, socket, std::move(command),
            WorkerLink::Events{
                .greeted = [this, worker](const Reply& reply) { greeted(worker, reply); },
                .notice = [this, worker](const Notice& notice) { take(worker, notice); },
                .gone = [this, worker] { gone(worker); }});
    }

    void refuse(std::string error, std::string text, std::function<void(const Reply&)> done) {
        if (!done) {
            return;
        }
        Reply reply;
        reply.error = std::move(error);
        reply.text = std::move(text);
        // Not from within the call: the caller may not be ready for its own callback.
        if (!loop_.post([reply, done = std::move(done)] { done(reply); })) {
            log::error("the loop is full; an answer is lost");
        }
    }

    WorkerId choose(LegId near) const {
        if (const WorkerId there = legs_.at(near); there >= 0) {
            return there;
        }
        WorkerId best = -1;
        for (WorkerId i = 0; i < static_cast<WorkerId>(links_.size()); ++i) {
            if (links_[index(i)]->ready() && (best < 0 || legs_.count(i) < legs_.count(best))) {
                best = i;
            }
        }
        return best;
    }

    static WorkerId at(const std::unordered_map<std::int64_t, WorkerId>& places, std::int64_t id) {
        const auto found = places.find(id);
        return found == places.end() ? -1 : found->second;
    }

    // The worker that has what the request is about, or -1.
    template <typename T>
    WorkerId place(const T& request) const {
        if constexpr (std::is_same_v<T, Connect>) {
            return legs_.at(request.a);
        } else if constexpr (std::is_same_v<T, Record>) {
            const WorkerId known = at(recordings_, request.recording);
            const WorkerId left = known >= 0 ? known : legs_.at(request.left);
            return left >= 0 ? left : legs_.at(request.right);
        } else if constexpr (requires { request.recording; }) {
            return at(recordings_, request.recording);
        } else if constexpr (requires { request.leg; }) {
            return legs_.at(request.leg);
        } else {
            return -1;
        }
    }

    void greeted(WorkerId worker, const Reply& reply) {
        for (const LegId leg : reply.legs) {
            legs_.put(leg, worker);
        }
        for (const RecordingId recording : reply.recordings) {
            recordings_[recording] = worker;
        }
        if (told_ready_) {
            return;
        }
        heard_[index(worker)] = true;
        const auto append = [](auto& all, const auto& more) {
            all.insert(all.end(), more.begin(), more.end());
        };
        append(found_.legs, reply.legs);
        append(found_.recordings, reply.recordings);
        append(found_.playing, reply.playing);
        if (std::all_of(heard_.begin(), heard_.end(), [](bool heard) { return heard; })) {
            told_ready_ = true;
            events_.ready(found_);
        }
    }

    void take(WorkerId worker, const Notice& notice) {
        if (const auto* done = std::get_if<RecordDone>(&notice)) {
            recordings_[done->recording] = worker;  // until it is released there
        }
        if (events_.notice) {
            events_.notice(notice);
        }
    }

    void gone(WorkerId worker) {
        const std::vector<LegId> lost = legs_.of(worker);
        for (const LegId leg : lost) {
            legs_.erase(leg);
        }
        std::erase_if(recordings_, [&](const auto& each) { return each.second == worker; });
        if (!told_ready_) {
            std::erase_if(found_.legs, [&](LegId leg) {
                return std::binary_search(lost.begin(), lost.end(), leg);
            });
        }
        log::warn("a media worker is gone", {{"worker", worker}, {"legs", lost.size()}});
        if (events_.lost) {
            events_.lost(lost);
        }
    }

    runtime::Loop& loop_;
    Options options_;
    Events events_;
    LegPlaces legs_{std::max(1, options_.workers)};
    std::unordered_map<RecordingId, WorkerId> recordings_;
    // Until ready() was called: which workers have answered, and with what.
    std::vector<bool> heard_;
    Found found_;
    bool told_ready_ = false;
    std::vector<std::unique_ptr<WorkerLink>> links_;  // last: they call us until they are gone
};

}  // namespace

std::unique_ptr<Media> start_media(runtime::Loop& loop, Options options, Events events) {
    auto workers = std::make_unique<Workers>(loop, std::move(options), std::move(events));
    workers->start();
    return workers;
}

}  // namespace linka::media
