#include "linka/api/auth/kept_key.hpp"

#include "linka/api/auth/token.hpp"

namespace linka::api {

Result<std::string> kept_key(store::Store& store, std::string_view name) {
    constexpr std::string_view kind = "key";
    const auto keys = store.secrets(kind);
    if (!keys) {
        return keys.error();
    }
    const auto found = keys->find(std::string(name));
    if (found != keys->end() && !found->second.empty()) {
        return found->second;
    }
    std::string fresh = new_token();
    const Status kept = store.put_secret(kind, name, fresh);
    return kept ? Result<std::string>(std::move(fresh)) : Result<std::string>(kept.error());
}

}  // namespace linka::api
