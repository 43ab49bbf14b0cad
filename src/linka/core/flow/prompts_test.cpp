#include "linka/core/flow/prompts.hpp"

#include <fstream>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace linka::core {
namespace {

// Goal: nobody is ever answered by silence. Every prompt that the core asks for or offers is in the
// tables that are spoken at build time.
TEST(Prompts, AreSpokenInEveryLanguage) {
    for (const std::string language : {"cs", "en"}) {
        std::ifstream table(std::string(LINKA_SOURCE_DIR) + "/prompts/" + language + ".txt");
        ASSERT_TRUE(table.is_open());
        std::set<std::string, std::less<>> names;
        for (std::string line; std::getline(table, line);) {
            names.insert(line.substr(0, line.find('\t')));
        }
        for (const std::string_view name : prompt::all) {
            EXPECT_TRUE(names.contains(name)) << name << " in " << language;
        }
        for (const std::string_view name : prompt::offered) {
            EXPECT_TRUE(names.contains(name)) << name << " in " << language;
        }
    }
}

}  // namespace
}  // namespace linka::core
