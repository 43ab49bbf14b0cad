// Identifiers as distinct types: a QueueId where a UserId belongs does not compile.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace linka {

/// An identifier of one kind of thing. 0 means "none". Values are positive and never reused.
template <typename Tag>
struct Id {
    std::int64_t value = 0;

    constexpr Id() = default;
    constexpr explicit Id(std::int64_t number) : value(number) {}
    constexpr explicit operator bool() const { return value != 0; }
    constexpr auto operator<=>(const Id&) const = default;
};

}  // namespace linka

template <typename Tag>
struct std::hash<linka::Id<Tag>> {
    std::size_t operator()(linka::Id<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
