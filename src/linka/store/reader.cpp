#include "linka/store/reader.hpp"

#include "linka/base/text.hpp"
#include "linka/core/core.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/store/figures.hpp"
#include "linka/store/files.hpp"
#include "linka/store/filter_sql.hpp"
#include "linka/store/journal.hpp"
#include "linka/store/models.hpp"
#include "linka/store/past.hpp"
#include "linka/store/plain.hpp"

#include <algorithm>

namespace linka::store {

namespace {

constexpr Duration call_longest = 10s;

class DbReader : public Reader {
  public:
    DbReader(std::unique_ptr<Db> db, std::function<Instant()> clock)
        : db_(std::move(db)), clock_(std::move(clock)) {}

    Result<Page> list(Model model, const Query& query) override {
        const ModelTable& table = table_of(model);
        Sql where;
        where.add(" FROM " + quoted(table.table) + " WHERE ");
        Status done = add_filter(where, *table.columns, query.filter, table.related);
        if (!done) {
            return done.error();
        }
        if (!table.always.empty()) {
            where.add(" AND " + table.always);
        }
        if (table.has_removed && !mentions(query.filter, "removed")) {
            where.add(" AND removed=0");
        }
        add_search(where, *table.columns, query.search);
        Sql rows = where;
        rows.text = "SELECT " + table.select + where.text;
        done = add_order(rows, *table.columns, query.sort, table.order);
        if (!done) {
            return done.error();
        }
        rows.add(" LIMIT ").value(std::clamp<std::int64_t>(query.take, 0, 1000));
        rows.add(" OFFSET ").value(std::max<std::int64_t>(query.skip, 0));
        Page page;
        const Status read = in_view([&] {
            Stmt select = db_->prepare(rows.text);
            rows.bind(select);
            while (select.step()) {
                page.rows.push_back(table.render(select));
            }
            if (query.count) {
                Stmt count = db_->prepare("SELECT COUNT(*)" + where.text);
                where.bind(count);
                page.total = count.step() ? count.integer(0) : 0;
            }
        });
        if (!read) {
            return plain(read.error());
        }
        return page;
    }

    std::vector<std::string> fields(Model model) override {
        std::vector<std::string> names;
        for (const Column& column : *table_of(model).columns) {
            if (column.computed.empty()) {
                names.emplace_back(column.name);
            }
        }
        return names;
    }

    Result<std::vector<core::Record>> events_about(core::InteractionId interaction,
                                                   std::size_t max) override {
        return events([&](Events& into) {
            Stmt select = db_->prepare(
                "SELECT seq, at, body FROM event WHERE seq IN ("
                "SELECT seq FROM interaction WHERE id = ? UNION "
                "SELECT answered_seq FROM interaction WHERE id = ? UNION "
                "SELECT ended_seq FROM interaction WHERE id = ? UNION "
                "SELECT seq FROM decision WHERE interaction = ? UNION "
                "SELECT seq FROM offer WHERE interaction = ? UNION "
                "SELECT ended_seq FROM offer WHERE interaction = ?) ORDER BY seq LIMIT ?");
            constexpr int uses = 6;
            for (int use = 0; use < uses; ++use) {
                select.bind(interaction.value);
            }
            select.bind(static_cast<std::int64_t>(max));
            into.take(select);
        });
    }

    Result<std::vector<core::Record>> way_of_call(core::CallId call, std::int64_t before) override {
        return events([&](Events& into) {
            Stmt select = db_->prepare(
                "SELECT seq, at, body FROM event WHERE seq BETWEEN ? AND ? "
                "AND type IN ('call_started', 'call_stepped') AND body LIKE ? "
                "ORDER BY seq LIMIT 1000");
            const std::string name = text::format("%\"call\":{},%", call.value);
            select.bind(before - way_events_max).bind(before - 1).bind(name);
            into.take(select);
        });
    }

    Result<std::string> queue_figures(Instant from, Instant to, Duration step,
                                      const std::vector<core::QueueId>& queues) override {
        const Result<Span> span = aligned({from, to, step}, queues.size());
        if (!span) {
            return span.error();
        }
        Result<std::string> figures = std::string();
        const Status read = in_view([&] { figures = store::queue_figures(*db_, *span, queues); });
        return read ? figures : Result<std::string>(plain(read.error()));
    }

    Result<std::string> user_figures(Instant from, Instant to, Duration step,
                                     const std::vector<core::UserId>& users) override {
        const Result<Span> span = aligned({from, to, step}, users.size());
        if (!span) {
            return span.error();
        }
        const Instant now = clock_ ? clock_() : runtime::wall_now();
        Result<std::string> figures = std::string();
        const Status read =
            in_view([&] { figures = store::user_figures(*db_, *span, users, now); });
        return read ? figures : Result<std::string>(plain(read.error()));
    }

    Result<PastAmounts> past_amounts(const core::Past& past) override {
        Result<PastAmounts> amounts = PastAmounts{};
        const Status read = in_view([&] { amounts = store::past_amounts(*db_, past); });
        return read ? amounts : Result<PastAmounts>(plain(read.error()));
    }

    Result<std::vector<core::RecordingId>> recordings_until(core::RecordingId last) override {
        std::vector<core::RecordingId> ids;
        const Status read = in_view([&] {
            Stmt select = db_->prepare("SELECT id FROM recording WHERE id <= ? ORDER BY id");
            select.bind(last.value);
            while (select.step()) {
                ids.emplace_back(select.integer(0));
            }
        });
        if (!read) {
            return plain(read.error());
        }
        return ids;
    }

  private:
    struct Events {
        std::vector<core::Record> records;
        Error unreadable;

        void take(Stmt& select) {
            while (unreadable.text.empty() && select.step()) {
                Result<core::Event> event = core::event_from_text(select.text(2));
                if (event) {
                    records.push_back(
                        {select.integer(0), Instant{select.integer(1)}, std::move(*event)});
                } else {
                    unreadable = event.error();
                }
            }
        }
    };

    template <typename Look>
    Result<std::vector<core::Record>> events(Look&& look) {
        Events found;
        const Status read = in_view([&] { look(found); });
        if (!read) {
            return plain(read.error());
        }
        if (!found.unreadable.text.empty()) {
            return found.unreadable;
        }
        return std::move(found.records);
    }

    // All statements of `look` see the database at one moment.
    template <typename Look>
    Status in_view(Look&& look) {
        db_->set_deadline(call_longest);
        Status begun = db_->begin_reading();
        if (!begun) {
            return begun;
        }
        look();
        return db_->commit();
    }

    std::unique_ptr<Db> db_;
    std::function<Instant()> clock_;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_reader(const Place& place, std::function<Instant()> clock) {
    Result<std::unique_ptr<Db>> db =
        Db::open({.address = place.address(), .mode = Db::Mode::read_only});
    if (!db) {
        return db.error();
    }
    return std::unique_ptr<Reader>(std::make_unique<DbReader>(std::move(*db), std::move(clock)));
}

}  // namespace linka::store
