// What a server on the open network meets: slow, oversized, broken and too many peers. On the
// plain port, which runs the same connections as the other.
#include "linka/api/server/listener.hpp"
#include "linka/api/testing/rig.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct Plain {
    explicit Plain(Limits limits, int threads = 2, std::function<bool(const Request&)> large = {})
        : listeners(limits, threads) {
        listeners.take_large(std::move(large));
        auto bound = listeners.listen("127.0.0.1", 0, false,
                                      [](const Request& request, const Respond& respond) {
                                          Response response = json_response(request.body);
                                          response.headers.emplace_back("X-Path", request.path);
                                          respond(std::move(response));
                                      });
        EXPECT_TRUE(bound.ok());
        port = bound ? *bound : 0;
        listeners.start();
    }
    ~Plain() { listeners.stop(1s); }

    Answer ask(std::string_view bytes) const {
        Wire wire(port, false);
        wire.send(bytes);
        return wire.answer();
    }
    HttpListeners listeners;
    std::uint16_t port = 0;
};

Limits quick() {
    Limits limits;
    limits.header = 200ms;
    limits.body = 200ms;
    limits.idle = 300ms;
    limits.linger = 100ms;
    return limits;
}

TEST(Hostile, refuses_what_is_malformed) {
    Plain plain(quick());
    EXPECT_EQ(plain.ask("nonsense\r\n\r\n").status, 400);
    EXPECT_EQ(plain.ask("GET /%zz HTTP/1.1\r\n\r\n").status, 400);
    EXPECT_EQ(plain.ask("GET /../x HTTP/1.1\r\n\r\n").status, 400);
    EXPECT_EQ(plain.ask("GET http://x/ HTTP/1.1\r\n\r\n").status, 400);
    EXPECT_EQ(plain.ask("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n").status, 400);
    EXPECT_EQ(plain.ask("POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n").status,
              400);
    EXPECT_EQ(plain.ask("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n").status, 400);
}

TEST(Hostile, refuses_what_is_too_large) {
    Plain plain(quick());
    EXPECT_EQ(plain.ask("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n").status,
              431);
    EXPECT_EQ(plain.ask("POST / HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n").status, 413);
    std::string chunks = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i) {
        chunks += "10000\r\n" + std::string(65'536, 'x') + "\r\n";
    }
    EXPECT_EQ(plain.ask(chunks + "0\r\n\r\n").status, 413);
}

// Goal: only who may send more is let, and not too many at once. Method: bodies of 3 kB where 1 kB
// is the rule, by length and in one chunk that comes with the head.
TEST(Hostile, takes_large_bodies_of_those_who_may) {
    Limits limits = quick();
    limits.body_bytes = 1000;
    limits.large_body_bytes = 4000;
    limits.large_bodies = 1;
    limits.large_body = 10s;
    Plain plain(limits, 2, [](const Request& head) { return head.path == "/large"; });
    const auto of = [](const std::string& path, std::size_t bytes) {
        return "POST " + path + " HTTP/1.1\r\nContent-Length: " + std::to_string(bytes) +
               "\r\n\r\n" + std::string(bytes, 'x');
    };
    EXPECT_EQ(plain.ask(of("/large", 3000)).status, 200);
    EXPECT_EQ(plain.ask(of("/large", 3000)).status, 200) << "the first is over";
    EXPECT_EQ(plain.ask(of("/large", 4001)).status, 413);
    EXPECT_EQ(plain.ask(of("/small", 3000)).status, 413);
    const std::string chunk = "bb8\r\n" + std::string(3000, 'x') + "\r\n0\r\n\r\n";
    const std::string chunked = " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk;
    EXPECT_EQ(plain.ask("POST /large" + chunked).status, 200);
    EXPECT_EQ(plain.ask("POST /small" + chunked).status, 413);
    Wire under_way(plain.port, false);
    under_way.send("POST /large HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3000\r\n\r\n");
    EXPECT_EQ(under_way.answer().status, 100);  // it is counted from here on
    EXPECT_EQ(plain.ask(of("/large", 3000)).status, 413);
    under_way.send(std::string(3000, 'x'));
    EXPECT_EQ(under_way.answer().status, 200);
    EXPECT_EQ(plain.ask(of("/large", 3000)).status, 200);
}

TEST(Hostile, gives_slow_peers_up) {
    Plain plain(quick());
    EXPECT_EQ(plain.ask("GET / HTTP/1.1\r\nX: y").status, 408);
    EXPECT_EQ(plain.ask("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab").status, 408);
    EXPECT_EQ(plain.ask("").status, 0);  // half-open: closed without a word
}

TEST(Hostile, takes_chunks_pipelines_and_keeps_alive) {
    Plain plain(quick());
    EXPECT_EQ(plain
                  .ask("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n"
                       "0\r\n\r\n")
                  .body,
              "abc");
    Wire wire(plain.port, false);
    wire.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(wire.answer().headers.at("x-path"), "/1");
    EXPECT_EQ(wire.answer().headers.at("x-path"), "/2");
    wire.send("GET /3 HTTP/1.0\r\n\r\n");
    EXPECT_EQ(wire.answer().headers.at("connection"), "close");
}

