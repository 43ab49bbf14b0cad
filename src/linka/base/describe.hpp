// LINKA_DESCRIBE(Type, (member, member, ...)) and LINKA_DESCRIBE_ENUM(Type, value, ...): name a
// struct's members once, at namespace scope, and base/json.hpp reads and writes it.
#pragma once

#include <string_view>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#define LINKA_DESCRIBE(Type, members) BOOST_DESCRIBE_STRUCT(Type, (), members)
#define LINKA_DESCRIBE_ENUM BOOST_DESCRIBE_ENUM

namespace linka {

/// The name of a described enumerator; empty for a value that has none.
template <typename E>
constexpr std::string_view name_of(E value) {
    std::string_view name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto described) {
        if (described.value == value) {
            name = described.name;
        }
    });
    return name;
}

/// The described enumerator called `name`; false if there is none.
template <typename E>
bool enum_from_name(std::string_view name, E& value) {
    bool found = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto described) {
        if (name == described.name) {
            value = described.value;
            found = true;
        }
    });
    return found;
}

}  // namespace linka
