// What signalling has to know of a trunk and the core does not: whether we register with it, and
// how often it is asked whether it is there. Among the record's attributes.
#pragma once

#include "linka/base/json_read.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/records/records.hpp"

#include <string_view>

namespace linka::api {

inline constexpr std::string_view register_field = "register";
inline constexpr std::string_view qualify_field = "qualify";
inline constexpr int qualify_standard_s = 60;
inline constexpr core::limits::Span qualify_span{10, 3'600, true};  // s; 0: never

inline json::Value trunk_option(const core::Trunk& trunk, std::string_view name) {
    const auto attributes = json::parse(trunk.attributes.text);
    const json::Value* value = attributes && attributes->is_object()
                                   ? attributes->get_object().if_contains(name)
                                   : nullptr;
    return value != nullptr ? *value : json::Value(nullptr);
}

inline bool registers(const core::Trunk& trunk) {
    const json::Value value = trunk_option(trunk, register_field);
    return value.is_bool() && value.get_bool();
}

/// Seconds; 0: never.
inline int qualify_s(const core::Trunk& trunk) {
    const json::Value value = trunk_option(trunk, qualify_field);
    return value.is_int64() && qualify_span.has(value.get_int64())
               ? static_cast<int>(value.get_int64())
               : qualify_standard_s;
}

}  // namespace linka::api
