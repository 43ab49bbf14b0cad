#include "linka/store/audit.hpp"

#include "linka/base/text.hpp"
#include "linka/store/files.hpp"
#include "linka/store/journal.hpp"
#include "linka/store/projections.hpp"

namespace linka::store {

namespace {

constexpr std::size_t events_per_read = 10'000;
constexpr std::size_t differences_max = 100;

Status fold_afresh(Db& kept, Db& fresh, std::int64_t& events) {
    Journal journal(kept);
    Projections projections(fresh);
    while (true) {
        const Result<std::vector<core::Record>> records = journal.read(events, events_per_read);
        if (!records) {
            return records.error();
        }
        if (records->empty()) {
            return Done{};
        }
        Status done = fresh.begin();
        if (!done) {
            return done;
        }
        for (const core::Record& record : *records) {
            projections.fold(record);
        }
        projections.flush();
        done = fresh.commit();
        if (!done) {
            return done;
        }
        events = records->back().seq;
    }
}

template <typename Row>
class Comparison {
  public:
    Comparison(Db& kept, Db& fresh, AuditReport& report)
        : kept_(kept), fresh_(fresh), report_(report) {}

    Status run() {
        count_.table = std::string(Row::table);
        std::string order;
        for (int i = 0; i < Row::key_columns; ++i) {
            order += (i == 0 ? "" : ",") + quoted(columns<Row>()[static_cast<std::size_t>(i)].name);
        }
        const std::string sql =
            "SELECT " + column_list<Row>() + " FROM " + quoted(Row::table) + " ORDER BY " + order;
        Stmt kept_rows = kept_.scan(sql);
        Stmt fresh_rows = fresh_.prepare(sql);
        bool kept_has = kept_rows.step();
        bool fresh_has = fresh_rows.step();
        while (kept_has || fresh_has) {
            const Row kept_row = kept_has ? read_row<Row>(kept_rows) : Row{};
            const Row fresh_row = fresh_has ? read_row<Row>(fresh_rows) : Row{};
            const Key kept_key = key_of(kept_row);
            const Key fresh_key = key_of(fresh_row);
            const bool only_kept = kept_has && (!fresh_has || kept_key < fresh_key);
            const bool only_fresh = fresh_has && (!kept_has || fresh_key < kept_key);
            if (only_kept) {
                differ(kept_row, "is not in the fresh fold");
            } else if (only_fresh) {
                differ(fresh_row, "is missing");
            } else {
                compare(kept_row, fresh_row);
            }
            count_.rows += only_kept ? 0 : 1;
            kept_has = only_fresh ? kept_has : kept_rows.step();
            fresh_has = only_kept ? fresh_has : fresh_rows.step();
        }
        report_.tables.push_back(count_);
        Status read = kept_.take_error();
        return read ? fresh_.take_error() : read;
    }

  private:
    void differ(const Row& row, const std::string& what) {
        ++count_.differences;
        if (report_.differences.size() >= differences_max) {
            return;
        }
        std::string key;
        const Key numbers = key_of(row);
        for (int i = 0; i < Row::key_columns; ++i) {
            key += " " + std::to_string(numbers[static_cast<std::size_t>(i)]);
        }
        report_.differences.push_back(text::format("{}{}: {}", Row::table, key, what));
    }

    void compare(const Row& kept_row, const Row& fresh_row) {
        std::vector<std::string> values;
        for_each_column(kept_row, [&](std::string_view, const auto& value) {
            values.push_back(json::to_text(value));
        });
        std::string what;
        std::size_t index = 0;
        for_each_column(fresh_row, [&](std::string_view name, const auto& value) {
            const std::string expected = json::to_text(value);
            const std::string& found = values[index++];
            if (found != expected) {
                what += text::format("{}{} is {}, must be {}", what.empty() ? "" : "; ", name,
                                     found, expected);
            }
        });
        if (!what.empty()) {
            differ(fresh_row, what);
        }
    }

    Db& kept_;
    Db& fresh_;
    AuditReport& report_;
    AuditReport::TableCount count_;
};

template <typename... Rows>
Status compare_all(Db& kept, Db& fresh, AuditReport& report) {
    Status done = Done{};
    ((done = done ? Comparison<Rows>(kept, fresh, report).run() : done), ...);
    return done;
}

Result<AuditReport> audit_between(Db& kept, Db& fresh) {
    Status done = check_version(kept);
    AuditReport report;
    if (done) {
        done = migrate(fresh);
    }
    if (done) {
        done = fold_afresh(kept, fresh, report.events);
    }
    if (done) {
        done = compare_all<UserRow, DeviceRow, QueueRow, PauseRow, RouteRow, MenuRow, RingGroupRow,
                           SettingsRow, CallRow, LegRow, InteractionRow, OfferRow, ActivityRow,
                           RecordingRow, DecisionRow, UserStateRow, QueueIntervalRow,
                           UserIntervalRow, PauseIntervalRow>(kept, fresh, report);
    }
    if (!done) {
        return done.error();
    }
    return report;
}

}  // namespace

Result<AuditReport> audit(const Place& place) {
    Result<std::unique_ptr<Db>> kept =
        Db::open({.address = place.address(), .mode = Db::Mode::read_only});
    if (!kept) {
        return kept.error();
    }
    // A file that is gone when it is closed: a journal of years does not fit into memory.
    Result<std::unique_ptr<Db>> fresh = Db::open({.address = "", .sync = false});
    if (!fresh) {
        return fresh.error();
    }
    Status begun = (*kept)->begin_reading();
    if (!begun) {
        return begun.error();
    }
    return audit_between(**kept, **fresh);
}

}  // namespace linka::store
