#include "linka/api/live/names.hpp"

#include "linka/base/iso_time.hpp"
#include "linka/base/text.hpp"

#include <cmath>

namespace linka::api {

namespace {

constexpr std::string_view activity_prefix = "activities_";

}  // namespace

std::string activity_name(core::ActivityId id) {
    return std::string(activity_prefix) + std::to_string(id.value);
}

core::ActivityId activity_from_name(std::string_view name) {
    if (name.substr(0, activity_prefix.size()) == activity_prefix) {
        name.remove_prefix(activity_prefix.size());
    }
    const auto id = text::to_int(name);
    return core::ActivityId{id && *id > 0 ? *id : 0};
}

const std::vector<std::pair<std::string_view, std::string_view>>& channel_types() {
    static const std::vector<std::pair<std::string_view, std::string_view>> types{
        {"CALL", "call"}, {"CHAT", "chat"},   {"SMS", "sms"},
        {"FBM", "fbm"},   {"IGDM", "igdm"},   {"WAP", "wap"},
        {"VBR", "vbr"},   {"EMAIL", "email"}, {"CUSTOM", "custom"}};
    return types;
}

std::string_view channel_type(std::string_view channel) {
    for (const auto& [type, ours] : channel_types()) {
        if (ours == channel) {
            return type;
        }
    }
    return {};
}

json::Raw iso_json(Instant at) {
    const std::string text = iso_time(at);
    return json::Raw{text.empty() ? std::string("null") : "\"" + text + "\""};
}

double seconds_of(Duration duration) {
    return std::trunc(static_cast<double>(duration.count()) / 1000.0) / 1000.0;
}

}  // namespace linka::api
