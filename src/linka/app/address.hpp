// Small decisions about addresses and ports that the commands share.
#pragma once

#include "linka/base/result.hpp"

#include <string>

namespace linka::app {

struct PortRange {
    int low = 0;
    int high = 0;
};

/// "20000-29999": even low, at least 100 ports, within 1024..65535. Errors name the option.
Result<PortRange> parse_port_range(const std::string& text);

/// 127.0.0.0/8 and ::1.
bool is_loopback(const std::string& address);
bool is_ip_address(const std::string& address);
/// As it stands in a URI: IPv6 in brackets; "0.0.0.0" and "::" as this machine's loopback address.
std::string for_uri(const std::string& address);

/// Empty if a socket of that kind can be bound there now, else the system's reason.
std::string port_trouble(const std::string& address, int port, bool udp);

/// Whether a process with this id is alive.
bool is_alive(int pid);

/// The directory of the running program, where linka-media and the prompts are.
std::string program_directory();

}  // namespace linka::app
