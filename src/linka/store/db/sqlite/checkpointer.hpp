// Checkpointer: copies the write-ahead log back into the database on a thread and a connection of
// its own, while the writer commits. Inside the writer's commit, where SQLite does it by itself,
// every call of that moment waits for thousands of pages (decision 0017).
//
// A log begins anew only when all of it has been copied, which beside a busy writer need not ever
// happen by itself: the last few pages are copied between two commits, on the writer's thread.
#pragma once

#include "linka/store/db/sqlite/sqlite_db.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace linka::store {

class Checkpointer {
  public:
    struct Limits {
        int log_pages = 4'000;  // a log that has this many is copied
        int last_pages = 400;   // so few are copied on the writer's thread
    };

    /// `db`: a connection of its own to the database of `writer`, from which the writer's commits
    /// no longer copy. Both threads of a Checkpointer may copy; SQLite lets one do it at a time.
    Checkpointer(std::unique_ptr<SqliteDb> db, SqliteDb& writer, Limits limits);
    Checkpointer(std::unique_ptr<SqliteDb> db, SqliteDb& writer)
        : Checkpointer(std::move(db), writer, Limits{}) {}
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    /// On the writer's thread, between two transactions. True if it copied pages itself.
    bool after_commit();

  private:
    void loop();

    const Limits limits_;
    std::unique_ptr<SqliteDb> db_;  // the thread's
    SqliteDb& writer_;              // the writer's thread's

    std::mutex mutex_;
    std::condition_variable work_;
    bool asked_ = false;  // until the thread has copied
    bool stop_ = false;
    int copied_ = 0;  // pages of this log, when the thread looked last
    int pages_ = 0;   // in it, after the last commit
    int log_ = 0;     // which one it is: the thread may end late with the one before

    std::thread thread_;  // last: it uses all of the above
};

}  // namespace linka::store
