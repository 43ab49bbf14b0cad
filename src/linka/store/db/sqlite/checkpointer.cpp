#include "linka/store/db/sqlite/checkpointer.hpp"

#include "linka/runtime/log.hpp"
#include "linka/runtime/this_machine.hpp"

namespace linka::store {

Checkpointer::Checkpointer(std::unique_ptr<SqliteDb> db, SqliteDb& writer, Limits limits)
    : limits_(limits), db_(std::move(db)), writer_(writer) {
    writer_.leave_log();
    thread_ = std::thread([this] { loop(); });
}

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    work_.notify_one();
    thread_.join();
}

bool Checkpointer::after_commit() {
    const int pages = writer_.log_pages();
    {
        const std::lock_guard lock(mutex_);
        if (pages < pages_) {
            copied_ = 0;  // all was copied, and the log began anew
            ++log_;
        }
        pages_ = pages;
        if (pages < limits_.log_pages || asked_) {
            return false;
        }
        if (pages - copied_ > limits_.last_pages) {
            asked_ = true;
            work_.notify_one();
            return false;
        }
        copied_ = 0;
    }
    // What fails is tried again after the next commit, by the thread, which says so.
    return writer_.copy_log_back().ok();
}

void Checkpointer::loop() {
    runtime::name_thread("linka-log-copy");
    bool failing = false;
    std::unique_lock lock(mutex_);
    while (true) {
        work_.wait(lock, [&] { return asked_ || stop_; });
        if (stop_) {
            return;
        }
        const int number = log_;
        lock.unlock();
        const Result<SqliteDb::Log> log = db_->copy_log_back();
        if (!log && !failing) {
            log::warn("the database's log is not copied back and grows",
                      {{"reason", log.error().text}});
        }
        failing = !log;
        lock.lock();
        copied_ = log && number == log_ ? log->copied : 0;
        asked_ = false;
    }
}

}  // namespace linka::store
