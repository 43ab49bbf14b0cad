// KnownBrowsers: the mark that a browser keeps after its first sign-in (cookie c_known), so that
// guesses of others do not lock its user out. It opens nothing: the password is asked for all the
// same. Nothing is kept of it; a keyed hash shows that we made it for this user.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/store/store.hpp"

#include <string>
#include <string_view>

namespace linka::api {

inline constexpr std::string_view known_browser_cookie = "c_known";
inline constexpr Duration known_browser_life = 180 * 24h;

class KnownBrowsers {
  public:
    /// Reads the key (a secret of kind "key"), or makes it the first time.
    Status load(store::Store& store);

    [[nodiscard]] std::string mark_for(std::string_view user_name) const;
    /// The part of `mark` that tells browsers apart; empty if it is not ours for this user.
    [[nodiscard]] std::string browser_of(std::string_view user_name, std::string_view mark) const;

  private:
    [[nodiscard]] std::string proof_of(std::string_view user_name, std::string_view id) const;

    std::string key_;
};

}  // namespace linka::api
