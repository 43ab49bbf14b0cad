// audit, backup, restore: the commands about what is kept.
#include "linka/app/commands.hpp"
#include "linka/store/audit.hpp"
#include "linka/store/backup.hpp"

#include <cinttypes>
#include <cstdio>

namespace linka::app {
namespace {

int report(const Error& error) {
    std::fprintf(stderr, "linka: %s\n", error.text.c_str());
    return 2;
}

}  // namespace

int audit(const DataOptions& options) {
    const auto audited = store::audit(options.data);
    if (!audited) {
        return report(audited.error());
    }
    std::printf("%" PRId64 " events folded afresh\n", audited->events);
    for (const auto& table : audited->tables) {
        std::printf("%-14s %8" PRId64 " rows, %" PRId64 " differ\n", table.table.c_str(),
                    table.rows, table.differences);
    }
    for (const std::string& difference : audited->differences) {
        std::printf("differs: %s\n", difference.c_str());
    }
    std::printf(audited->equal() ? "audit: equal\n" : "audit: different\n");
    return audited->equal() ? 0 : 1;
}

int backup(const DataOptions& options) {
    const auto made = store::backup(options.data, options.file);
    if (!made) {
        return report(made.error());
    }
    std::printf("%s: %" PRId64 " files, %" PRId64 " events, %" PRId64 " bytes\n",
                options.file.c_str(), made->files, made->events, made->bytes);
    return 0;
}

int restore(const DataOptions& options) {
    const auto made = store::restore(options.file, options.data);
    if (!made) {
        return report(made.error());
    }
    std::printf("%s: %" PRId64 " files, %" PRId64 " events; start it with: linka serve --data %s\n",
                options.data.c_str(), made->files, made->events, options.data.c_str());
    return 0;
}

}  // namespace linka::app
