// The rows of records as they are saved: columns to look them up by, and the record itself as JSON
// in `body`. A removed record stays, for the names in what it left behind.
#pragma once

#include "linka/store/rows.hpp"

namespace linka::store {

struct UserRow {
    LINKA_ROW("user", 1);
    core::UserId id;
    std::string name;
    std::string title;
    std::string alias;
    core::UserType type = core::UserType::CC;
    core::Access access = core::Access::agent;
    std::string extension;
    bool deactivated = false;
    bool removed = false;
    Instant saved;
    json::Raw body;
    [[nodiscard]] bool settled() const { return false; }
};
LINKA_DESCRIBE(UserRow,
               (id, name, title, alias, type, access, extension, deactivated, removed, saved, body))

struct DeviceRow {
    LINKA_ROW("device", 1);
    core::DeviceId id;
    std::string name;
    std::string title;
    core::DeviceType type = core::DeviceType::sip;
    std::string number;
    bool deactivated = false;
    bool removed = false;
    Instant saved;
    json::Raw body;
    [[nodiscard]] bool settled() const { return true; }
};
LINKA_DESCRIBE(DeviceRow, (id, name, title, type, number, deactivated, removed, saved, body))

/// `name`: the number as text.
struct QueueRow {
    LINKA_ROW("queue", 1);
    core::QueueId id;
    std::string name;
    std::string title;
    std::string alias;
    core::QueueType type = core::QueueType::in;
    core::Strategy strategy = core::Strategy::leastrecent;
    Duration answer_within{};
    Duration abandon_within{};
    bool deactivated = false;
    bool removed = false;
    Instant saved;
    json::Raw body;
    [[nodiscard]] bool settled() const { return false; }
};
LINKA_DESCRIBE(QueueRow, (id, name, title, alias, type, strategy, answer_within, abandon_within,
                          deactivated, removed, saved, body))

struct PauseRow {
    LINKA_ROW("pause", 1);
    core::PauseId id;
    std::string name;
    std::string title;
    core::PauseType type = core::PauseType::custom;
    bool paid = false;
    bool deactivated = false;
    bool removed = false;
    Instant saved;
    json::Raw body;
    [[nodiscard]] bool settled() const { return false; }
};
LINKA_DESCRIBE(PauseRow, (id, name, title, type, paid, deactivated, removed, saved, body))

struct RouteRow {
    LINKA_ROW("route", 1);
    core::RouteId id;
    int position = 0;
    std::string did;
    std::string caller;
    bool deactivated = false;
    bool removed = false;
    Instant saved;
    json::Raw body;
    [[nodiscard]] bool settled() const { return true; }
};
LINKA_DESCRIBE(RouteRow, (id, position, did, caller, deactivated, removed, saved, body))

struct MenuRow {
    LINKA_ROW("menu", 1);
    core::MenuId id;
    std::string name;
    std::string title;
    bool removed = false;
    Instant saved;
    json::Raw body;
    [[nodiscard]] bool settled() const { return true; }
};
LINKA_DESCRIBE(MenuRow, (id, name, title, removed, saved, body))

/// `name`: the number as text.
struct RingGroupRow {
    LINKA_ROW("ring_group", 1);
    core::RingGroupId id;
    std::string name;
    std::string title;
    core::GroupStrategy strategy = core::GroupStrategy::all;
    bool removed = false;
    Instant saved;
    json::Raw body;
    [[nodiscard]] bool settled() const { return true; }
};
LINKA_DESCRIBE(RingGroupRow, (id, name, title, strategy, removed, saved, body))

/// The one row has id 1.
struct SettingsRow {
    LINKA_ROW("settings", 1);
    std::int64_t id = 1;
    Instant saved;
    json::Raw body;
    [[nodiscard]] bool settled() const { return true; }
};
LINKA_DESCRIBE(SettingsRow, (id, saved, body))

/// Not folded from events: saved through Store::save_record.
struct RecordRow {
    LINKA_ROW("record", 1);
    std::int64_t id = 0;
    std::string model;
    std::string name;
    std::string title;
    bool removed = false;
    Instant saved;
    json::Raw body;
};
LINKA_DESCRIBE(RecordRow, (id, model, name, title, removed, saved, body))

/// The change log, and what else must be known afterwards (who listened to what).
struct AuditLogRow {
    LINKA_ROW("audit_log", 1);
    std::int64_t id = 0;
    Instant at;
    core::UserId who;
    std::string what;
    std::string detail;
    std::string model;  // empty: no change of a record
    std::string name;
    std::string title;   // as it was then
    std::string before;  // JSON objects as text; empty: there was nothing, or is nothing
    std::string after;
    std::int64_t takes_back = 0;
    bool taken_back = false;
    std::string access;  // that they had, and the address that they asked from
    std::string origin;
    std::string titles;  // of the records that the fields name; a JSON object as text
};
LINKA_DESCRIBE(AuditLogRow, (id, at, who, what, detail, model, name, title, before, after,
                             takes_back, taken_back, access, origin, titles))

}  // namespace linka::store
