#include "linka/api/auth/known_browsers.hpp"

#include "linka/api/auth/kept_key.hpp"
#include "linka/api/auth/token.hpp"

namespace linka::api {

namespace {

constexpr std::size_t id_size = 32;  // hex digits

}  // namespace

Status KnownBrowsers::load(store::Store& store) {
    auto key = kept_key(store, "known_browsers");
    if (!key) {
        return key.error();
    }
    key_ = std::move(*key);
    return Done{};
}

std::string KnownBrowsers::proof_of(std::string_view user_name, std::string_view id) const {
    return keyed_hash(key_, std::string(id) + '/' + std::string(user_name));
}

std::string KnownBrowsers::mark_for(std::string_view user_name) const {
    const std::string id = random_hex(id_size / 2);
    return id + '.' + proof_of(user_name, id);
}

std::string KnownBrowsers::browser_of(std::string_view user_name, std::string_view mark) const {
    if (mark.size() <= id_size || mark[id_size] != '.') {
        return {};
    }
    const std::string_view id = mark.substr(0, id_size);
    const bool ours = is_same_secret(mark.substr(id_size + 1), proof_of(user_name, id));
    return ours ? std::string(id) : std::string();
}

}  // namespace linka::api
