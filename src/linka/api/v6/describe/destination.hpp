// Where calls are sent, as a field of records: {"kind", "value"}, or null for nowhere.
#pragma once

#include "linka/api/v6/describe/description.hpp"
#include "linka/core/records/records.hpp"

#include <string>

namespace linka::api::v6 {

/// `value` names what the kind asks for: the number of a queue or ring group, an extension, the
/// name of a menu or prompt, a telephone number; empty where the kind asks for nothing, and of
/// voicemail for the company's. Menus are those of the sandbox or, if it is there alone, of how
/// calls go.
json::Value destination_json(const core::Destination& to, const Records& records);
/// Reads the field; a wrong one is named with what is wrong, and `to` stays as it was.
void read_destination(Form& form, const std::string& field, core::Destination& to,
                      const Records& records);

namespace member {

template <typename R>
Member<R> destination(std::string name, core::Destination R::*at) {
    Member<R> out;
    out.field.name = name;
    out.field.kind = FieldKind::destination;
    out.field.nullable = true;
    out.read = [at](const R& r, const json::Object&, const View& view) {
        return destination_json(r.*at, *view.records);
    };
    out.write = [at, last = std::string(halves(name).second)](Form& form, R& r,
                                                              const Records& records) {
        read_destination(form, last, r.*at, records);
    };
    return out;
}

}  // namespace member

}  // namespace linka::api::v6
