#include "linka/api/live/refusal_text.hpp"

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

TEST(RefusalText, speaks_the_readers_language_and_keeps_names) {
    const auto cs = [](std::string_view text) { return refusal_text(text, Language::cs); };
    EXPECT_EQ(cs("5 to 90 s"), "5 až 90 s");
    EXPECT_EQ(cs("used by queue 6001"), "používá fronta 6001");
    EXPECT_EQ(cs("no queue "), "no queue ") << "a sentence without its name is another one";
    EXPECT_EQ(cs("330 is a back-office user's"), "330 patří uživateli back office");
    EXPECT_EQ(cs("1 to 64 of 0-9 * # A-D"), "1 až 64 z 0-9 * # A-D");
    EXPECT_EQ(cs("something new"), "something new");
    EXPECT_EQ(refusal_text("5 to 90 s", Language::en), "5 to 90 s");
    EXPECT_EQ(cs("510 is the extension of user jan"), "510 je linka uživatele jan");
    EXPECT_EQ(cs("12a: must be 2 to 8 digits"), "12a: musí to být 2 až 8 číslic");
    EXPECT_EQ(cs("there are 1000 already, and no more than 1000 can be"),
              "je jich už 1000, a víc než 1000 jich být nemůže");
    EXPECT_EQ(cs("the server's disk is full: nothing can be kept until there is room"),
              "na disku serveru není místo: dokud nebude, nic se neuloží");
}

// The sentences of a call, an example in place of each name that is put into them: what stands
// between literals is one if it is added on both sides.
std::vector<std::string> sentences_in(const std::string& call) {
    static const std::regex literal(R"re("([^"]*)")re");
    std::vector<std::string> all;
    std::size_t last = 0;
    bool open = false;  // what came so far goes on behind a name
    for (std::sregex_iterator at(call.begin(), call.end(), literal), end; at != end; ++at) {
        const auto from = static_cast<std::size_t>(at->position());
        const std::string before = call.substr(last, from - last);
        const bool joined = before.ends_with(" + ");
        if (open && joined) {
            all.back() += at->str(1);
        } else {
            all.push_back((joined ? "510" : "") + at->str(1));
        }
        last = from + at->str().size();
        open = call.compare(last, 3, " + ") == 0;
        all.back() += open ? "7" : "";
    }
    std::erase_if(all, [](const std::string& text) { return text.find(' ') == std::string::npos; });
    return all;
}

// Goal: nothing that the core refuses is English in the Czech page. Method: the sentences are read
// from the sources.
TEST(RefusalText, has_the_czech_of_each_sentence_of_the_core) {
    const std::regex refusal(R"re((?:fault|invalid)\([^;]*;)re");
    std::size_t count = 0;
    const std::filesystem::path core = std::string(LINKA_SOURCE_DIR) + "/src/linka/core";
    for (const auto& file : std::filesystem::recursive_directory_iterator(core)) {
        const std::string name = file.path().filename();
        if (!name.ends_with(".cpp") || name.ends_with("_test.cpp")) {
            continue;
        }
        std::ifstream in(file.path());
        std::ostringstream read;
        read << in.rdbuf();
        const std::string source = read.str();
        for (std::sregex_iterator at(source.begin(), source.end(), refusal), end; at != end; ++at) {
            for (const std::string& text : sentences_in(at->str())) {
                EXPECT_NE(refusal_text(text, Language::cs), text) << name;
                ++count;
            }
        }
    }
    EXPECT_GT(count, 60U) << "the sentences are written in another way by now";
}

}  // namespace
}  // namespace linka::api::testing
