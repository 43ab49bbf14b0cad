#include "linka/api/files/web_app.hpp"

#include "linka/api/auth/token.hpp"
#include "linka/api/files/encodings.hpp"
#include "linka/base/read_file.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>
#include <vector>

namespace linka::api {

namespace {

constexpr std::string_view index_name = "index.html";
constexpr std::string_view assets_prefix = "assets/";
constexpr std::string_view nonce_mark = "__NONCE__";
constexpr std::string_view html_type = "text/html; charset=utf-8";

constexpr std::string_view not_built_page = R"html(<!doctype html>
<html lang="cs">
<head><meta charset="utf-8"><title>Linka</title></head>
<body>
<h1>Linka</h1>
<p>Server běží, ale webová aplikace není sestavena. Sestaví ji <code>./run</code> do složky
<code>web</code> vedle programu; potom server spusťte znovu.</p>
<p lang="en">The server runs, but the web app is not built. <code>./run</code> builds it into the
folder <code>web</code> beside the program; start the server again after that.</p>
</body>
</html>
)html";

// Addresses that the API, files and operations have to themselves: a wrong one is 404, not the app.
constexpr std::array<std::string_view, 5> reserved{"api", "file", "healthz", "metrics", "setup"};

std::string policy_text(std::string_view nonce) {
    const std::string styles = nonce.empty() ? "" : text::format(" 'nonce-{}'", nonce);
    return "default-src 'self'; script-src 'self'; style-src-elem 'self'" + styles +
           "; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
           "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
}

std::string_view content_type(std::string_view name) {
    static const std::map<std::string_view, std::string_view> types{
        {"html", html_type},
        {"js", "text/javascript; charset=utf-8"},
        {"mjs", "text/javascript; charset=utf-8"},
        {"css", "text/css; charset=utf-8"},
        {"json", "application/json; charset=utf-8"},
        {"map", "application/json; charset=utf-8"},
        {"webmanifest", "application/manifest+json; charset=utf-8"},
        {"txt", "text/plain; charset=utf-8"},
        {"svg", "image/svg+xml"},
        {"png", "image/png"},
        {"jpg", "image/jpeg"},
        {"webp", "image/webp"},
        {"avif", "image/avif"},
        {"ico", "image/x-icon"},
        {"woff", "font/woff"},
        {"woff2", "font/woff2"},
        {"wasm", "application/wasm"},
        {"mp3", "audio/mpeg"},
        {"ogg", "audio/ogg"},
        {"opus", "audio/ogg"},
        {"wav", "audio/wav"},
    };
    const std::size_t dot = name.rfind('.');
    const auto found =
        dot == std::string_view::npos ? types.end() : types.find(name.substr(dot + 1));
    return found == types.end() ? "application/octet-stream" : found->second;
}

Response page_answer(std::string body, std::string_view nonce) {
    Response response;
    response.type = html_type;
    response.body = std::move(body);
    response.headers = {{"Cache-Control", "no-store"},
                        {"Content-Security-Policy", policy_text(nonce)},
                        {"Permissions-Policy", "microphone=(self), camera=(), geolocation=()"}};
    return response;
}

// Regular files below `directory`, by path relative to it, in order; links are not followed.
std::map<std::string, std::filesystem::path> files_below(const std::string& directory) {
    std::map<std::string, std::filesystem::path> found;
    std::error_code failure;
    auto entry = std::filesystem::recursive_directory_iterator(directory, failure);
    while (!failure && entry != std::filesystem::recursive_directory_iterator()) {
        if (entry->is_regular_file(failure) && !entry->is_symlink(failure)) {
            found[entry->path().lexically_relative(directory).generic_string()] = entry->path();
        }
        entry.increment(failure);
    }
    return found;
}

}  // namespace

WebApp::WebApp(const std::string& directory, WebAppLimits limits) {
    if (!directory.empty()) {
        read(directory, limits);
    }
    const auto index = files_.find(index_name);
    if (index == files_.end() || index->second.plain.empty()) {
        log::warn("no web app", {{"directory", directory}});
        return;
    }
    index_ = index->second.plain;
    files_.erase(index);
}

