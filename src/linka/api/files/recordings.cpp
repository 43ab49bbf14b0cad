#include "linka/api/files/recordings.hpp"

#include "linka/api/files/audio.hpp"
#include "linka/api/files/range.hpp"
#include "linka/api/live/names.hpp"
#include "linka/api/server/url.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"

#include <sys/stat.h>

namespace linka::api {

namespace {

struct Found {
    std::string file;  // relative to the data directory
    std::string activity;
};

// A recording of this activity that is finished, the longest first; only if they may hear it.
std::optional<Found> find_recording(store::Reader& reader, const core::User& viewer,
                                    const Records& records, core::ActivityId activity) {
    store::Query query;
    query.filter =
        v6::all_of({v6::is_equal("activity", std::to_string(activity.value)),
                    v6::is_in("status", {"Converted", "Lost"}),  // also one whose end is lost
                    audible_rows(viewer, records)});
    query.sort = {{"duration", true}};
    query.take = 1;
    query.count = false;
    const auto page = reader.list(store::Model::recordings, query);
    if (!page) {
        log::error("recordings cannot be read", {{"reason", page.error().text}});
        return std::nullopt;
    }
    if (page->rows.empty()) {
        return std::nullopt;
    }
    return Found{v6::text_in(v6::row_object(page->rows.front()), "file"), activity_name(activity)};
}

// The core names the files; a name that would leave the directory is not followed all the same.
bool is_inside(const std::string& file) {
    return !file.empty() && file.front() != '/' && file.find("..") == std::string::npos;
}

Response no_recording() {
    return error_response(404, "not_found", "there is no recording of this");
}

// The absolute path, and the activity's name for the file that is saved.
std::optional<Found> recording_of(const Site& site, store::Reader& reader, const Call& call) {
    const std::string& name = call.values.at("activity");
    const core::ActivityId activity = activity_from_name(name);
    if (!activity || activity_name(activity) != name) {
        return std::nullopt;
    }
    const auto records = site.directory.now();
    auto found = find_recording(reader, *call.user, *records, activity);
    if (!found || !is_inside(found->file)) {
        return std::nullopt;
    }
    found->file = site.data_directory + "/" + found->file;
    return found;
}

std::string cache_of(const Site& site) {
    return site.data_directory + "/cache";
}

void note_listening(const Site& site, const Call& call, const Found& found) {
    if (!site.listenings.begins(call.user->id, found.file, site.now())) {
        return;
    }
    const Status noted =
        site.store.audit_log(site.now(), call.user->id, "recording.listen", found.activity);
    if (!noted) {
        log::error("audit log not written", {{"reason", noted.error().text}});
    }
}

std::string query_value(const Call& call, std::string_view name) {
    const auto pairs = parse_form(call.request.query);
    const std::string* value = pairs ? find_pair(*pairs, name) : nullptr;
    return value == nullptr ? std::string() : *value;
}

Response recording(const Site& site, store::Reader& reader, const Call& call, AudioFormat format) {
    const auto found = recording_of(site, reader, call);
    if (!found) {
        return no_recording();
    }
    std::string path = found->file;
    if (format != AudioFormat::opus) {
        auto converted = convert_audio(path, format, cache_of(site));
        if (!converted) {
            return error_of(converted.error());
        }
        path = std::move(*converted);
    }
    const std::string download = query_value(call, "download");
    const bool saved = download == "true" || download == "1";
    // A client that saves recordings knows them by the codec; players want the container's name.
    const std::string_view type =
        saved && format == AudioFormat::opus ? "audio/opus" : content_type_of(format);
    Response response = file_response(call.request, path, type);
    if (response.status == 404) {
        log::error("recording is missing", {{"file", path}});
        return no_recording();
    }
    const std::string name = text::format("{}.{}", found->activity, ending_of(format));
    const bool attached = saved || format != AudioFormat::opus;
    response.headers.emplace_back(
        "Content-Disposition",
        text::format("{}; filename=\"{}\"", attached ? "attachment" : "inline", name));
    response.headers.emplace_back("filename", name);  // a connector looks for this one
    const bool heard = response.status == 200 || response.status == 206 || response.status == 304;
    if (heard && call.request.method == Method::get) {
        note_listening(site, call, *found);
    }
    return response;
}

Response peaks(const Site& site, store::Reader& reader, const Call& call) {
    const auto found = recording_of(site, reader, call);
    if (!found) {
        return no_recording();
    }
    const auto file = peaks_of(found->file, cache_of(site));
    return file ? file_response(call.request, *file, "application/json; charset=utf-8")
                : error_of(file.error());
}

// Work with ffmpeg, on workers of its own: it must not hold up those who only read.
void convert_later(const Site& site, const Respond& respond,
                   std::function<Response(store::Reader&)> work) {
    const bool taken =
        site.converting.post([respond, work = std::move(work)](Result<store::Reader*> reader) {
            respond(reader ? work(**reader) : error_of(reader.error()));
        });
    if (!taken) {
        respond(overloaded());
    }
}

void answer_recording(const Site& site, Call call, const Respond& respond) {
    const std::string format = query_value(call, "format");
    if (format.empty() || format == "opus") {
        read_store(site, respond, [&site, call = std::move(call)](store::Reader& reader) {
            return recording(site, reader, call, AudioFormat::opus);
        });
    } else if (format == "wav" || format == "mp3") {
        const AudioFormat wanted = format == "wav" ? AudioFormat::wav : AudioFormat::mp3;
        convert_later(site, respond,
                      [&site, wanted, call = std::move(call)](store::Reader& reader) {
                          return recording(site, reader, call, wanted);
                      });
    } else {
        respond(error_response(400, "invalid", "format: opus, wav or mp3", "format"));
    }
}

}  // namespace

Response file_response(const Request& request, const std::string& path, std::string_view type) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return error_response(404, "not_found", "there is no such file");
    }
    const std::string tag =
        text::format("\"{:x}-{:x}\"", static_cast<std::uint64_t>(info.st_size),
                     static_cast<std::uint64_t>(info.st_mtim.tv_sec) * 1'000'000'000ULL +
                         static_cast<std::uint64_t>(info.st_mtim.tv_nsec));
    Response response;
    response.type = type;
    response.headers = {
        {"ETag", tag}, {"Accept-Ranges", "bytes"}, {"Cache-Control", "private, no-cache"}};
    const std::string* known = request.header("if-none-match");
    if (known != nullptr && (*known == tag || *known == "*")) {
        response.status = 304;
        return response;
    }
    const std::string* range_text = request.header("range");
    const std::string* condition = request.header("if-range");
    const bool same = condition == nullptr || *condition == tag;
    const ByteRange range =
        range_text != nullptr && same ? parse_range(*range_text, info.st_size) : ByteRange{};
    if (range.kind == ByteRange::Kind::unsatisfiable) {
        Response refused = error_response(416, "range", "the file is shorter");
        refused.headers.emplace_back("Content-Range", text::format("bytes */{}", info.st_size));
        return refused;
    }
    if (range.kind == ByteRange::Kind::part) {
        response.status = 206;
        response.headers.emplace_back(
            "Content-Range", text::format("bytes {}-{}/{}", range.first, range.last, info.st_size));
        response.file = FilePart{path, range.first, range.last - range.first + 1};
    } else {
        response.file = FilePart{path, 0, info.st_size};
    }
    return response;
}

void add_recording_routes(Router& router, const Site& site) {
    router.add(Method::get, "/file/recording/{activity}",
               signed_in(site, [&site](Call call, const Respond& respond) {
                   answer_recording(site, std::move(call), respond);
               }));
    router.add(Method::get, "/file/recording/{activity}/peaks",
               signed_in(site, [&site](Call call, const Respond& respond) {
                   convert_later(site, respond,
                                 [&site, call = std::move(call)](store::Reader& reader) {
                                     return peaks(site, reader, call);
                                 });
               }));
}

}  // namespace linka::api
