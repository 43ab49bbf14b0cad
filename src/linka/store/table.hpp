// Table: rows of one projection, hot ones in memory, written when the transaction is about to
// commit: a row that changes five times in a group of events is written once. Rows that are settled
// leave the memory when they are written; one that is needed again is read again.
#pragma once

#include "linka/store/columns.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linka::store {

/// At most four numbers.
using Key = std::array<std::int64_t, 4>;

struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
        std::uint64_t hash = 0;
        for (const std::int64_t part : key) {
            hash = (hash ^ static_cast<std::uint64_t>(part)) * 0x9e3779b97f4a7c15U;
            hash ^= hash >> 32U;
        }
        return hash;
    }
};

template <typename Row>
Key key_of(const Row& row) {
    Key key{};
    std::size_t index = 0;
    for_each_column(row, [&](std::string_view, const auto& value) {
        if constexpr (json::detail::is_id<std::decay_t<decltype(value)>>) {
            if (index < Row::key_columns) {
                key[index] = value.value;
            }
        } else if constexpr (std::is_same_v<std::decay_t<decltype(value)>, Instant>) {
            if (index < Row::key_columns) {
                key[index] = value.us;
            }
        } else if constexpr (std::is_integral_v<std::decay_t<decltype(value)>>) {
            if (index < Row::key_columns) {
                key[index] = static_cast<std::int64_t>(value);
            }
        }
        ++index;
    });
    return key;
}

