// What has to be known of a change before it is taken back: whether the record of that name is
// still the one that was changed, and what does not come back with a record that was deleted.
#pragma once

#include "linka/api/v6/serve.hpp"

#include <optional>
#include <string>

namespace linka::api::v6 {

/// When the record that has this entry's name now was made, if that was after the record of the
/// entry was deleted: then it is another one. A record that was brought back is the same.
/// `row`: an entry of the change log, here and below as ChangeMask shows it.
std::optional<Instant> made_after(const json::Object& row, store::Reader& reader);

/// What does not come back with what was deleted, and why a change cannot be taken back at all or
/// not by this reader, who might change such records otherwise.
struct Returning {
    bool possible = true;
    std::string text;  // empty: all of it comes back
};
Returning returning_of(const json::Object& row, store::Reader& reader, const View& view);

/// Whether the entry is a change that is not taken back yet and has something to put back: a
/// password alone has not, nor has what is no record.
bool stands(const json::Object& row);

/// Whether somebody may do to the record what takes the change back.
bool may_return(const json::Object& row, const Records& records, const core::User& user);

}  // namespace linka::api::v6
