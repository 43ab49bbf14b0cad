#include "linka/sip/reach.hpp"

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

TEST(Reach, only_plain_addresses_of_one_host_are_sent_to) {
    for (const char* good : {"sip:330@192.0.2.1", "<sip:330@192.0.2.1:5070;transport=tcp>",
                             "sips:[2001:db8::1]:5061", "sip:+420;phone-context=x@127.0.0.1"}) {
        EXPECT_EQ(reach_fault(good), "") << good;
    }
    for (const char* bad :
         {"", "sip:", "tel:112", "sip:u@host.example.com", "<sip:u@0.0.0.0>", "sip:u@[::]",
          "sip:u@224.1.1.1", "sip:u@255.255.255.255", "sip:u@192.0.2.1;maddr=192.0.2.2",
          "http://192.0.2.1/", "sip:192.0.2.1@host.example.com"}) {
        EXPECT_NE(reach_fault(bad), "") << bad;
    }
}

}  // namespace
}  // namespace linka::sip
