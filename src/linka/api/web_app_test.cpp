// The web app's files: what is given for each address, in which form, and with which headers.
#include "linka/api/files/web_app.hpp"

#include "linka/api/files/encodings.hpp"
#include "linka/api/server/url.hpp"
#include "linka/base/text.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace linka::api {
namespace {

// A built app in a folder of its own, and something beside it that must stay hidden.
class WebAppFiles : public ::testing::Test {
  protected:
    WebAppFiles() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "linka_web_XXXXXX").string();
        top_ = ::mkdtemp(pattern.data());
        put("secret.txt", "secret");
        put("web/index.html",
            "<style nonce=\"__NONCE__\"></style><meta content=\"__NONCE__\"><p>app</p>");
        put("web/favicon.svg", "<svg/>");
        put("web/assets/app-1.js", "plain script");
        put("web/assets/app-1.js.br", "brotli script");
        put("web/assets/app-1.js.gz", "gzip script");
        put("web/assets/lost.css.br", "packed only");
        std::filesystem::create_symlink(top_ + "/secret.txt", top_ + "/web/link.txt");
    }
    ~WebAppFiles() override { std::filesystem::remove_all(top_); }

    void put(const std::string& name, const std::string& content) const {
        const std::filesystem::path path = top_ + "/" + name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << content;
    }
    [[nodiscard]] std::string directory() const { return top_ + "/web"; }

    static Response get(const WebApp& app, const std::string& path, Pairs headers = {}) {
        Request request;
        request.path = path;
        request.headers = std::move(headers);
        const auto segments = parse_path(path);
        if (!segments) {
            return error_response(400, "path", path);  // as the connection does
        }
        request.segments = *segments;
        return app.answer(request);
    }
    static std::string header(const Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) {
                return value;
            }
        }
        return {};
    }

    std::string top_;
};

TEST_F(WebAppFiles, the_index_page_has_a_fresh_nonce) {
    const WebApp app(directory());
    std::string last;
    for (const std::string path : {"/", "/index.html", "/calls/17", "/assets"}) {
        const Response page = get(app, path);
        EXPECT_EQ(page.status, 200);
        EXPECT_EQ(page.type, "text/html; charset=utf-8");
        EXPECT_EQ(header(page, "Cache-Control"), "no-store");
        const std::string policy = header(page, "Content-Security-Policy");
        const std::size_t at = policy.find("'nonce-") + 7;
        const std::string nonce = policy.substr(at, policy.find('\'', at) - at);
        EXPECT_GE(nonce.size(), 32U);
        EXPECT_NE(nonce, last);
        EXPECT_EQ(page.body, "<style nonce=\"" + nonce + "\"></style><meta content=\"" + nonce +
                                 "\"><p>app</p>");
        EXPECT_NE(policy.find("script-src 'self';"), std::string::npos);
        EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
        EXPECT_NE(header(page, "Permissions-Policy").find("microphone=(self)"), std::string::npos);
        last = nonce;
    }
}

TEST_F(WebAppFiles, hashed_files_are_kept_and_others_asked_for_again) {
    const WebApp app(directory());
    const Response script = get(app, "/assets/app-1.js");
    EXPECT_EQ(script.type, "text/javascript; charset=utf-8");
    EXPECT_EQ(script.body, "plain script");
    EXPECT_NE(header(script, "Cache-Control").find("immutable"), std::string::npos);
    const Response icon = get(app, "/favicon.svg");
    EXPECT_EQ(icon.type, "image/svg+xml");
    EXPECT_EQ(header(icon, "Cache-Control"), "no-cache");
    const std::string tag = header(icon, "ETag");
    EXPECT_EQ(get(app, "/favicon.svg", {{"if-none-match", "\"other\", W/" + tag}}).status, 304);
    EXPECT_EQ(get(app, "/favicon.svg", {{"if-none-match", "\"other\""}}).status, 200);
}

TEST_F(WebAppFiles, packed_forms_go_to_those_who_take_them) {
    const WebApp app(directory());
    const auto form = [&](const std::string& accepted) {
        return get(app, "/assets/app-1.js", {{"accept-encoding", accepted}});
    };
    EXPECT_EQ(form("gzip, deflate, br").body, "brotli script");
    EXPECT_EQ(header(form("br"), "Content-Encoding"), "br");
    EXPECT_EQ(form("gzip;q=0.5, br;q=0").body, "gzip script");
    EXPECT_EQ(header(form("gzip"), "Content-Encoding"), "gzip");
    EXPECT_EQ(form("identity").body, "plain script");
    EXPECT_NE(header(form("br"), "ETag"), header(form("gzip"), "ETag"));
    EXPECT_EQ(header(form("identity"), "Vary"), "Accept-Encoding");
    const std::string tag = header(form("br"), "ETag");
    EXPECT_EQ(
        get(app, "/assets/app-1.js", {{"accept-encoding", "br"}, {"if-none-match", tag}}).status,
        304);
}

TEST_F(WebAppFiles, nothing_but_the_app_is_given) {
    const WebApp app(directory());
    for (const std::string path :
         {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
          "/link.txt", "//secret.txt", "/./secret.txt", "/assets%2f..%2f..%2fsecret.txt"}) {
        const Response response = get(app, path);
        EXPECT_EQ(response.body.find("secret\n"), std::string::npos) << path;
        EXPECT_NE(response.body, "secret") << path;
    }
    for (const std::string path :
         {"/api/nothing", "/file/x", "/metrics/x", "/setup", "/assets/old-1.js", "/assets/lost.css",
          "/assets/app-1.js.map"}) {
        EXPECT_EQ(get(app, path).status, 404) << path;
    }
}

TEST_F(WebAppFiles, without_an_app_a_page_says_so) {
    const WebApp app(top_ + "/absent");
    EXPECT_FALSE(app.built());
    const Response page = get(app, "/");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("./run"), std::string::npos);
}

TEST_F(WebAppFiles, reading_is_bounded) {
    const WebApp few(directory(), {.files_max = 1});
    EXPECT_FALSE(few.built());
    const WebApp small(directory(), {.bytes_max = 30});
    EXPECT_EQ(get(small, "/assets/app-1.js").body, "plain script");
    EXPECT_FALSE(small.built());
}

TEST(Encodings, are_read_from_the_header) {
    EXPECT_TRUE(accepts_encoding("GZIP", "gzip"));
    EXPECT_TRUE(accepts_encoding("*", "br"));
    EXPECT_FALSE(accepts_encoding("*;q=0", "br"));
    EXPECT_FALSE(accepts_encoding("*, br;q=0.0", "br"));
    EXPECT_TRUE(accepts_encoding("br;q=0.01", "br"));
    EXPECT_FALSE(accepts_encoding("", "br"));
    EXPECT_FALSE(accepts_encoding("brotli", "br"));
    EXPECT_TRUE(names_tag("*", "\"a\""));
    EXPECT_FALSE(names_tag("", "\"a\""));
}

}  // namespace
}  // namespace linka::api
