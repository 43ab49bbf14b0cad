// What the command line and the configuration file say. One description (CLI11) gives the parser,
// `--help`, and `config/linka.example.toml`; unknown keys stop the start.
#pragma once

#include <string>

namespace linka::app {

/// Options of `linka serve`. Ports 1..65535.
struct ServeOptions {
    std::string data = "./var";
    std::string database;  // postgresql://…; empty: a file in `data`
    std::string listen;    // empty: loopback while the data is the demo's, else all addresses
    int https_port = 8443;
    int http_port = 8080;
    int sip_port = 5060;
    int sips_port = 5061;
    std::string rtp_ports = "20000-29999";
    std::string seed = "demo";  // for a new directory: demo or empty
    std::string admin_password;
    bool demo_anywhere = false;
    std::string public_address;                     // put into SIP and SDP when behind NAT
    int media_workers = 0;                          // 0: one a core
    std::string encode_recordings = "during-call";  // or after-call
    bool sync = true;                               // fsync each commit
    bool log_json = false;
    std::string log_level = "info";
};

struct StopOptions {
    std::string data = "./var";
    bool now = false;
};

struct DataOptions {
    std::string data = "./var";
    std::string database;  // as of ServeOptions
    std::string file;
};

struct UserOptions {
    std::string data = "./var";
    std::string database;  // as of ServeOptions
    std::string name;      // of the user
};

/// Directories with a database in them, or postgresql://….
struct CopyOptions {
    std::string from;
    std::string to;
};

}  // namespace linka::app
