#include "linka/runtime/log.hpp"

#include "linka/base/json_read.hpp"

#include <regex>
#include <thread>

#include <gtest/gtest.h>

namespace linka::log {
namespace {

class Log : public ::testing::Test {
  protected:
    ~Log() override { configure({}); }

    template <typename Work>
    static std::string captured(Work work) {
        ::testing::internal::CaptureStderr();
        work();
        return ::testing::internal::GetCapturedStderr();
    }
};

TEST_F(Log, writes_readable_lines) {
    const std::string line = captured([] {
        warn("offer declined", {{"queue", 6001},
                                {"agent", Id<struct AgentTag>{7}},
                                {"reason", "two words"},
                                {"text", "a\nb"},
                                {"word", std::string("busy")}});
    });
    EXPECT_TRUE(std::regex_match(
        line, std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warn  offer declined )"
                         R"(queue=6001 agent=7 reason="two words" text="a\\nb" word=busy\n)")))
        << line;
}

TEST_F(Log, writes_json_lines) {
    configure({.json = true});
    const std::string line = captured([] { info("a \"b\"", {{"n", -5}, {"s", "5\n"}}); });
    const auto read = json::parse(line);
    ASSERT_TRUE(read.ok()) << line;
    const auto& object = read->as_object();
    EXPECT_EQ(object.at("level").as_string(), "info");
    EXPECT_EQ(object.at("message").as_string(), "a \"b\"");
    EXPECT_EQ(object.at("n").as_int64(), -5);
    EXPECT_EQ(object.at("s").as_string(), "5\n");
}

TEST_F(Log, leaves_out_what_is_below_its_level) {
    EXPECT_EQ(captured([] { debug("hidden"); }), "");
    configure({.level = Level::error});
    EXPECT_EQ(captured([] { warn("hidden"); }), "");
    EXPECT_NE(captured([] { error("shown"); }), "");
    configure({.level = Level::debug});
    EXPECT_NE(captured([] { debug("shown"); }), "");
}

TEST_F(Log, keeps_lines_whole_when_threads_write_at_once) {
    const std::string lines = captured([] {
        std::vector<std::thread> writers;
        for (int t = 0; t < 4; ++t) {
            writers.emplace_back([] {
                for (int i = 0; i < 200; ++i) {
                    info("line", {{"i", i}});
                }
            });
        }
        for (auto& writer : writers) {
            writer.join();
        }
    });
    const std::regex whole(R"([0-9T:.Z-]+ info  line i=\d+\n)");
    const auto count = std::distance(std::sregex_iterator(lines.begin(), lines.end(), whole), {});
    EXPECT_EQ(count, 800);
    EXPECT_EQ(std::regex_replace(lines, whole, ""), "");
}

}  // namespace
}  // namespace linka::log
