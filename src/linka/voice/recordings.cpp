#include "linka/voice/recordings.hpp"

#include "linka/runtime/log.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace linka::voice {
namespace {

LegNumber if_open(Switchboard& board, LegNumber number) {
    const Leg* leg = board.legs.find(number);
    return leg != nullptr && leg->has_media() ? number : 0;
}

void tell_failed(Switchboard& board, media::RecordingId number, std::string reason) {
    core::RecordingEnded input;
    input.recording = core::RecordingId{number};
    input.failed = true;
    input.reason = std::move(reason);
    board.tell(std::move(input));
}

// Tells the worker whose words belong into the file, if that is news.
void put(Switchboard& board, Recording& recording) {
    const LegNumber left = if_open(board, recording.customer);
    const LegNumber right = if_open(board, recording.agent);
    const bool nobody = left == 0 && right == 0;
    const bool same = left == recording.left && right == recording.right;
    if (nobody || recording.cut_off || (recording.started && same)) {
        return;
    }
    recording.started = true;
    recording.left = left;
    recording.right = right;
    media::Record request;
    request.recording = recording.number;
    request.file = recording.file;
    request.left = left;
    request.right = right;
    board.ask_anyone(
        std::move(request), [&board, number = recording.number](const media::Reply& reply) {
            const auto found = board.recordings.find(number);
            if (reply.error == "lost" || found == board.recordings.end()) {
                return;
            }
            if (reply.error.empty()) {
                found->second.begun = true;
                return;
            }
            if (found->second.begun) {
                // It runs, but this side lives on another worker: it goes on without.
                log::warn("side not recorded", {{"recording", number}, {"error", reply.error}});
                return;
            }
            log::error("recording refused",
                       {{"recording", number}, {"error", reply.error}, {"text", reply.text}});
            board.recordings.erase(number);
            tell_failed(board, number, reply.error);
        });
}

// Once a day, with the day's first recording: the disk may be slow, and everybody's calls wait for
// this thread. If it fails, so do the recordings, and the next one tries again.
void make_directory(Switchboard& board, const std::filesystem::path& directory) {
    if (directory == board.recording_directory) {
        return;
    }
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    board.recording_directory = failure ? std::filesystem::path() : directory;
}

}  // namespace

void start_recording(Switchboard& board, const core::StartRecording& effect) {
    Recording& recording = board.recordings[effect.recording.value];
    recording.number = effect.recording.value;
    if (recording.file.empty()) {
        recording.file = board.path(effect.file);
        make_directory(board, std::filesystem::path(recording.file).parent_path());
    }
    recording.customer = effect.customer.value;
    recording.agent = effect.agent.value;
    put(board, recording);
}

void stop_recording(Switchboard& board, core::RecordingId recording) {
    const auto found = board.recordings.find(recording.value);
    if (found != board.recordings.end() && !found->second.started) {
        board.recordings.erase(found);
        tell_failed(board, recording.value, "nobody was heard");
        return;
    }
    if (found != board.recordings.end() && found->second.cut_off) {
        return;
    }
    media::RecordStop request;
    request.recording = recording.value;
    board.ask_anyone(request, [&board, number = recording.value](const media::Reply& reply) {
        if (!reply.error.empty() && reply.error != "lost") {
            board.recordings.erase(number);
            tell_failed(board, number, reply.error);
        }
    });
}

void apply_recordings(Switchboard& board, LegNumber leg) {
    for (auto& [number, recording] : board.recordings) {
        if (recording.customer == leg || recording.agent == leg) {
            put(board, recording);
        }
    }
}

void recordings_lost(Switchboard& board, const std::vector<media::LegId>& legs) {
    const auto is_lost = [&](LegNumber leg) {
        return leg != 0 && std::find(legs.begin(), legs.end(), leg) != legs.end();
    };
    for (auto& [number, recording] : board.recordings) {
        if (recording.started && (is_lost(recording.left) || is_lost(recording.right))) {
            recording.cut_off = true;
        }
    }
}

void record_done(Switchboard& board, const media::RecordDone& done) {
    board.recordings.erase(done.recording);
    core::RecordingEnded input;
    input.recording = core::RecordingId{done.recording};
    input.duration = done.duration;
    input.bytes = done.bytes;
    input.failed = !done.error.empty();
    input.reason = done.error;
    board.tell(std::move(input));
}

void release_recording(Switchboard& board, core::RecordingId recording) {
    board.ask_anyone(media::RecordRelease{.recording = recording.value},
                     [](const media::Reply&) {});
}

}  // namespace linka::voice
