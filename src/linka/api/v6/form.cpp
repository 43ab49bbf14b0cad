#include "linka/api/v6/form.hpp"

#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::api::v6 {

namespace {

// The name in a relation; null if it has none.
const json::Value* name_part(const json::Value& value) {
    const json::Object* object = value.if_object();
    const json::Value* name = object != nullptr ? object->if_contains("name") : &value;
    const bool is_name = name != nullptr && (name->is_string() || name->is_number());
    return is_name ? name : nullptr;
}

bool hides(const json::Value& value) {
    if (const json::Array* array = value.if_array()) {
        return std::any_of(array->begin(), array->end(), hides);
    }
    if (const json::Object* object = value.if_object()) {
        return std::any_of(object->begin(), object->end(), [](const auto& member) {
            return core::has_hidden(member.key()) || hides(member.value());
        });
    }
    return value.is_string() && core::has_hidden(value.get_string(), core::Lines::many);
}

}  // namespace

std::string without_spaces(std::string_view typed) {
    std::string out;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (typed.substr(i).starts_with("\xc2\xa0")) {  // one that does not break
            ++i;
        } else if (typed[i] != ' ' && typed[i] != '\t') {
            out += typed[i];
        }
    }
    return out;
}

std::string scalar(const json::Value& value) {
    if (value.is_string()) {
        return std::string(value.get_string());
    }
    if (value.is_bool()) {
        return value.get_bool() ? "1" : "0";
    }
    return value.is_number() ? boost::json::serialize(value) : std::string();
}

void Form::wrong(std::string_view field, std::string_view cs, std::string_view en) {
    errors_.emplace(std::string(field), std::string(language_ == Language::cs ? cs : en));
}

void Form::none_such(std::string_view field, const std::string& name) {
    wrong(field, name + ": nic takového tu není", name + ": there is no such thing");
}

void Form::say_instead(std::string_view field, std::string_view cs, std::string_view en) {
    errors_.erase(std::string(field));
    wrong(field, cs, en);
}

void Form::require(std::string_view field, bool given) {
    if (!given) {
        wrong(field, "Toto pole je třeba vyplnit", "This field is required");
    }
}

void Form::only(const std::set<std::string, std::less<>>& known) {
    for (const auto& member : body_) {
        if (!known.contains(std::string_view(member.key()))) {
            wrong(member.key(), "neznámé pole", "unknown field");
        }
    }
}