void WebApp::read(const std::string& directory, WebAppLimits limits) {
    std::size_t count = 0;
    std::size_t bytes = 0;
    for (const auto& [name, path] : files_below(directory)) {
        std::error_code failure;
        const std::uintmax_t size = std::filesystem::file_size(path, failure);
        if (failure || count >= limits.files_max || size > limits.bytes_max - bytes) {
            log::error("file of the web app left out", {{"file", name}});
            continue;
        }
        std::string content = read_file(path.string());
        ++count;
        bytes += content.size();
        const bool brotli = name.ends_with(".br");
        const bool gzip = name.ends_with(".gz");
        const std::string base = brotli || gzip ? name.substr(0, name.size() - 3) : name;
        File& file = files_[base];
        file.type = content_type(base);
        if (brotli) {
            file.brotli = std::move(content);
        } else if (gzip) {
            file.gzip = std::move(content);
        } else {
            file.tag = token_hash(content).substr(0, 32);
            file.plain = std::move(content);
        }
    }
    // A packed form without its plain one cannot be given to everybody.
    std::erase_if(files_, [](const auto& entry) { return entry.second.tag.empty(); });
}

Response WebApp::index_page() const {
    const std::string nonce = random_hex(16);
    std::string body;
    body.reserve(index_.size());
    std::size_t from = 0;
    for (std::size_t at = index_.find(nonce_mark); at != std::string::npos;
         at = index_.find(nonce_mark, from)) {
        body.append(index_, from, at - from);
        body += nonce;
        from = at + nonce_mark.size();
    }
    body.append(index_, from);
    return page_answer(std::move(body), nonce);
}

Response WebApp::file_answer(const Request& request, const File& file, bool hashed_name) {
    const std::string* accepted = request.header("accept-encoding");
    const std::string_view wanted = accepted == nullptr ? "" : std::string_view(*accepted);
    const bool brotli = !file.brotli.empty() && accepts_encoding(wanted, "br");
    const bool gzip = !brotli && !file.gzip.empty() && accepts_encoding(wanted, "gzip");
    const std::string_view form = brotli ? "-br" : gzip ? "-gz" : "";
    const std::string tag = text::format("\"{}{}\"", file.tag, form);
    Response response;
    response.type = file.type;
    response.headers = {
        {"ETag", tag},
        {"Vary", "Accept-Encoding"},
        {"Cache-Control", hashed_name ? "public, max-age=31536000, immutable" : "no-cache"},
        {"Content-Security-Policy", policy_text({})}};
    const std::string* known = request.header("if-none-match");
    if (known != nullptr && names_tag(*known, tag)) {
        response.status = 304;
        return response;
    }
    if (brotli || gzip) {
        response.headers.emplace_back("Content-Encoding", brotli ? "br" : "gzip");
    }
    response.body = brotli ? file.brotli : gzip ? file.gzip : file.plain;
    return response;
}

Response WebApp::answer(const Request& request) const {
    const std::string path = text::format("{}", fmt::join(request.segments, "/"));
    const auto file = files_.find(path);
    if (file != files_.end()) {
        return file_answer(request, file->second, path.starts_with(assets_prefix));
    }
    const bool others =
        !request.segments.empty() &&
        std::find(reserved.begin(), reserved.end(), request.segments.front()) != reserved.end();
    // A part of an older build, asked for by a page that was open before: it must load anew.
    if (others || path.starts_with(assets_prefix)) {
        return error_response(404, "not_found", "there is nothing at this address");
    }
    return built() ? index_page() : page_answer(std::string(not_built_page), {});
}

void add_web_app(Router& router, const WebApp& app) {
    router.add_rest("/{path}", [&app](const Request& request, const PathValues&,
                                      const Respond& respond) { respond(app.answer(request)); });
}

}  // namespace linka::api
