// What the server asks of the worker, request by request.
#include "linka/base/text.hpp"
#include "linka/media/worker/worker.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"

#include <random>

namespace linka::media {
namespace {

Reply no_leg(LegId leg) {
    return refusal("no_leg", text::format("this worker has no leg {}", leg));
}

// Errors of descriptions, in the words of the protocol.
Reply sdp_refusal(const Error& error) {
    return refusal(error.code == ErrorCode::refused ? "no_codec" : "bad_sdp", error.text);
}

// Those of the request that the kind of leg may use, best first.
std::vector<Codec> usable_codecs(const LegOpen& request) {
    std::vector<Codec> codecs;
    for (const std::string& name : request.codecs) {
        if (const auto codec = codec_named(name)) {
            codecs.push_back(*codec);
        }
    }
    if (request.codecs.empty() && request.web) {
        codecs = {Codec::opus, Codec::pcma, Codec::pcmu};
    } else if (request.codecs.empty()) {
        codecs.assign(all_codecs.begin(), all_codecs.end());
    }
    if (request.web) {
        std::erase(codecs, Codec::g722);  // not every browser has it
    }
    return codecs;
}

std::uint64_t random_seed() {
    static std::random_device device;  // each one opens the device or asks the CPU anew
    return (std::uint64_t{device()} << 32) | device();
}

}  // namespace

Reply Worker::handle(const Request& request) {
    if (quitting_) {
        return refusal("full", "the worker is ending");
    }
    Reply reply = std::visit([this](const auto& each) { return on(each); }, request);
    consider_end();
    return reply;
}

Reply Worker::on(const Hello&) {
    Reply reply;
    for (const auto& [id, leg] : legs_) {
        reply.legs.push_back(id);
        if (leg->plays()) {
            reply.playing.push_back(id);
        }
    }
    for (const auto& [id, recording] : recordings_) {
        reply.recordings.push_back(id);
    }
    std::sort(reply.legs.begin(), reply.legs.end());
    std::sort(reply.playing.begin(), reply.playing.end());
    std::sort(reply.recordings.begin(), reply.recordings.end());
    return reply;
}

Reply Worker::on(const LegOpen& request) {
    if (legs_.size() >= legs_max) {
        return refusal("full", text::format("{} legs are open; that is all", legs_max));
    }
    if (request.leg <= 0 || find(request.leg) != nullptr) {
        return refusal("internal", text::format("leg {} is open or no number", request.leg));
    }
    LegOptions options;
    options.id = request.leg;
    options.seed = random_seed();
    options.announces_ssrc = request.web;
    options.codecs = usable_codecs(request);
    if (options.codecs.empty()) {
        return refusal("no_codec", "none of the codecs is known");
    }
    if (const Leg* near = find(request.near)) {
        // What the other side speaks comes first: then nothing need be transcoded.
        std::stable_partition(options.codecs.begin(), options.codecs.end(),
                              [&](Codec codec) { return near->speaks(codec); });
    }
    auto transport = open_transport(request);
    if (!transport) {
        return refusal("no_port", transport.error().text);
    }
    options.transport = std::move(*transport);
    auto leg = std::make_unique<Leg>(*this, std::move(options));
    Reply reply;
    if (request.offer.empty()) {
        reply.sdp = leg->make_offer();
    } else {
        auto answer = leg->answer(request.offer);
        if (!answer) {
            return sdp_refusal(answer.error());
        }
        reply.sdp = std::move(*answer);
        reply.held = leg->peer_holds();
    }
    Leg& opened = *leg;
    legs_.emplace(request.leg, std::move(leg));
    wants_ticks(opened);
    log::debug("leg opened", {{"leg", request.leg}, {"trace", request.trace}});
    return reply;
}

Reply Worker::on(const LegConfirm& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    leg->confirm();
    return {};
}

Reply Worker::on(const LegRemote& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    if (const Status taken = leg->take_answer(request.sdp); !taken) {
        return sdp_refusal(taken.error());
    }
    Reply reply;
    reply.held = leg->peer_holds();
    return reply;
}

Reply Worker::on(const LegReoffer& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    auto answer = leg->answer(request.sdp);
    if (!answer) {
        return sdp_refusal(answer.error());
    }
    Reply reply;
    reply.sdp = std::move(*answer);
    reply.held = leg->peer_holds();
    return reply;
}

Reply Worker::on(const LegOffer& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    auto offer = leg->reoffer(request.hold);
    if (!offer) {
        return sdp_refusal(offer.error());
    }
    Reply reply;
    reply.sdp = std::move(*offer);
    reply.held = leg->peer_holds();
    return reply;
}

Reply Worker::on(const Connect& request) {
    Leg* a = find(request.a);
    Leg* b = find(request.b);
    if (a == nullptr || b == nullptr || a == b) {
        return no_leg(a == nullptr ? request.a : request.b);
    }
    if (a->peer() != b) {
        untie(*a);
        untie(*b);
    }
    a->connect(*b);
    b->connect(*a);
    wants_ticks(*a);
    wants_ticks(*b);
    return {};
}

Reply Worker::on(const Disconnect& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    untie(*leg);
    leg->disconnect();
    return {};
}

Reply Worker::on(const Play& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    constexpr std::size_t clips_max = 1000;
    std::vector<std::shared_ptr<Clip>> clips;
    for (const PlayItem& item : request.items) {
        if (const Status found = prompts_.find(item, clips); !found) {
            return refusal("no_file", found.error().text);
        }
        if (clips.size() > clips_max) {
            return refusal("full", text::format("more than {} sounds in one play", clips_max));
        }
    }
    if (clips.empty()) {
        return refusal("no_file", "nothing to play");
    }
    leg->play(request.play, std::move(clips), request.loop);
    return {};
}

Reply Worker::on(const StopPlay& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    leg->stop_play();
    return {};
}

Reply Worker::on(const Mute& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    leg->mute(request.on);
    if (leg->peer() != nullptr) {
        wants_ticks(*leg->peer());  // it is sent silence instead
    }
    return {};
}

Reply Worker::on(const Echo& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    untie(*leg);
    leg->echo();
    return {};
}

Reply Worker::on(const SendDtmf& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    if (!leg->send_dtmf(request.digits)) {
        return refusal("full", text::format("at most {} digits may wait", DtmfSender::digits_max));
    }
    return {};
}

Recording* Worker::recording_of(const Record& request, bool wide, Reply& refused) {
    const auto found = recordings_.find(request.recording);
    if (found != recordings_.end()) {
        return found->second.get();
    }
    if (recordings_.size() >= recordings_max || request.recording <= 0) {
        refused = refusal("full", text::format("{} recordings are running", recordings_.size()));
        return nullptr;
    }
    SpoolHeader header;
    header.recording = request.recording;
    header.file = request.file;
    header.rate = wide ? 16000 : 8000;
    header.started = runtime::wall_now();
    std::string path;
    auto spool = recorder_->create(header, path);
    if (!spool) {
        refused = refusal("no_file", spool.error().text);
        return nullptr;
    }
    auto recording = std::make_unique<Recording>(request.recording, path, std::move(*spool),
                                                 runtime::steady_now());
    recorder_->follow(path);
    return recordings_.emplace(request.recording, std::move(recording)).first->second.get();
}

Reply Worker::on(const Record& request) {
    std::array<Leg*, 2> legs{};
    const std::array<LegId, 2> sides = {request.left, request.right};
    const auto known = recordings_.find(request.recording);
    bool wide = false;
    for (std::size_t i = 0; i < 2; ++i) {
        legs[i] = find(sides[i]);
        if (sides[i] != 0 && legs[i] == nullptr) {
            return no_leg(sides[i]);
        }
        // Before anything is begun or changed: what is refused must leave nothing behind.
        const bool takes_part =
            legs[i] != nullptr && known != recordings_.end() && legs[i]->has_sink(*known->second);
        if (legs[i] != nullptr && !takes_part && !legs[i]->takes_sinks()) {
            return refusal("full", "the leg is recorded too often already");
        }
        wide = wide || (legs[i] != nullptr && legs[i]->wideband());
    }
    Reply refused;
    Recording* recording = recording_of(request, wide, refused);
    if (recording == nullptr) {
        return refused;
    }
    for (const LegId side : recording->sides) {
        if (Leg* leg = find(side)) {
            leg->remove_sink(*recording);
        }
    }
    recording->sides = sides;
    for (std::size_t i = 0; i < 2; ++i) {
        if (legs[i] != nullptr) {
            legs[i]->add_sink(*recording, static_cast<int>(i));
        }
    }
    return {};
}

Reply Worker::on(const RecordPause& request) {
    const auto found = recordings_.find(request.recording);
    if (found == recordings_.end()) {
        return refusal("no_leg", text::format("there is no recording {}", request.recording));
    }
    found->second->pause(request.on);
    return {};
}

Reply Worker::on(const RecordStop& request) {
    const auto found = recordings_.find(request.recording);
    if (found == recordings_.end()) {
        return refusal("no_leg", text::format("there is no recording {}", request.recording));
    }
    stop_recording(*found->second);
    return {};
}

Reply Worker::on(const RecordRelease& request) {
    const auto found = unreleased_.find(request.recording);
    if (found != unreleased_.end()) {
        if (!found->second.note.empty()) {
            Recorder::told(found->second.note);
        }
        unreleased_.erase(found);
    }
    return {};
}

Reply Worker::on(const Close& request) {
    Leg* leg = find(request.leg);
    if (leg == nullptr) {
        return no_leg(request.leg);
    }
    close_leg(*leg);
    return {};
}

Reply Worker::on(const Quit&) {
    (void)loop_.post([this] { end_everything(); });
    return {};
}

}  // namespace linka::media
