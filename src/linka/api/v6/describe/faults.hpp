// Private to v6: names all that the core would refuse of a record, where the core itself stops at
// the first. A field that is wrong is put back to what it was, or to something plain, and the rest
// is looked at again.
#pragma once

#include "linka/api/live/refusal_text.hpp"
#include "linka/api/v6/describe/change.hpp"
#include "linka/api/v6/describe/description.hpp"
#include "linka/api/v6/serve.hpp"
#include "linka/core/records/check.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>

namespace linka::api::v6 {

/// Something that the kind of field takes; null for one that may be empty.
json::Value plain_for(const Field& field);

template <typename R>
class Faults {
  public:
    using Check = std::function<std::optional<core::Fault>(const R&)>;

    /// `present`: the record as it is read before the write.
    Faults(const Description<R>& description, const Records& records, const json::Object& present)
        : description_(description), records_(records), present_(present) {}

    /// What is not wrong, only not possible now, is left to the core.
    void name(R record, const Check& check, Form& form) {
        std::set<std::string> put_back;
        std::set<std::string> made_plain;
        while (const std::optional<core::Fault> fault = check(record)) {
            const Member<R>* member = member_of(core_field(fault->field));
            if (fault->blocker || member == nullptr) {
                return;
            }
            const std::string& name = member->field.name;
            if (!form.is_wrong(name)) {
                form.wrong(name, refusal_text(fault->text, Language::cs), fault->text);
            }
            if (put_back.insert(name).second) {
                write(*member, record, field_value(present_, name));
            } else if (made_plain.insert(name).second) {
                write(*member, record, plain_for(member->field));
            } else {
                return;
            }
        }
    }

  private:
    const Member<R>* member_of(const std::string& field) const {
        const auto found = std::find_if(
            description_.members.begin(), description_.members.end(), [&](const Member<R>& each) {
                return each.write && std::string(halves(each.field.name).second) == field;
            });
        return found != description_.members.end() ? &*found : nullptr;
    }
    void write(const Member<R>& member, R& record, json::Value value) const {
        const json::Object body{{halves(member.field.name).second, std::move(value)}};
        Form form(body, Language::en);
        member.write(form, record, records_);
    }

    const Description<R>& description_;
    const Records& records_;
    const json::Object& present_;
};

}  // namespace linka::api::v6
