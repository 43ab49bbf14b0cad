// Each file of tests/scenario is one test. Then: the reader names what it does not understand.
#include "sim/scenario/runner.hpp"

#include <filesystem>

#include <gtest/gtest.h>

namespace linka::sim {
namespace {

std::vector<std::string> scenario_names() {
    std::vector<std::string> names;
    const std::filesystem::path folder = std::string{LINKA_SOURCE_DIR} + "/tests/scenario";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".txt") {
            names.push_back(entry.path().stem().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

class Scenario : public testing::TestWithParam<std::string> {};

TEST_P(Scenario, plays_as_written) {
    const std::string path =
        std::string{LINKA_SOURCE_DIR} + "/tests/scenario/" + GetParam() + ".txt";
    const Performance performance = perform_file(path);
    EXPECT_GT(performance.steps, 3U);
    for (const std::string& wrong : performance.wrong) {
        ADD_FAILURE() << path << ": " << wrong;
    }
}

INSTANTIATE_TEST_SUITE_P(Files, Scenario, testing::ValuesIn(scenario_names()),
                         [](const auto& file) { return file.param; });

std::string reading_error(std::string_view text) {
    const auto read = check_script(text);
    return read ? std::string{} : read.error().text;
}

TEST(ScenarioReader, names_line_and_word_at_fault) {
    EXPECT_EQ(reading_error("# Goal\n\nGiven the demo company\nthen 330 rungs\n"),
              "line 4, column 10: I do not understand \"rungs\" (after \"330\")");
    EXPECT_EQ(reading_error("# Goal\nKarel waits in queue\n"),
              "line 2, column 16: something is missing after \"queue\"");
    EXPECT_EQ(reading_error("# Goal\nGiven queue 6001 \"Pod\n"),
              "line 2, column 18: a quote is not closed");
    EXPECT_EQ(reading_error("Karel calls 1\n"), "line 1: the goal is missing (a comment: # …)");
}

TEST(ScenarioReader, is_bounded) {
    EXPECT_NE(reading_error("# Goal\n" + std::string(script_bytes_max, ' ')), "");
    std::string many = "# Goal\n";
    for (std::size_t step = 0; step <= steps_max; ++step) {
        many += "a rings\n";
    }
    EXPECT_EQ(reading_error(many), "line 2002, column 1: more than 2000 steps");
    EXPECT_NE(reading_error("# Goal\n\xff\xfe"), "");
}

TEST(ScenarioRunner, tells_what_it_found_instead) {
    const Performance performance =
        perform("# Goal\nGiven the demo company\nKarel calls 226000004\nthen 330 rings\n");
    ASSERT_EQ(performance.wrong.size(), 1U);
    EXPECT_EQ(performance.wrong[0], "line 4: \"330 rings\": 330 has no leg");
}

TEST(ScenarioRunner, a_refusal_must_be_the_one_that_was_told) {
    const Performance performance =
        perform("# Goal\nGiven the demo company\nJan becomes ready and is refused: busy\n");
    ASSERT_EQ(performance.wrong.size(), 1U);
}

}  // namespace
}  // namespace linka::sim
