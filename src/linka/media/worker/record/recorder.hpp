// Recorder: the thread that turns spool files into recordings, at low priority beside the calls.
// Owns the spool directory: finishes what a dead worker left there, and keeps the note that a
// recording is done (ID.done) until somebody was told.
//
// Threads: everything public belongs to the loop's thread; jobs go over by a bounded queue (when it
// is full the spool stays and is finished at the next start), results come back by Loop::post.
#pragma once

#include "linka/base/result.hpp"
#include "linka/media/protocol/message.hpp"
#include "linka/media/worker/record/spool_encoder.hpp"
#include "linka/runtime/bounded_queue.hpp"
#include "linka/runtime/loop.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace linka::media {

class Recorder {
  public:
    using OnDone = std::function<void(RecordDone done, const std::string& note)>;

    /// When a recording is encoded: while its call runs, or once it has ended.
    enum class When { during_call, after_call };

    /// `on_done` is called on the loop's thread; `note` is the file to give to told() once the
    /// server knows.
    Recorder(runtime::Loop& loop, std::string directory, When when, OnDone on_done);
    /// Stops the thread; spools that are not finished stay for the next worker.
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// Takes up spools without a living writer and notes that nobody was told of.
    void adopt_orphans();
    /// A new spool in the directory. Errors: those of SpoolWriter::create.
    Result<SpoolWriter> create(const SpoolHeader& header, std::string& path);
    /// The spool at `path` is being written: encode along, if that is when.
    void follow(const std::string& path);
    /// It is complete; `lock` keeps it ours until it is encoded.
    void complete(const std::string& path, runtime::Fd lock);
    static void told(const std::string& note);
    /// Spools not finished.
    [[nodiscard]] std::size_t pending() const { return pending_.size(); }

  private:
    struct Order {
        std::string path;
        runtime::Fd lock;  // set: complete
    };
    struct Job {
        std::unique_ptr<SpoolEncoder> encoder;
        runtime::Fd lock;
        bool complete = false;
    };
    // Thread of the encoder:
    void run();
    void take_orders();
    bool advance(const std::string& path, Job& job);  // true: finished
    void finish(const std::string& path, Job& job);
    void fail_job(const std::string& path, const Error& error);
    // `whole`: the recording is there, its spool may go.
    void report(RecordDone done, const std::string& spool, bool whole);

    runtime::Loop& loop_;
    std::string directory_;
    When when_;
    OnDone on_done_;
    std::set<std::string> pending_;
    std::uint64_t made_ = 0;
    // Posted results hold it; empty once the Recorder is gone. Owners: this and the posted work.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);

    static constexpr std::size_t orders_max =
        4096;  // beyond: the spool stays, and is encoded at the next start
    runtime::BoundedQueue<Order> orders_{orders_max};
    std::map<std::string, Job> jobs_;  // the thread's
    std::atomic<bool> stopping_{false};
    runtime::Wakeup stop_;
    std::thread thread_;
};

}  // namespace linka::media
