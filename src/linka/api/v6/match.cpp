#include "linka/api/v6/match.hpp"

#include "linka/base/fold_case.hpp"
#include "linka/base/plain_letters.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace linka::api::v6 {

namespace {

using store::Filter;
using store::Operator;

std::string text_of(const json::Value& value) {
    if (value.is_string()) {
        return std::string(value.get_string());
    }
    if (value.is_bool()) {
        return value.get_bool() ? "1" : "0";
    }
    if (value.is_null()) {
        return {};
    }
    if (const json::Object* object = value.if_object()) {
        const json::Value* name = object->if_contains("name");
        return name != nullptr ? text_of(*name) : std::string();
    }
    return boost::json::serialize(value);
}

std::optional<double> number_of(std::string_view text) {
    double number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

bool is_number(const json::Value& value) {
    return value.is_number() || value.is_bool();
}

// What a client writes for true and false.
std::string plain(const json::Value& value, const std::string& wanted) {
    if (value.is_bool()) {
        if (text::equal_ignoring_case(wanted, "true")) {
            return "1";
        }
        if (text::equal_ignoring_case(wanted, "false")) {
            return "0";
        }
    }
    return wanted;
}

int compare(const json::Value& value, const std::string& given, bool ignore_case) {
    const std::string wanted = plain(value, given);
    const std::string own = text_of(value);
    const auto right = number_of(wanted);
    const auto left = number_of(own);
    if (is_number(value) && left && right) {
        return *left < *right ? -1 : (*left > *right ? 1 : 0);
    }
    return ignore_case ? text::fold_case(own).compare(text::fold_case(wanted))
                       : own.compare(wanted);
}

// SQL LIKE with % and without case; no % means containment.
bool like(std::string_view text, std::string_view pattern) {
    if (pattern.find('%') == std::string_view::npos) {
        return text.find(pattern) != std::string_view::npos;
    }
    const auto parts = text::split(pattern, '%');
    std::size_t at = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i + 1 == parts.size() && i > 0) {
            const std::string_view last = parts[i];
            return text.size() >= at + last.size() && text.ends_with(last);
        }
        const std::size_t found = text.find(parts[i], at);
        if (found == std::string_view::npos || (i == 0 && found != 0)) {
            return false;
        }
        at = found + parts[i].size();
    }
    return true;
}

bool is_nothing(const json::Value& value) {
    return value.is_null() || (value.is_string() && value.get_string().empty()) ||
           (value.is_array() && value.get_array().empty());
}

bool holds_text(Operator op, const std::string& own, const std::string& wanted) {
    switch (op) {
        case Operator::like:
            return like(own, wanted);
        case Operator::notlike:
            return !like(own, wanted);
        case Operator::contains:
            return own.find(wanted) != std::string::npos;
        case Operator::doesnotcontain:
            return own.find(wanted) == std::string::npos;
        case Operator::startswith:
            return own.starts_with(wanted);
        case Operator::doesnotstartwith:
            return !own.starts_with(wanted);
        case Operator::endswith:
            return own.ends_with(wanted);
        case Operator::doesnotendwith:
            return !own.ends_with(wanted);
        default:
            return false;
    }
}

bool holds(const Filter& leaf, const json::Value& value) {
    const auto equal = [&](const std::string& wanted) {
        return compare(value, wanted, leaf.ignore_case) == 0;
    };
    const std::string first = leaf.values.empty() ? std::string() : leaf.values.front();
    switch (leaf.op) {
        case Operator::eq:
            return equal(first);
        case Operator::neq:
            return !equal(first);
        case Operator::lt:
            return !is_nothing(value) && compare(value, first, false) < 0;
        case Operator::lte:
            return !is_nothing(value) && compare(value, first, false) <= 0;
        case Operator::gt:
            return !is_nothing(value) && compare(value, first, false) > 0;
        case Operator::gte:
            return !is_nothing(value) && compare(value, first, false) >= 0;
        case Operator::in:
            return std::any_of(leaf.values.begin(), leaf.values.end(), equal);
        case Operator::notin:
            return std::none_of(leaf.values.begin(), leaf.values.end(), equal);
        case Operator::isnull:
            return is_nothing(value);
        case Operator::isnotnull:
            return !is_nothing(value);
        case Operator::between:
            return !is_nothing(value) && compare(value, leaf.values.at(0), false) >= 0 &&
                   compare(value, leaf.values.at(1), false) <= 0;
        default:
            return leaf.ignore_accents ? holds_text(leaf.op, text::plain_letters(text_of(value)),
                                                    text::plain_letters(first))
                                       : holds_text(leaf.op, text::fold_case(text_of(value)),
                                                    text::fold_case(first));
    }
}

