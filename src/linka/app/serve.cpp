#include "linka/app/commands.hpp"
#include "linka/app/server.hpp"
#include "linka/runtime/heap.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/this_machine.hpp"

#include <cstdio>

namespace linka::app {
namespace {

log::Level level_from(const std::string& name) {
    if (name == "debug") {
        return log::Level::debug;
    }
    if (name == "warn") {
        return log::Level::warn;
    }
    return name == "error" ? log::Level::error : log::Level::info;
}

}  // namespace

int serve(const ServeOptions& options) {
    log::configure({.json = options.log_json, .level = level_from(options.log_level)});
    runtime::give_memory_back();
    runtime::raise_file_limit();
    Server server(options);
    const Status started = server.start();
    if (!started) {
        std::fprintf(stderr, "linka: %s\n", started.error().text.c_str());
        return 2;
    }
    return server.run();
}

}  // namespace linka::app
