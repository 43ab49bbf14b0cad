#include "linka/app/demo_files.hpp"

#include "linka/app/demo.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/store/reader.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace linka::app {
namespace {

namespace fs = std::filesystem;

// recordings/2026/01/31/17.opus is recording 17; so is 17.opus.part.
core::RecordingId recording_of(const fs::path& file) {
    const std::string name = file.filename().string();
    return core::RecordingId{text::to_int(name.substr(0, name.find('.'))).value_or(0)};
}

Status failed(const fs::path& path, const std::error_code& failure) {
    return fail(ErrorCode::internal, text::format("{}: {}", path.string(), failure.message()));
}

std::vector<fs::path> files_under(const fs::path& directory, std::error_code& failure) {
    std::vector<fs::path> files;
    for (auto entry = fs::recursive_directory_iterator(directory, failure);
         !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
        if (entry->is_regular_file(failure)) {
            files.push_back(entry->path());
        }
    }
    return files;
}

// The directory of a day whose last recording went, its month and its year.
void remove_empty(fs::path directory, const fs::path& top) {
    std::error_code failure;
    while (directory != top && fs::is_empty(directory, failure) && !failure) {
        fs::remove(directory, failure);
        directory = directory.parent_path();
    }
}

struct NamedStatus {
    std::int64_t id = 0;
    std::string name;
};
LINKA_DESCRIBE(NamedStatus, (id, name))

bool is_demo_status(const std::string& name) {
    const auto all = demo_statuses();
    return std::any_of(all.begin(), all.end(),
                       [&](const DemoStatus& each) { return each.name == name; });
}

}  // namespace

Status forget_statuses(store::Store& store) {
    const auto reader = store.reader();
    if (!reader) {
        return reader.error();
    }
    store::Query query;
    query.take = 1000;
    const auto page = (*reader)->list(store::Model::statuses, query);
    if (!page) {
        return page.error();
    }
    for (const std::string& row : page->rows) {
        const auto status = json::from_text<NamedStatus>(row, json::Unknown::ignore);
        if (!status || !is_demo_status(status->name)) {
            continue;
        }
        const Status removed = store.remove_record(status->id, runtime::wall_now());
        if (!removed) {
            return removed;
        }
    }
    return Done{};
}

Status forget_recordings(store::Store& store, const std::string& data, core::RecordingId last) {
    const auto reader = store.reader();
    if (!reader) {
        return reader.error();
    }
    const auto kept = (*reader)->recordings_until(last);
    if (!kept) {
        return kept.error();
    }
    const fs::path top = fs::path(data) / "recordings";
    std::error_code failure;
    if (fs::exists(top, failure)) {
        const std::vector<fs::path> files = files_under(top, failure);
        if (failure) {
            return failed(top, failure);
        }
        for (const fs::path& file : files) {
            const core::RecordingId id = recording_of(file);
            if (!id || id > last || std::binary_search(kept->begin(), kept->end(), id)) {
                continue;
            }
            if (!fs::remove(file, failure) && failure) {
                return failed(file, failure);
            }
            remove_empty(file.parent_path(), top);
        }
    }
    fs::remove_all(fs::path(data) / "cache", failure);
    return failure ? failed(fs::path(data) / "cache", failure) : Status(Done{});
}

}  // namespace linka::app
