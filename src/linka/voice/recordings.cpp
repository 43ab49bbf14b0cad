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
    core::RecordingEndedReport input;
    input.recording = core::RecordingId{number};
    input.failed = true;
    input.reason = std::move(reason);
    board.tell(std::move(input));
}

struct Sides {
    LegNumber left = 0;
    LegNumber right = 0;
};

// Legs that will be brought together may still live on two workers. Then the recording begins with
// the side that is on its worker, and takes the other one in when that has moved there
// (apply_recordings). `ways`: what to try, one after the other.
void tell_sides(Switchboard& board, Recording& recording, std::vector<Sides> ways) {
    const Sides sides = ways.front();
    recording.started = true;
    recording.left = sides.left;
    recording.right = sides.right;
    media::Record request;
    request.recording = recording.number;
    request.file = recording.file;
    request.left = recording.left;
    request.right = recording.right;
    ways.erase(ways.begin());
    board.ask_anyone(
        std::move(request), [&board, sides, number = recording.number, ask = ++recording.asks,
                             ways = std::move(ways)](const media::Reply& reply) {
            const auto found = board.recordings.find(number);
            if (reply.error == "lost" || found == board.recordings.end()) {
                return;
            }
            Recording& asked = found->second;
            if (reply.error.empty()) {
                asked.begun = true;
                asked.left_taken = sides.left;
                asked.right_taken = sides.right;
                return;
            }
            if (ask != asked.asks) {
                return;
            }
            if (reply.error == "no_leg") {
                if (!ways.empty()) {
                    tell_sides(board, asked, ways);
                    return;
                }
                // Whoever opens, or moves to its worker, is put to it again.
                asked.started = asked.begun;
                asked.left = 0;
                asked.right = 0;
                log::warn("nobody recorded for now", {{"recording", number}, {"text", reply.text}});
                return;
            }
            if (asked.begun) {
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

// Tells the worker whose words belong into the file, if that is news.
void put(Switchboard& board, Recording& recording) {
    const Sides sides{if_open(board, recording.customer), if_open(board, recording.agent)};
    const bool nobody = sides.left == 0 && sides.right == 0;
    const bool same = sides.left == recording.left && sides.right == recording.right;
    if (nobody || recording.cut_off || (recording.started && same)) {
        return;
    }
    std::vector<Sides> ways = {sides};
    if (sides.left != 0 && sides.right != 0) {
        ways.push_back({.left = sides.left});
        ways.push_back({.right = sides.right});
    }
    tell_sides(board, recording, std::move(ways));
}

}  // namespace

bool is_recorded(const RecordingTable& recordings, LegNumber leg) {
    return std::any_of(recordings.begin(), recordings.end(), [&](const auto& each) {
        const Recording& recording = each.second;
        if (recording.begun) {
            return recording.left_taken == leg || recording.right_taken == leg;
        }
        // It will begin on the worker of the first of the two.
        return recording.left == leg || (recording.left == 0 && recording.right == leg);
    });
}

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
    core::RecordingEndedReport input;
    input.recording = core::RecordingId{done.recording};
    input.duration = done.duration;
    input.bytes = done.bytes;
    input.failed = !done.error.empty();
    input.reason = done.error.empty() ? done.cut_short : done.error;
    board.tell(std::move(input));
}

void release_recording(Switchboard& board, core::RecordingId recording) {
    board.ask_anyone(media::RecordRelease{.recording = recording.value},
                     [](const media::Reply&) {});
}

}  // namespace linka::voice
