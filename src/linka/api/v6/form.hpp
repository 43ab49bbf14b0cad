// Form: reads the fields of a write one by one and collects what is wrong with each, in the
// request's language. Absent fields leave the target alone; null clears it.
#pragma once

#include "linka/api/v6/envelope.hpp"
#include "linka/base/describe.hpp"
#include "linka/core/records/words.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

/// Those of a described enumeration, "a, b".
template <typename E>
std::string names_of() {
    std::string all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto each) { all += (all.empty() ? "" : ", ") + std::string(each.name); });
    return all;
}

class Form {
  public:
    Form(const json::Object& body, Language language) : body_(body), language_(language) {}

    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] bool has(std::string_view field) const { return body_.contains(field); }
    /// What is not seen is wrong, wherever text comes in. Of one line numbers, true and false are
    /// taken as they are written, too: clients have names and numbers of either type.
    void text(std::string_view field, std::string& target, std::size_t size_max,
              core::Lines lines = core::Lines::one);
    void flag(std::string_view field, bool& target);
    void integer(std::string_view field, int& target, int min, int max);
    /// Whole seconds (or minutes, by `unit`).
    void duration(std::string_view field, Duration& target, Duration unit, int min, int max);
    /// A described enumerator by its name.
    template <typename E>
    void choice(std::string_view field, E& target) {
        std::string name(name_of(target));
        if (!has(field) || body_.at(field).is_null()) {
            return;
        }
        text(field, name, 64);
        if (!enum_from_name(name, target)) {
            wrong(field, text::format("{}: je jen {}", name, names_of<E>()),
                  text::format("{}: there are only {}", name, names_of<E>()));
        }
    }
    template <typename E>
    void choices(std::string_view field, std::vector<E>& target) {
        if (!has(field)) {
            return;
        }
        target.clear();
        for (const std::string& name : names(field)) {
            E value{};
            if (enum_from_name(name, value)) {
                target.push_back(value);
            } else {
                wrong(field, text::format("{}: je jen {}", name, names_of<E>()),
                      text::format("{}: there are only {}", name, names_of<E>()));
            }
        }
    }
    /// A relation's name: a string, a number, or an object with `name`. None if absent or null.
    [[nodiscard]] std::optional<std::string> relation(std::string_view field) const;
    /// The same of a write: what has no name (a list, true, an object without one) is wrong.
    [[nodiscard]] std::optional<std::string> related(std::string_view field);
    /// A list of names: an array of relations, or one of them. What has no name is wrong.
    [[nodiscard]] std::vector<std::string> names(std::string_view field);
    /// The elements of a list; null clears, too. None if absent, or wrong: no list.
    [[nodiscard]] std::optional<json::Array> list(std::string_view field);
    [[nodiscard]] const json::Value* value(std::string_view field) const {
        return body_.if_contains(field);
    }
    /// Copies the fields of this list that are present into `attributes` (JSON text); null
    /// and an empty list remove.
    void attributes(json::Raw& attributes, std::initializer_list<std::string_view> fields);

    /// Takes `only`, null and what is empty; another value is wrong: nothing goes by the field.
    void expect(std::string_view field, const json::Value& only);
    /// The same of a field that is set once: another value than `present` is wrong.
    void keep(std::string_view field, const json::Value& present);

    /// Every other member is wrong.
    void only(const std::set<std::string, std::less<>>& known);

    /// Wrong if something in it is not seen, in JSON of any depth, in which lines may end. True: so
    /// it was.
    bool refuse_hidden(std::string_view field);

    void wrong(std::string_view field, std::string_view cs, std::string_view en);
    /// The field names a record that is not there, or that is not read by whoever asks.
    void none_such(std::string_view field, const std::string& name);
    /// Says this instead of whatever was wrong with it.
    void say_instead(std::string_view field, std::string_view cs, std::string_view en);
    [[nodiscard]] bool is_wrong(std::string_view field) const {
        return errors_.contains(std::string(field));
    }
    void require(std::string_view field, bool given);
    [[nodiscard]] const FormErrors& errors() const { return errors_; }

  private:
    void wrong_hidden(std::string_view field);
    void wrong_name(std::string_view field);

    const json::Object& body_;
    Language language_;
    FormErrors errors_;
};

/// A number as it is dialled, of one as people write it: "777 123 456".
std::string without_spaces(std::string_view typed);
/// A JSON scalar as text.
std::string scalar(const json::Value& value);

}  // namespace linka::api::v6