// Connections that sit there make room for those who ask; those who are served do not. One thread,
// so that each connection sits there by the time that the next one comes: with more, its client may
// have the answer before the server has gone on to wait.
TEST(Hostile, bounds_the_connections) {
    Limits limits = quick();
    limits.plain_connections = 3;
    limits.first = 10s;
    limits.idle = 10s;
    Plain plain(limits, 1);
    std::vector<std::unique_ptr<Wire>> wires;
    for (int i = 0; i < 3; ++i) {
        wires.push_back(std::make_unique<Wire>(plain.port, false));
        wires.back()->send("GET / HTTP/1.1\r\n\r\n");
        EXPECT_EQ(wires.back()->answer().status, 200);
    }
    EXPECT_EQ(plain.ask("GET / HTTP/1.1\r\n\r\n").status, 200);
    EXPECT_EQ(wires.front()->read(1), "") << "it had waited longest";
    wires.back()->send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(wires.back()->answer().status, 200);
}

TEST(Hostile, closes_who_says_nothing) {
    Limits limits = quick();
    limits.first = 50ms;
    limits.idle = 10s;
    Plain plain(limits);
    Wire silent(plain.port, false);
    EXPECT_EQ(silent.read(1), "");
}

// Each kind of port has its own places: the page for certificates cannot starve the application.
TEST(Hostile, the_plain_page_has_places_of_its_own) {
    Limits limits;
    limits.plain_connections = 2;
    Rig rig(limits);
    std::vector<std::unique_ptr<Wire>> silent;
    for (int i = 0; i < 20; ++i) {
        silent.push_back(std::make_unique<Wire>(rig.server->http_port(), false));
    }
    EXPECT_EQ(rig.request("GET", "/healthz").status, 200);
    Wire wire(rig.server->http_port(), false);
    wire.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(wire.answer().status, 200);
}

TEST(Hostile, serves_no_encoding_that_a_proxy_could_read_otherwise) {
    Plain plain(quick());
    for (const std::string encoding :
         {"xchunked", "chunked, identity", "identity", "gzip, chunked"}) {
        EXPECT_EQ(
            plain.ask("POST / HTTP/1.1\r\nTransfer-Encoding: " + encoding + "\r\n\r\n0\r\n\r\n")
                .status,
            501)
            << encoding;
    }
}

TEST(Hostile, names_the_busy_port) {
    Plain plain(quick());
    HttpListeners second(quick(), 1);
    const auto bound = second.listen("127.0.0.1", plain.port, false, {});
    ASSERT_FALSE(bound.ok());
    EXPECT_NE(bound.error().text.find(std::to_string(plain.port)), std::string::npos);
}

TEST(HelpPage, helps_and_gives_the_authority) {
    Rig rig;
    Wire wire(rig.server->http_port(), false);
    wire.send("GET / HTTP/1.1\r\nHost: linka.example:8080\r\n\r\n");
    const Answer page = wire.answer();
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("https://linka.example:" + std::to_string(rig.server->https_port())),
              std::string::npos);
    EXPECT_NE(page.body.find("thisisunsafe"), std::string::npos);
    EXPECT_NE(page.body.find("Otevřít Linku"), std::string::npos);
    EXPECT_EQ(page.body.find("Open Linka"), std::string::npos) << "one language at a time";
    wire.send("GET / HTTP/1.1\r\nHost: x\r\nAccept-Language: en-GB,cs\r\n\r\n");
    EXPECT_NE(wire.answer().body.find("Open Linka"), std::string::npos);
    wire.send("GET /?lang=cs HTTP/1.1\r\nHost: x\r\nAccept-Language: en-GB\r\n\r\n");
    EXPECT_NE(wire.answer().body.find("Otevřít Linku"), std::string::npos);
    wire.send("GET /linka-ca.crt HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(wire.answer().body.find("BEGIN CERTIFICATE"), std::string::npos);
    wire.send("GET / HTTP/1.1\r\nHost: <script>\r\n\r\n");
    EXPECT_EQ(wire.answer().body.find("<script>"), std::string::npos);
}

TEST(HelpPage, is_found_from_the_application) {
    Rig rig;
    Wire wire(rig.server->https_port(), true);
    wire.send("GET /certificate HTTP/1.1\r\nHost: linka.example:8443\r\n\r\n");
    const Answer answer = wire.answer();
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(answer.headers.at("location"),
              "http://linka.example:" + std::to_string(rig.server->http_port()) + "/");
}

// The routes that are served and those of contract/openapi.json are the same.
TEST(Contract, describes_every_route) {
    Rig rig;
    std::ifstream in(std::string(LINKA_SOURCE_DIR) + "/contract/openapi.json");
    std::ostringstream text;
    text << in.rdbuf();
    const auto document = json::parse(text.str());
    ASSERT_TRUE(document.ok());
    std::vector<std::string> described;
    for (const auto& path : document->at("paths").as_object()) {
        for (const auto& method : path.value().as_object()) {
            std::string name(method.key());
            for (char& c : name) {
                c = static_cast<char>(c - 'a' + 'A');
            }
            described.push_back(name + " " + std::string(path.key()));
        }
    }
    std::vector<std::string> served = rig.server->routes();
    std::sort(described.begin(), described.end());
    std::sort(served.begin(), served.end());
    EXPECT_EQ(described, served);
}

}  // namespace
}  // namespace linka::api::testing