bool is_negative(Operator op) {
    return op == Operator::neq || op == Operator::notin || op == Operator::notlike ||
           op == Operator::doesnotcontain || op == Operator::doesnotstartwith ||
           op == Operator::doesnotendwith;
}

bool holds_anywhere(const Filter& leaf, const json::Value& value) {
    const json::Array* array = value.if_array();
    const bool about_nothing = leaf.op == Operator::isnull || leaf.op == Operator::isnotnull;
    if (array == nullptr || about_nothing) {
        return holds(leaf, value);
    }
    // Of a list one has to fit; of a denial all.
    const auto fits = [&](const json::Value& element) { return holds(leaf, element); };
    return is_negative(leaf.op) ? std::all_of(array->begin(), array->end(), fits)
                                : std::any_of(array->begin(), array->end(), fits);
}

bool found_in(const json::Object& row, const std::string& word) {
    return std::any_of(row.begin(), row.end(), [&](const auto& pair) {
        return pair.value().is_string() &&
               text::plain_letters(std::string(pair.value().get_string())).find(word) !=
                   std::string::npos;
    });
}

bool less(const json::Value* a, const json::Value* b) {
    const bool nothing_a = a == nullptr || is_nothing(*a);
    const bool nothing_b = b == nullptr || is_nothing(*b);
    if (nothing_a || nothing_b) {
        return nothing_a && !nothing_b;
    }
    return compare(*a, text_of(*b), true) < 0;
}

}  // namespace

const json::Value* value_at(const json::Object& row, std::string_view path) {
    const json::Object* object = &row;
    for (;;) {
        const std::size_t dot = path.find('.');
        const json::Value* value = object->if_contains(path.substr(0, dot));
        if (dot == std::string_view::npos || value == nullptr) {
            return value;
        }
        object = value->if_object();
        if (object == nullptr) {
            return nullptr;
        }
        path.remove_prefix(dot + 1);
    }
}

bool matches(const Filter& filter, const json::Object& row) {
    const auto each = [&](const Filter& part) { return matches(part, row); };
    switch (filter.kind) {
        case Filter::Kind::all_of:
            return std::all_of(filter.parts.begin(), filter.parts.end(), each);
        case Filter::Kind::any_of:
            return filter.parts.empty() ||
                   std::any_of(filter.parts.begin(), filter.parts.end(), each);
        case Filter::Kind::compare:
            break;
    }
    static const json::Value nothing(nullptr);
    const json::Value* value = value_at(row, filter.field);
    return holds_anywhere(filter, value == nullptr ? nothing : *value);
}

json::Object only_fields(const json::Object& row, const std::vector<std::string>& fields) {
    if (fields.empty()) {
        return row;
    }
    json::Object out;
    for (const std::string& field : fields) {
        const json::Value* value = value_at(row, field);
        json::Object* target = &out;
        std::string_view rest = field;
        for (std::size_t dot = rest.find('.'); dot != std::string_view::npos;
             dot = rest.find('.')) {
            json::Value& inner = (*target)[rest.substr(0, dot)];
            if (!inner.is_object()) {
                inner = json::Object();
            }
            target = &inner.get_object();
            rest.remove_prefix(dot + 1);
        }
        (*target)[rest] = value == nullptr ? json::Value(nullptr) : *value;
    }
    return out;
}

Result<Listed> list_rows(std::vector<json::Object> rows, const ListQuery& list,
                         const KnownFields& known) {
    const Status asked = check_asked(list, known, rows.empty() ? json::Object() : rows.front());
    if (!asked) {
        return asked.error();
    }
    const std::string search = text::plain_letters(list.query.search);
    std::erase_if(rows, [&](const json::Object& row) {
        if (!matches(list.query.filter, row)) {
            return true;
        }
        const auto words = text::split(search, ' ');
        return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
            return !word.empty() && !found_in(row, std::string(word));
        });
    });
    for (auto sort = list.query.sort.rbegin(); sort != list.query.sort.rend(); ++sort) {
        std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
            return sort->descending ? less(value_at(b, sort->field), value_at(a, sort->field))
                                    : less(value_at(a, sort->field), value_at(b, sort->field));
        });
    }
    Listed out;
    out.total = static_cast<std::int64_t>(rows.size());
    for (std::int64_t i = list.query.skip; i < out.total && i < list.query.skip + list.query.take;
         ++i) {
        out.rows.push_back(only_fields(rows[static_cast<std::size_t>(i)], list.fields));
    }
    return out;
}

}  // namespace linka::api::v6
