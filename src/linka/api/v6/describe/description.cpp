#include "linka/api/v6/describe/description.hpp"

#include "linka/core/records/words.hpp"

#include <algorithm>

namespace linka::api::v6 {

namespace {

bool is_given(const json::Value* value) {
    return value != nullptr && !value->is_null() &&
           !(value->is_string() && core::is_blank(value->get_string()));
}

}  // namespace

void require_fields(const std::vector<Field>& fields, Form& form, std::string_view type,
                    bool again) {
    for (const Field& field : fields) {
        const auto& types = field.required_types;
        const bool of_type = std::find(types.begin(), types.end(), type) != types.end();
        const bool asked = (field.required || of_type) && !(again && field.secret);
        form.require(field.name, !asked || is_given(form.value(field.name)));
    }
}

void refuse_emptying(const std::vector<Field>& fields, Form& form) {
    for (const Field& field : fields) {
        form.require(field.name,
                     !field.required || !form.has(field.name) || is_given(form.value(field.name)));
    }
}

}  // namespace linka::api::v6
