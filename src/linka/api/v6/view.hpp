// How records look in v6: whole objects with their relations nested, for one reader. Names, types
// and enums follow the public clients; what differs is said in docs/api.md.
#pragma once

#include "linka/api/directory.hpp"
#include "linka/api/v6/envelope.hpp"
#include "linka/core/state.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace linka::api::v6 {

/// Telephone and presence of users now, by the codes of the API.
struct Presence {
    std::string extension_state;  // online, offline, busy
};
using PresenceMap = std::map<core::UserId, Presence>;
/// On the core's thread.
PresenceMap presence_of(const core::State& state);

/// One reader's view. Rights decide what is shown: who may not be seen shrinks to title and alias.
struct View {
    std::shared_ptr<const core::User> viewer;
    std::shared_ptr<const Records> records;
    const Envelope& envelope;
    const PresenceMap* presence = nullptr;  // null: unknown
    bool whole = false;                     // nobody's: the record as it is, for the change log

    [[nodiscard]] json::Object user(const core::User& user) const;
    [[nodiscard]] json::Object queue(const core::Queue& queue) const;
    [[nodiscard]] json::Object device(const core::Device& device) const;
    [[nodiscard]] json::Object pause(const core::Pause& pause) const;
    [[nodiscard]] json::Object profile(const core::Profile& profile) const;
    [[nodiscard]] json::Object prompt(const core::Prompt& prompt) const;
    /// The one that the user has, if the viewer may know: their own, or whoever reads profiles.
    /// Else the built-in one, with what the user has of their own.
    [[nodiscard]] json::Object profile_of(const core::User& user) const;

    /// The record of a model (users, queues) by its name; none if there is none, or the viewer does
    /// not see it.
    [[nodiscard]] std::optional<json::Object> named(std::string_view model,
                                                    const std::string& name) const;

    /// `_sys` with the version of a record, by which two states of it are told apart: a keyed hash
    /// of `text`, so that nobody who may not read all of it tries what it could be.
    [[nodiscard]] json::Object versioned_sys(std::string_view model, std::string_view identity,
                                             const std::string& text) const;

    /// As relations: null for none, and what is gone is its name alone.
    [[nodiscard]] json::Value user_ref(core::UserId id) const;
    [[nodiscard]] json::Value queue_ref(core::QueueId id) const;
    [[nodiscard]] json::Value pause_ref(core::PauseId id) const;
};

/// Null for an empty text.
json::Value text_or_null(const std::string& text);
/// `_sys` of a record.
json::Object sys(std::string_view model, std::string_view identity);
/// `attributes` as an object; empty if there are none.
json::Object attributes_of(const json::Raw& attributes);

/// Whether the viewer may know which record of the module the user was given.
bool knows(const Records& records, const core::User& viewer, const core::User& user, Module module);

/// The access as v6 roles and profiles.
std::string_view role_title(core::Access access, Language language);
json::Object role_json(const Role& role, Language language);
core::Profile built_in_profile(core::Access access, Language language);

}  // namespace linka::api::v6