void Form::text(std::string_view field, std::string& target, std::size_t size_max,
                core::Lines lines) {
    const json::Value* value = body_.if_contains(field);
    if (value == nullptr) {
        return;
    }
    const bool is_prose = lines == core::Lines::many;  // what people write is no number
    if (value->is_structured() || (is_prose && !value->is_string() && !value->is_null())) {
        wrong(field, "musí být text", "must be text");
        return;
    }
    std::string text = scalar(*value);
    if (text.size() > size_max) {
        // Bytes are counted: whoever counts characters is told where those differ.
        const bool plain = std::all_of(text.begin(), text.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        wrong(field,
              text::format("nejvýše {} {}{}", size_max,
                           size_max == 1  ? "znak"
                           : size_max < 5 ? "znaky"
                                          : "znaků",
                           plain ? "" : " (ty s diakritikou se počítají dvakrát)"),
              text::format("at most {} character{}{}", size_max, size_max == 1 ? "" : "s",
                           plain ? "" : " (accented ones count twice)"));
        return;
    }
    if (core::has_hidden(text, lines)) {
        wrong_hidden(field);
        return;
    }
    target = std::move(text);
}

bool Form::refuse_hidden(std::string_view field) {
    const json::Value* value = body_.if_contains(field);
    const bool wrong = value != nullptr && hides(*value);
    if (wrong) {
        wrong_hidden(field);
    }
    return wrong;
}

void Form::wrong_hidden(std::string_view field) {
    wrong(field, "bez znaků, které nejsou vidět", "without characters that are not seen");
}

void Form::flag(std::string_view field, bool& target) {
    const json::Value* value = body_.if_contains(field);
    if (value == nullptr || value->is_null()) {
        return;
    }
    const std::string text =
        value->is_structured() ? std::string("?") : text::lower(scalar(*value));
    if (text == "1" || text == "true") {
        target = true;
    } else if (text == "0" || text == "false" || text.empty()) {
        target = false;
    } else {
        wrong(field, "musí být ano, nebo ne", "must be true or false");
    }
}

void Form::integer(std::string_view field, int& target, int min, int max) {
    const json::Value* value = body_.if_contains(field);
    if (value == nullptr || value->is_null()) {
        return;
    }
    const auto number = value->is_bool() ? std::nullopt : text::to_int(scalar(*value));
    if (!number || *number < min || *number > max) {
        wrong(field, text::format("musí být číslo {} až {}", min, max),
              text::format("must be a number from {} to {}", min, max));
        return;
    }
    target = static_cast<int>(*number);
}

void Form::duration(std::string_view field, Duration& target, Duration unit, int min, int max) {
    int count = static_cast<int>(target / unit);
    integer(field, count, min, max);
    if (has(field)) {
        target = count * unit;
    }
}

namespace {

// A relation counts as its name; 0, false and "" say the same.
bool says_nothing(const json::Value& value) {
    const std::string text = text::lower(scalar(value));
    return value.is_null() || (value.is_array() && value.get_array().empty()) ||
           (value.is_object() && value.get_object().empty()) ||
           (!value.is_structured() && (text.empty() || text == "0" || text == "false"));
}

std::string name_in(const json::Value& value) {
    const json::Object* object = value.if_object();
    const json::Value* name = object != nullptr ? object->if_contains("name") : &value;
    return name != nullptr ? text::lower(scalar(*name)) : std::string();
}

bool says_the_same(const json::Value& given, const json::Value& present) {
    if (given == present || (says_nothing(given) && says_nothing(present))) {
        return true;
    }
    const auto as_flag = [](std::string text) {
        return text == "true" ? "1" : (text == "false" ? "0" : text);
    };
    const std::string name = as_flag(name_in(given));
    return !name.empty() && name == as_flag(name_in(present));
}

}  // namespace

void Form::expect(std::string_view field, const json::Value& only) {
    const json::Value* given = body_.if_contains(field);
    const bool empty = given == nullptr || given->is_null() || says_the_same(*given, only) ||
                       (given->is_string() && given->get_string().empty()) ||
                       (given->is_array() && given->get_array().empty());
    if (!empty) {
        wrong(field, "Tímto polem se tu nic neřídí, zůstává, jak je",
              "Nothing here goes by this field; it stays as it is");
    }
}

void Form::keep(std::string_view field, const json::Value& present) {
    const json::Value* given = body_.if_contains(field);
    if (given != nullptr && !given->is_null() && !says_the_same(*given, present)) {
        wrong(field, "Nelze změnit", "Cannot be changed");
    }
}

std::optional<std::string> Form::relation(std::string_view field) const {
    const json::Value* value = body_.if_contains(field);
    if (value == nullptr || value->is_null()) {
        return std::nullopt;
    }
    if (const json::Object* object = value->if_object()) {
        const json::Value* name = object->if_contains("name");
        return name != nullptr ? std::optional(scalar(*name)) : std::nullopt;
    }
    return scalar(*value);
}

std::optional<std::string> Form::related(std::string_view field) {
    const json::Value* value = body_.if_contains(field);
    if (value == nullptr || value->is_null()) {
        return std::nullopt;
    }
    const json::Value* name = name_part(*value);
    if (name == nullptr) {
        wrong_name(field);
        return std::nullopt;
    }
    return scalar(*name);
}

void Form::wrong_name(std::string_view field) {
    wrong(field, "Musí být jméno", "Must be a name");
}

std::vector<std::string> Form::names(std::string_view field) {
    std::vector<std::string> names;
    const auto add = [&](const json::Value& element) {
        const json::Value* name = name_part(element);
        if (name == nullptr) {
            wrong_name(field);
        } else if (core::has_hidden(scalar(*name))) {
            wrong_hidden(field);
        } else if (!scalar(*name).empty()) {
            names.push_back(scalar(*name));
        }
    };
    const json::Value* value = body_.if_contains(field);
    if (value == nullptr) {
        return names;
    }
    if (const json::Array* array = value->if_array()) {
        std::for_each(array->begin(), array->end(), add);
    } else if (!value->is_null()) {
        add(*value);
    }
    return names;
}

std::optional<json::Array> Form::list(std::string_view field) {
    const json::Value* value = body_.if_contains(field);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->is_null()) {
        return json::Array();
    }
    if (!value->is_array()) {
        wrong(field, "musí být seznam", "must be a list");
        return std::nullopt;
    }
    return value->get_array();
}

void Form::attributes(json::Raw& attributes, std::initializer_list<std::string_view> fields) {
    json::Object object;
    if (!attributes.text.empty()) {
        auto parsed = json::parse(attributes.text);
        if (parsed && parsed->is_object()) {
            object = std::move(parsed->get_object());
        }
    }
    for (const std::string_view field : fields) {
        const json::Value* value = body_.if_contains(field);
        if (value == nullptr) {
            continue;
        }
        // An empty list is how PHP writes an empty dictionary, which strict types cannot read back.
        if (value->is_null() || (value->is_array() && value->get_array().empty())) {
            object.erase(field);
        } else if (!refuse_hidden(field)) {
            object[field] = *value;
        }
    }
    std::string text = object.empty() ? std::string() : boost::json::serialize(object);
    if (text.size() > 16 * 1024) {
        wrong("options", "příliš mnoho údajů", "too much data");
        return;
    }
    attributes.text = std::move(text);
}

}  // namespace linka::api::v6
