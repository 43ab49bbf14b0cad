// audit, backup, restore, copy: the commands about what is kept.
#include "linka/app/commands.hpp"
#include "linka/store/audit.hpp"
#include "linka/store/backup.hpp"
#include "linka/store/copy.hpp"
#include "linka/store/db/address.hpp"
#include "linka/voice/save.hpp"

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
    const auto audited = store::audit({options.data, options.database});
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
    const auto made = store::backup({options.data, options.database}, options.file);
    if (!made) {
        return report(made.error());
    }
    std::printf("%s: %" PRId64 " files, %" PRId64 " events, %" PRId64 " bytes\n",
                options.file.c_str(), made->files, made->events, made->bytes);
    return 0;
}

int restore(const DataOptions& options) {
    // Its calls are over, or go on at the server that it is a copy of: they are not hung up from
    // here.
    const auto made = store::restore(options.file, {options.data, options.database},
                                     {std::string(voice::leg_kind)});
    if (!made) {
        return report(made.error());
    }
    std::printf("%s: %" PRId64 " files, %" PRId64
                " events; start it with: linka serve --data %s%s\n",
                options.data.c_str(), made->files, made->events, options.data.c_str(),
                options.database.empty() ? "" : " --database with the same address");
    return 0;
}

int copy(const CopyOptions& options) {
    const auto copied = store::copy_company(
        options.from, options.to, [](std::string_view table, std::int64_t rows, std::int64_t of) {
            std::printf("%.*s: %" PRId64 " of %" PRId64 " rows\n", static_cast<int>(table.size()),
                        table.data(), rows, of);
            std::fflush(stdout);
        });
    if (!copied) {
        return report(copied.error());
    }
    std::printf("%" PRId64 " events copied; now they are folded afresh and compared\n",
                copied->events);
    std::fflush(stdout);
    DataOptions target;
    (store::is_server(options.to) ? target.database : target.data) = options.to;
    return audit(target);
}

}  // namespace linka::app
