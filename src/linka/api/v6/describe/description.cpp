#include "linka/api/v6/describe/description.hpp"

#include "linka/base/plain_letters.hpp"
#include "linka/base/text.hpp"
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

bool has_distinct(const std::vector<Field>& fields) {
    return std::any_of(fields.begin(), fields.end(),
                       [](const Field& field) { return field.distinct; });
}

void refuse_second(const std::vector<Field>& fields, Form& form, std::string_view own,
                   const std::vector<json::Object>& others) {
    for (const Field& field : fields) {
        const auto given = field.distinct ? form.relation(field.name) : std::nullopt;
        if (!given || given->empty()) {
            continue;
        }
        const std::string wanted = text::plain_letters(*given);
        const auto has_it = [&](const json::Object& record) {
            const json::Value* value = record.if_contains(field.name);
            return value != nullptr && text::plain_letters(scalar(*value)) == wanted;
        };
        const auto is_own = [&](const json::Object& record) {
            return !own.empty() && scalar(record.at("name")) == own;
        };
        const bool kept = std::any_of(others.begin(), others.end(), [&](const json::Object& one) {
            return is_own(one) && has_it(one);
        });
        const auto second =
            std::find_if(others.begin(), others.end(),
                         [&](const json::Object& one) { return !is_own(one) && has_it(one); });
        if (!kept && second != others.end()) {
            const std::string title = scalar(second->at(field.name));
            form.wrong(field.name, text::format("„{}“ už tu je", title),
                       text::format("there is “{}” already", title));
        }
    }
}

void refuse_cut_name(Form& form, std::string_view name) {
    if (has_address_suffix(name)) {
        form.wrong("name", text::format("{}: jméno nesmí končit na {}", name, address_suffix),
                   text::format("{}: a name must not end in {}", name, address_suffix));
    }
}

void refuse_emptying(const std::vector<Field>& fields, Form& form) {
    for (const Field& field : fields) {
        form.require(field.name,
                     !field.required || !form.has(field.name) || is_given(form.value(field.name)));
    }
}

}  // namespace linka::api::v6
