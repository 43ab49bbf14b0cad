#include "linka/api/auth/known_browsers.hpp"

#include "linka/api/auth/token.hpp"

namespace linka::api {

namespace {

constexpr std::string_view key_kind = "key";
constexpr std::string_view key_name = "known_browsers";
constexpr std::size_t id_size = 32;  // hex digits

}  // namespace

Status KnownBrowsers::load(store::Store& store) {
    const auto keys = store.secrets(key_kind);
    if (!keys) {
        return keys.error();
    }
    const auto found = keys->find(std::string(key_name));
    if (found != keys->end() && !found->second.empty()) {
        key_ = found->second;
        return Done{};
    }
    key_ = new_token();
    return store.put_secret(key_kind, key_name, key_);
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
