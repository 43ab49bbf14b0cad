// Private to core/records: how records are saved. What is saved is the record as the journal gives
// it back: well-formed text, attributes as compact JSON.
#pragma once

#include "linka/base/json_read.hpp"
#include "linka/core/records/check.hpp"
#include "linka/core/records/record_ids.hpp"
#include "linka/core/turn.hpp"

#include <optional>
#include <utility>

namespace linka::core {

/// False: it was refused with the fault.
bool passes(Turn& t, std::optional<Fault> fault);

/// Refuses with the names of what leads there, if anything does.
bool is_free_of_references(Turn& t, const RecordIds& going);

/// Gives a rule or a time group without a name one by its number.
void name_by_number(Route& route);
void name_by_number(TimeGroup& group);
template <typename Other>
void name_by_number(Other& /*has its own*/) {
}

/// The record as it is kept; none: it was refused, as what cannot be read again or with the fault
/// that `find` finds in it.
template <typename R, typename Find>
std::optional<R> fit_to_save(Turn& t, const R& given, Find find) {
    Result<R> stored = json::from_text<R>(json::to_text(given), json::Unknown::ignore);
    if (!stored) {
        t.invalid(stored.error().field.empty() ? "attributes" : stored.error().field,
                  stored.error().text);
        return std::nullopt;
    }
    return passes(t, find(*stored)) ? std::optional<R>(std::move(*stored)) : std::nullopt;
}

}  // namespace linka::core
