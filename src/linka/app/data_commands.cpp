// audit, backup, restore: the commands about what is kept.
#include "linka/app/commands.hpp"
#include "linka/store/audit.hpp"
#include "linka/store/backup.hpp"

#include <cstdio>

namespace linka::app {
namespace {

int report(const Error& error) {
    std::fprintf(stderr, "linka: %s\n", error.text.c_str());
    return 2;
}

}  // namespace

int audit(const DataOptions& options) {
    const auto report_or = store::audit(options.data);
    if (!report_or) {
        return report(report_or.error());
    }
    for (const auto& line : report_or->compared) {
        std::printf("%s\n", line.c_str());
    }
    for (const auto& line : report_or->differences) {
        std::printf("differs: %s\n", line.c_str());
    }
    const bool equal = report_or->differences.empty();
    std::printf(equal ? "audit: equal\n" : "audit: different\n");
    return equal ? 0 : 1;
}

int backup(const DataOptions& options) {
    const Status made = store::backup(options.data, options.file);
    if (!made) {
        return report(made.error());
    }
    std::printf("backup: %s\n", options.file.c_str());
    return 0;
}

int restore(const DataOptions& options) {
    const Status done = store::restore(options.file, options.data);
    if (!done) {
        return report(done.error());
    }
    std::printf("restored into %s; start it with: linka serve --data %s\n", options.data.c_str(),
                options.data.c_str());
    return 0;
}

}  // namespace linka::app
