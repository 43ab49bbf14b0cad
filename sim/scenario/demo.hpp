// The demo company, told in the language of scenarios: the same people, queues and numbers as the
// server's own demo.
#pragma once

#include <string>
#include <string_view>

namespace linka::sim {

class Stage;

inline constexpr std::string_view demo_company = R"(# The demo company.
Given queue 6001 "Podpora", type in
Given queue 6002 "Odchozí", type out
Given queue 6003 "E-maily", type email, switched off
Given queue 6004 "Chat", type chat, switched off
Given queue 6005 "SMS", type sms, switched off
Given queue 6006 "Prodej", type in, auto-answer
Given user František extension 510, device 330, device 821, device 00420777123456
Given user František has queue 6001, queue 6002, queue 6003, queue 6004, queue 6005, queue 6006
Given user Jana extension 511, access manager, device 331, device 822
Given user Jana has queue 6001, queue 6002, queue 6003, queue 6004, queue 6005, queue 6006
Given user Jan extension 512, device 332, device 823
Given user Jan has queue 6001, queue 6002, queue 6003, queue 6004, queue 6005, queue 6006
Given user Petr extension 513, device 333, device 824, queue 6001
Given user Eva extension 514, queue 6001, queue 6002, queue 6006
Given user Účetní extension 520, back office, device 320
Given ring group 700 all: 520 for 20 s, otherwise hang up
Given menu Hlavní: 1 leads to queue 6001, 2 leads to queue 6006, 9 leads to voicemail, 0 leads to extension 510, otherwise queue 6001
Given number 226000001 leads to menu Hlavní
Given number 226000002 leads to queue 6001
Given number 226000003 leads to ring group 700
Given number 226000004 leads to extension 510
Given number 226000009 leads to echo
)";

/// Furnishes the stage with it; says what is wrong.
std::string furnish_demo(Stage& stage);

}  // namespace linka::sim
