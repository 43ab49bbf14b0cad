#include "linka/core/voice/number.hpp"

#include <gtest/gtest.h>

namespace linka::core {
namespace {

TEST(Number, one_customer_is_one_number_however_it_is_written) {
    struct Row {
        const char* written;
        const char* normal;
    };
    const Row rows[] = {
        {"+420777123456", "00420777123456"},
        {"00420777123456", "00420777123456"},
        {"420777123456", "00420777123456"},
        {"777123456", "00420777123456"},
        {"777 123 456", "00420777123456"},
        {"+420 777-123-456", "00420777123456"},
        {"(+420) 777 123 456", "00420777123456"},
        {"+421905123456", "00421905123456"},
        {"00421905123456", "00421905123456"},
        {"+1 212 555 0100", "0012125550100"},
        {"112", "112"},
        {"510", "510"},
        {"11611", "11611"},
        {"42077712345", "42077712345"},      // too short for our own country
        {"4207771234567", "4207771234567"},  // too long
        {"anonymous", ""},
        {"Anonymous", ""},
        {"Unavailable", ""},
        {"", ""},
        {"reception", "reception"},
        {"+", "+"},
        {"77+7123456", "77+7123456"},
        {"777123456;ext=1", "777123456;ext=1"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(normal_number(row.written, "420"), row.normal) << row.written;
    }
    EXPECT_EQ(normal_number("905123456", "421"), "00421905123456");
}

TEST(Number, writing_it_again_changes_nothing) {
    for (const char* written : {"+420777123456", "777123456", "112", "anonymous", "reception"}) {
        const std::string once = normal_number(written, "420");
        EXPECT_EQ(normal_number(once, "420"), once) << written;
    }
}

TEST(Number, rules_may_name_a_caller_in_any_form) {
    EXPECT_EQ(forms_of("+420777123456", "420"),
              (std::vector<std::string>{"+420777123456", "00420777123456", "777123456"}));
    EXPECT_EQ(forms_of("510", "420"), (std::vector<std::string>{"510"}));
    EXPECT_EQ(forms_of("Anonymous", "420"), (std::vector<std::string>{"Anonymous", ""}));
}

}  // namespace
}  // namespace linka::core
