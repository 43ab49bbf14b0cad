#include "linka/media/worker/record/recorder.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/read_file.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/this_machine.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

namespace linka::media {
namespace {

constexpr int poll_ms = 1000;  // how often running recordings are encoded along
constexpr int low_priority = 15;

std::vector<std::string> files_ending(const std::string& directory, std::string_view ending) {
    std::vector<std::string> paths;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(directory, failure)) {
        if (entry.path().extension() == ending) {
            paths.push_back(entry.path().string());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

// Whole or not at all.
bool write_note(const std::string& note, const std::string& text) {
    const std::string part = note + ".part";
    std::ofstream file(part, std::ios::binary);
    file << text;
    file.close();
    if (file.good() && std::rename(part.c_str(), note.c_str()) == 0) {
        return true;
    }
    ::unlink(part.c_str());
    return false;
}

// A restored company has no directory yet for a recording that was under way.
void make_place(const std::string& spool) {
    if (const auto reader = SpoolReader::open(spool)) {
        std::error_code failure;
        std::filesystem::create_directories(
            std::filesystem::path(reader->header().file).parent_path(), failure);
    }
}

}  // namespace

Recorder::Recorder(runtime::Loop& loop, std::string directory, When when, OnDone on_done)
    : loop_(loop), directory_(std::move(directory)), when_(when), on_done_(std::move(on_done)) {
    std::error_code failure;
    std::filesystem::create_directories(directory_, failure);
    thread_ = std::thread([this] { run(); });
}

Recorder::~Recorder() {
    *alive_ = false;
    stopping_ = true;
    stop_.signal();
    thread_.join();
}

void Recorder::adopt_orphans() {
    for (const std::string& path : files_ending(directory_, ".spool")) {
        if (auto lock = lock_spool(path)) {
            log::info("finishing a recording that was left", {{"spool", path}});
            make_place(path);
            complete(path, std::move(*lock));
        }
    }
    for (const std::string& note : files_ending(directory_, ".done")) {
        const auto notice = decode_notice(read_file(note));
        const auto* done = notice ? std::get_if<RecordDone>(&*notice) : nullptr;
        if (done == nullptr) {
            log::warn("unreadable note of a recording", {{"file", note}});
            continue;
        }
        on_done_(*done, note);
    }
}

Result<SpoolWriter> Recorder::create(const SpoolHeader& header, std::string& path) {
    path =
        text::format("{}/{}-{}-{}.spool", directory_, header.recording, header.started.us, ++made_);
    return SpoolWriter::create(path, header);
}

void Recorder::follow(const std::string& path) {
    pending_.insert(path);
    if (when_ == When::during_call && !orders_.push({path, {}})) {
        log::warn("recording is encoded later: too many at once", {{"spool", path}});
    }
}

void Recorder::complete(const std::string& path, runtime::Fd lock) {
    pending_.insert(path);
    if (!orders_.push({path, std::move(lock)})) {
        pending_.erase(path);
        log::warn("recording is left to the next start: too many at once", {{"spool", path}});
    }
}

void Recorder::told(const std::string& note) {
    ::unlink(note.c_str());
}

void Recorder::run() {
    runtime::name_thread("media-record");
    // Of this thread alone: Linux takes a thread's id here.
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), low_priority);
    while (!stopping_) {
        take_orders();
        bool more = false;
        for (auto job = jobs_.begin(); job != jobs_.end() && !stopping_;) {
            const bool finished = advance(job->first, job->second);
            more = more || (!finished && job->second.complete);
            job = finished ? jobs_.erase(job) : std::next(job);
        }
        if (!more && !stopping_) {
            std::array<pollfd, 2> wait = {pollfd{orders_.fd(), POLLIN, 0},
                                          pollfd{stop_.fd(), POLLIN, 0}};
            ::poll(wait.data(), wait.size(), jobs_.empty() ? -1 : poll_ms);
        }
    }
}

void Recorder::take_orders() {
    for (Order& order : orders_.take_all()) {
        Job& job = jobs_[order.path];
        if (order.lock) {
            job.lock = std::move(order.lock);
            job.complete = true;
        }
        if (job.encoder) {
            continue;
        }
        auto opened = SpoolEncoder::open(order.path);
        if (opened) {
            job.encoder = std::move(*opened);
        } else if (job.complete) {
            fail_job(order.path, opened.error());
            jobs_.erase(order.path);
        }
    }
}

bool Recorder::advance(const std::string& path, Job& job) {
    if (!job.encoder) {
        return false;
    }
    // The end may be read from the file before the order to complete it has come.
    const bool ended = job.encoder->work(job.complete) == SpoolEncoder::Progress::finished;
    if (!ended || !job.complete) {
        return false;
    }
    finish(path, job);
    return true;
}

void Recorder::finish(const std::string& path, Job& job) {
    RecordDone done;
    done.recording = job.encoder->header().recording;
    done.file = job.encoder->header().file;
    const auto recorded = job.encoder->finish();
    if (!recorded) {
        done.error = recorded.error().text;
        log::error("recording failed; its spool stays", {{"spool", path}, {"why", done.error}});
        report(std::move(done), path, false);
        return;
    }
    done.duration = recorded->duration;
    done.bytes = recorded->bytes;
    if (!recorded->whole) {
        done.cut_short = "the end is missing: the disk was full, or the media worker died";
        log::warn("recording cut short", {{"file", done.file}});
    }
    report(std::move(done), path, true);
}

void Recorder::fail_job(const std::string& path, const Error& error) {
    log::error("recording cannot be made; its spool stays", {{"spool", path}, {"why", error.text}});
    const auto reader = SpoolReader::open(path);
    RecordDone done;
    if (reader) {
        done.recording = reader->header().recording;
        done.file = reader->header().file;
    } else {
        // Without a header it never was a recording; nothing can be got out of it.
        std::rename(path.c_str(), (path + ".bad").c_str());
    }
    done.error = error.text;
    report(std::move(done), path, false);
}

void Recorder::report(RecordDone done, const std::string& spool, bool whole) {
    std::string note;
    if (whole) {
        // First the note, then the spool goes: a crash between the two only encodes once more. So
        // does a note that the disk does not take.
        note = spool + ".done";
        if (write_note(note, encode(Notice{done}))) {
            ::unlink(spool.c_str());
        } else {
            log::error("the note of a recording cannot be written; its spool stays",
                       {{"note", note}});
            note.clear();
        }
    }
    const auto deliver = [this, alive = alive_, done = std::move(done), note, spool] {
        if (*alive) {
            pending_.erase(spool);
            on_done_(done, note);
        }
    };
    if (!loop_.post(deliver)) {
        log::warn("the note of a recording waits for the next start", {{"note", note}});
    }
}

}  // namespace linka::media
