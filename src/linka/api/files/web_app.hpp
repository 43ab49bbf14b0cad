// The web app: the files that its build made, read once into memory, so that no request can reach
// anything else on the disk. Every address that is nobody else's gives its index page, since the
// app has addresses of its own (history fallback).
#pragma once

#include "linka/api/server/router.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace linka::api {

/// How much is read; the rest is left out and an error logged.
struct WebAppLimits {
    std::size_t files_max = 4000;
    std::size_t bytes_max = 64 << 20;  // of all files together
};

class WebApp {
  public:
    /// Reads `directory`. Without index.html there is one page that says how to build the app.
    explicit WebApp(const std::string& directory, WebAppLimits limits = {});

    /// For GET and HEAD. Files under assets/ have their content's hash in their name and are kept
    /// for a year; others are asked for again by ETag; the index page is never kept, since each
    /// answer has a nonce of its own in the place of __NONCE__.
    [[nodiscard]] Response answer(const Request& request) const;

    [[nodiscard]] bool built() const { return !index_.empty(); }

  private:
    struct File {
        std::string type;
        std::string tag;     // of the plain form, without quotes
        std::string plain;   // empty in a file of which only a packed form exists
        std::string brotli;  // packed forms, empty if there is none
        std::string gzip;
    };

    void read(const std::string& directory, WebAppLimits limits);
    [[nodiscard]] Response index_page() const;
    [[nodiscard]] static Response file_answer(const Request& request, const File& file,
                                              bool hashed_name);

    std::string index_;
    std::map<std::string, File, std::less<>> files_;  // by path without a leading slash
};

/// Serves `app`, which outlives the router, at every address that has no route.
void add_web_app(Router& router, const WebApp& app);

}  // namespace linka::api
