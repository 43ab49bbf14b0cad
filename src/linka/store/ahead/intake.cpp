#include "linka/store/ahead/intake.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/metrics.hpp"
#include "linka/runtime/this_machine.hpp"
#include "linka/store/ahead/entry.hpp"

#include <chrono>
#include <random>
#include <utility>

namespace linka::store {

namespace {

constexpr std::chrono::milliseconds heartbeat_every{900};
// What nobody on the line waits for is appended so often at most, with what comes meanwhile.
constexpr std::chrono::milliseconds calm_every{4};

metrics::Counter& appends() {
    static metrics::Counter counter("linka_store_ahead_appends_total",
                                    "Appends to the log ahead of the database");
    return counter;
}
metrics::Counter& passed_by() {
    static metrics::Counter counter("linka_store_ahead_passed_by_total",
                                    "Writes that the log ahead of the database could not take");
    return counter;
}

}  // namespace

Intake::Intake(std::optional<AheadLog> log, Writer& writer)
    : writer_(writer), log_(std::move(log)) {
    if (log_) {
        heartbeat_.emplace("store log");
        thread_ = std::thread([this] { loop(); });
    }
}

Intake::~Intake() {
    if (log_) {
        {
            const std::lock_guard lock(mutex_);
            stop_ = true;
        }
        work_.notify_one();
        thread_.join();
    }
}

bool Intake::append(Write&& write) {
    if (!writer_.reserve(write.events.size())) {
        return false;
    }
    NumberedWrite numbered{std::move(write)};
    if (!log_) {
        writer_.give(std::move(numbered));
        return true;
    }
    bool wakes = false;
    {
        const std::lock_guard lock(mutex_);
        wakes = waiting_.empty() || (numbered.urgent && !urgent_);
        urgent_ |= numbered.urgent;
        waiting_.push_back(std::move(numbered));
        ++appended_;
    }
    if (wakes) {
        work_.notify_one();
    }
    return true;
}

void Intake::hand_over() {
    if (!log_ || std::this_thread::get_id() == thread_.get_id() || writer_.is_this_thread()) {
        return;  // from one of our own callbacks: waiting for ourselves would never end
    }
    std::unique_lock lock(mutex_);
    const std::int64_t all = appended_;
    hurried_ = given_ < all;
    work_.notify_one();
    handed_over_.wait(lock, [&] { return given_ >= all; });
}

void Intake::loop() {
    runtime::name_thread("linka-ahead");
    while (true) {
        std::vector<NumberedWrite> writes = wait();
        if (writes.empty()) {
            return;
        }
        take(writes);
    }
}

// Empty: the end.
std::vector<NumberedWrite> Intake::wait() {
    std::unique_lock lock(mutex_);
    heartbeat_->beat("wait");
    while (!work_.wait_for(lock, heartbeat_every, [&] { return !waiting_.empty() || stop_; })) {
        heartbeat_->beat("wait");
    }
    work_.wait_until(lock, last_ + calm_every, [&] { return urgent_ || stop_ || hurried_; });
    last_ = Clock::now();
    urgent_ = hurried_ = false;
    return std::exchange(waiting_, {});
}

void Intake::take(std::vector<NumberedWrite>& writes) {
    if (!logs_) {
        begin_anew();
    }
    heartbeat_->beat("append");
    const std::size_t kept = log(writes);
    heartbeat_->beat("hand over");
    for (std::size_t i = 0; i < writes.size(); ++i) {
        NumberedWrite& write = writes[i];
        if (i < kept) {
            write.urgent = false;  // whoever waits on the line waits no longer
            if (write.kept) {
                std::exchange(write.kept, nullptr)();
            }
        } else {
            passed_by().add();
        }
        writer_.give(std::move(write));
    }
    {
        const std::lock_guard lock(mutex_);
        given_ += static_cast<std::int64_t>(writes.size());
    }
    handed_over_.notify_all();
}

std::size_t Intake::log(std::vector<NumberedWrite>& writes) {
    std::size_t kept = 0;
    Status synced = Done{};
    for (std::size_t i = 0; i < writes.size(); ++i) {
        NumberedWrite& write = writes[i];
        if (write.events.empty() && write.side.empty() && write.changes.empty()) {
            write.ahead = log_->next() - 1;
            continue;
        }
        write.ahead = log_->next();
        entry_.clear();
        if (logs_) {
            put_entry(entry_, write);
        }
        if (logs_ && !log_->add(entry_)) {
            synced = log_->sync();
            kept = synced ? i : kept;
            logs_ = synced && log_->turn_over(writer_.taken()) && log_->add(entry_);
        }
        if (!logs_) {
            log_->skip();
        }
    }
    if (logs_) {
        synced = log_->sync();
        logs_ = synced.ok();
        kept = synced ? writes.size() : kept;
        appends().add();
    }
    if (!logs_ && !synced) {
        log::error("the log ahead of the database cannot be written; what happens is kept later",
                   {{"reason", synced.error().text}});
    }
    return kept;
}

// The log can only follow what the database has.
void Intake::begin_anew() {
    if (!writer_.trouble().empty()) {
        return;
    }
    heartbeat_->beat("flush");
    writer_.flush();
    if (writer_.taken() == log_->next() - 1) {
        log_->restart(log_->id(), log_->next());
        logs_ = true;
    }
}

namespace {

// A log of its own each time, so that one which was begun for another database (a file that was
// removed, or put in this one's place) is never taken for ours.
Status begin_log(AheadLog& log, Writer& writer, std::int64_t next) {
    const std::int64_t id = static_cast<std::int64_t>(std::random_device{}()) + 1;
    const Status noted = writer.run([&](Db& db) {
        db.prepare("UPDATE folded SET ahead_id = ? WHERE id = 1").bind(id).run();
        return db.take_error();
    });
    if (noted) {
        log.restart(id, next);
    }
    return noted;
}

}  // namespace

Status work_off(AheadLog& log, Writer& writer, std::int64_t id, std::int64_t last_seq) {
    std::int64_t taken = writer.taken();
    const Result<std::vector<AheadLog::Entry>> entries = log.read(id, taken);
    if (!entries) {
        return entries.error();
    }
    for (const AheadLog::Entry& entry : *entries) {
        Result<Write> write = entry_from(entry.body);
        if (!write) {
            return write.error();
        }
        for (const core::Record& record : write->events) {
            if (record.seq != ++last_seq) {
                return fail(ErrorCode::internal,
                            text::format("ahead log: event {} is missing", last_seq));
            }
        }
        NumberedWrite numbered{std::move(*write)};
        numbered.ahead = taken = entry.number;
        if (!writer.reserve(numbered.events.size())) {
            writer.flush();
            if (!writer.reserve(numbered.events.size())) {
                return fail(ErrorCode::full, writer.trouble());
            }
        }
        writer.give(std::move(numbered));
    }
    writer.flush();
    if (const std::string trouble = writer.trouble(); !trouble.empty()) {
        return fail(ErrorCode::unavailable, trouble);
    }
    if (!entries->empty()) {
        log::info("worked off what the database had not taken", {{"writes", entries->size()}});
    }
    return begin_log(log, writer, taken + 1);
}

}  // namespace linka::store
