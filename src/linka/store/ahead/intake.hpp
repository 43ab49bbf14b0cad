// Intake: the way into the store. In front of a database in a file its thread appends all that
// waits to the ahead log, tells those who wait for no more than that, and gives it to the writer.
// While the log cannot be used (it is full because the database refuses, or the disk fails) writes
// go straight to the writer, as they always do in front of a server, and are kept when that has
// committed them; as soon as the writer has caught up the log is begun anew.
#pragma once

#include "linka/runtime/heartbeat.hpp"
#include "linka/store/ahead/ahead_log.hpp"
#include "linka/store/writer.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace linka::store {

class Intake {
  public:
    /// `log`: empty and restarted; none: everything goes straight to the writer, which must outlive
    /// this.
    Intake(std::optional<AheadLog> log, Writer& writer);
    /// Gives the writer what waits.
    ~Intake();
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;

    /// See Store::append().
    [[nodiscard]] bool append(Write&& write);
    /// Waits until the writer was given all that was appended so far.
    void hand_over();

  private:
    using Clock = std::chrono::steady_clock;

    void loop();
    std::vector<NumberedWrite> wait();
    void take(std::vector<NumberedWrite>& writes);
    // How many of `writes`, from the front, are in the log.
    std::size_t log(std::vector<NumberedWrite>& writes);
    void begin_anew();

    Writer& writer_;

    std::mutex mutex_;
    std::condition_variable work_;
    std::condition_variable handed_over_;
    std::vector<NumberedWrite> waiting_;
    bool urgent_ = false;        // one of them
    std::int64_t appended_ = 0;  // so many so far, and so many of them given to the writer
    std::int64_t given_ = 0;
    bool hurried_ = false;  // somebody waits until they are given
    bool stop_ = false;

    // The thread's own.
    std::optional<AheadLog> log_;
    bool logs_ = true;
    std::string entry_;       // kept for its memory
    Clock::time_point last_;  // when it last began to append
    std::optional<runtime::Heartbeat> heartbeat_;
    std::thread thread_;  // last: it uses all of the above
};

/// Gives the writer what the log `id` holds beyond what it has taken, waits until the database has
/// it, and begins a new log. `last_seq`: of the journal. Errors: the database refuses it, or an
/// entry does not follow the journal.
Status work_off(AheadLog& log, Writer& writer, std::int64_t id, std::int64_t last_seq);

}  // namespace linka::store