template <typename Row>
class Table {
  public:
    /// Rows in memory beyond which even unsettled ones are dropped once written.
    static constexpr std::size_t rows_max = [] {
        if constexpr (requires { Row::rows_max; }) {
            return Row::rows_max;
        } else {
            return std::size_t{200'000};
        }
    }();

    explicit Table(Db& db) : db_(db) {
        const std::vector<std::string> dear = db.dear_columns(Row::table);
        std::string where;
        std::string keys;
        std::string set;
        std::string set_plain;
        std::string replace;
        std::string marks;
        int index = 0;
        for (const Column& column : columns<Row>()) {
            marks += index == 0 ? "?" : ",?";
            dear_.push_back(std::find(dear.begin(), dear.end(), column.name) != dear.end());
            if (index < Row::key_columns) {
                where += (where.empty() ? "" : " AND ") + quoted(column.name) + "=?";
                keys += (keys.empty() ? "" : ",") + quoted(column.name);
            } else {
                const std::string name = quoted(column.name);
                set += (set.empty() ? "" : ",") + name + "=?";
                if (!dear_.back()) {
                    set_plain += (set_plain.empty() ? "" : ",") + name + "=?";
                }
                replace += (replace.empty() ? "" : ",") + name + "=excluded." + name;
            }
            ++index;
        }
        const std::string table = quoted(Row::table);
        select_ = db.prepare("SELECT " + column_list<Row>() + " FROM " + table + " WHERE " + where);
        insert_ = db.prepare("INSERT INTO " + table + " (" + column_list<Row>() + ") VALUES (" +
                             marks + ") ON CONFLICT (" + keys + ") DO UPDATE SET " + replace);
        delete_ = db.prepare("DELETE FROM " + table + " WHERE " + where);
        update_ = db.prepare("UPDATE " + table + " SET " + set + " WHERE " + where);
        has_plain_ = !set_plain.empty();
        if (has_plain_) {
            update_plain_ = db.prepare("UPDATE " + table + " SET " + set_plain + " WHERE " + where);
        }
    }

    /// The row, or null. Valid until the next put() or flush() of this table. To change it, use
    /// change().
    const Row* find(const Key& key) {
        Entry* entry = entry_of(key);
        return entry == nullptr ? nullptr : &entry->row;
    }

    /// The row to be changed, or null.
    Row* change(const Key& key) {
        Entry* entry = entry_of(key);
        if (entry == nullptr) {
            return nullptr;
        }
        mark(key, *entry);
        return &entry->row;
    }

    /// The row to be changed; made by `make()` if there is none.
    template <typename Make>
    Row& change_or_make(const Key& key, Make&& make) {
        if (Row* row = change(key)) {
            return *row;
        }
        return put(key, make());
    }

    /// A row that should not exist yet (its id is fresh), so no look into the database; if it does,
    /// it is replaced.
    Row& insert(Row row) {
        const Key key = key_of(row);
        return put(key, std::move(row));
    }

    /// Removes a row, if there is one.
    void erase(const Key& key) {
        if (Entry* entry = entry_of(key)) {
            entry->gone = true;
            mark(key, *entry);
        }
    }

    /// Writes what changed. Errors stick to the Db.
    void flush() {
        for (const Key& key : dirty_) {
            const auto found = entries_.find(key);
            Entry& entry = found->second;
            entry.dirty = false;
            write(key, entry);
            if (entry.gone || entry.row.settled()) {
                entries_.erase(found);
            }
        }
        dirty_.clear();
        if (entries_.size() > rows_max) {
            entries_.clear();
        }
    }

    /// Forgets everything in memory, changes too: after a rollback.
    void forget() {
        entries_.clear();
        dirty_.clear();
    }

  private:
    struct Entry {
        Row row{};
        bool dirty = false;
        bool stored = false;
        bool gone = false;
        std::string dear;  // dear_values() of what is stored
    };

    // Most updates change no column that is dear to set, and leave those out.
    std::string dear_values(const Row& row) const {
        std::string values;
        std::size_t index = 0;
        for_each_column(row, [&](std::string_view, const auto& value) {
            if (dear_[index++]) {
                append_value(values, value);
            }
        });
        return values;
    }

    Row& put(const Key& key, Row row) {
        Entry& entry = entries_[key];
        entry.row = std::move(row);
        entry.gone = false;
        mark(key, entry);
        return entry.row;
    }

    Entry* entry_of(const Key& key) {
        const auto found = entries_.find(key);
        if (found != entries_.end()) {
            return found->second.gone ? nullptr : &found->second;
        }
        bind_key(select_, key);
        if (!select_.step()) {
            return nullptr;
        }
        Entry& entry = entries_[key];
        entry.row = read_row<Row>(select_);
        entry.stored = true;
        entry.dear = dear_values(entry.row);
        select_.reset();
        return &entry;
    }

    void mark(const Key& key, Entry& entry) {
        if (!entry.dirty) {
            entry.dirty = true;
            dirty_.push_back(key);
        }
    }

    void write(const Key& key, Entry& entry) {
        if (entry.gone) {
            if (entry.stored) {
                bind_key(delete_, key);
                delete_.run();
            }
            return;
        }
        std::string dear = dear_values(entry.row);
        if (!entry.stored) {
            bind_row(insert_, entry.row);
            insert_.run();
        } else {
            update(key, entry.row, has_plain_ && dear == entry.dear);
        }
        entry.stored = true;
        entry.dear = std::move(dear);
    }

    void update(const Key& key, const Row& row, bool plain) {
        Stmt& statement = plain ? update_plain_ : update_;
        std::size_t index = 0;
        for_each_column(row, [&](std::string_view, const auto& value) {
            const bool set =
                index >= static_cast<std::size_t>(Row::key_columns) && !(plain && dear_[index]);
            ++index;
            if (set) {
                bind_value(statement, value);
            }
        });
        bind_key(statement, key);
        statement.run();
    }

    static void bind_key(Stmt& statement, const Key& key) {
        for (int i = 0; i < Row::key_columns; ++i) {
            statement.bind(key[static_cast<std::size_t>(i)]);
        }
    }

    Db& db_;
    Stmt select_;
    Stmt insert_;
    Stmt update_;
    Stmt update_plain_;  // leaves dear columns as they are; not set without others
    bool has_plain_ = false;
    Stmt delete_;
    std::vector<bool> dear_;  // by column: Db::dear_columns
    std::unordered_map<Key, Entry, KeyHash> entries_;
    std::vector<Key> dirty_;
};

}  // namespace linka::store
