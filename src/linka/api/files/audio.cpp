#include "linka/api/files/audio.hpp"

#include "linka/api/auth/token.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/process.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

namespace linka::api {

namespace {

namespace fs = std::filesystem;

// Less than a handler may take; an hour of talk takes a third of it.
constexpr Duration convert_time_max = 50s;
constexpr std::size_t kept_max = 16;
constexpr int peaks_rate = 8000;
constexpr std::size_t peaks_points = 800;

Status run_ffmpeg(const std::string& source, const std::vector<std::string>& how,
                  const std::string& target) {
    runtime::Command command;
    // Calls come first.
    command.arguments = {"nice",   "-n",       "10",
                         "ffmpeg", "-nostdin", "-v",
                         "error",  "-y",       "-protocol_whitelist",
                         "file",   "-i",       "file:" + source};
    command.arguments.insert(command.arguments.end(), how.begin(), how.end());
    command.arguments.push_back("file:" + target);
    runtime::RunLimits limits;
    limits.time = convert_time_max;
    limits.output_bytes_max = 64 << 10;
    const auto ran = runtime::run_program(command, limits);
    if (!ran) {
        return ran.error();
    }
    if (!ran->exit.ok()) {
        log::warn("ffmpeg failed", {{"code", ran->exit.code}, {"text", ran->err.substr(0, 500)}});
        constexpr int not_found = 127;
        return fail(ErrorCode::unavailable, ran->exit.code == not_found
                                                ? "ffmpeg is not installed on the server"
                                                : "the recording cannot be converted");
    }
    return Done{};
}

// Removes what was used the longest time ago.
void keep_newest(const std::string& cache) {
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(cache, failure)) {
        files.emplace_back(entry.last_write_time(failure), entry.path());
    }
    std::sort(files.begin(), files.end());
    for (std::size_t i = 0; i + kept_max < files.size(); ++i) {
        fs::remove(files[i].second, failure);
    }
}

// Makes `target` by `make(path of a new file beside it)`, whole or not at all.
template <typename Make>
Result<std::string> make_file(const std::string& target, std::string_view ending, Make make) {
    std::error_code failure;
    fs::create_directories(fs::path(target).parent_path(), failure);
    const std::string fresh = text::format("{}.{}.{}", target, random_hex(8), ending);
    const Status made = make(fresh);
    if (made) {
        fs::rename(fresh, target, failure);
    }
    if (!made || failure) {
        std::error_code ignored;
        fs::remove(fresh, ignored);
        return made ? Error{ErrorCode::unavailable, failure.message(), {}} : made.error();
    }
    return target;
}

Status write_peaks(const std::string& source, const std::string& cache, const std::string& target) {
    const std::string raw = text::format("{}/{}.raw", cache, random_hex(8));
    std::error_code failure;
    fs::create_directories(cache, failure);
    Status done =
        run_ffmpeg(source, {"-f", "s16le", "-ac", "2", "-ar", std::to_string(peaks_rate)}, raw);
    if (done) {
        std::ofstream out(target, std::ios::binary);
        out << peaks_text(raw, peaks_rate, peaks_points);
        out.close();
        done = out ? Status(Done{}) : fail(ErrorCode::unavailable, "no room for the peaks");
    }
    fs::remove(raw, failure);
    return done;
}

void append_peaks(std::string& out, const std::vector<int>& peaks) {
    constexpr double full_scale = 32768.0;
    out += '[';
    for (std::size_t i = 0; i < peaks.size(); ++i) {
        out += text::format("{}{:.3f}", i == 0 ? "" : ",", peaks[i] / full_scale);
    }
    out += ']';
}

}  // namespace

std::string_view ending_of(AudioFormat format) {
    return format == AudioFormat::wav ? "wav" : format == AudioFormat::mp3 ? "mp3" : "opus";
}

std::string_view content_type_of(AudioFormat format) {
    return format == AudioFormat::wav   ? "audio/wav"
           : format == AudioFormat::mp3 ? "audio/mpeg"
                                        : "audio/ogg";
}

Result<std::string> convert_audio(const std::string& source, AudioFormat format,
                                  const std::string& cache) {
    std::error_code failure;
    const auto size = fs::file_size(source, failure);
    if (failure) {
        return fail(ErrorCode::not_found, "the recording is missing");
    }
    // Another recording, or another content of it, has another name.
    const std::string ending(ending_of(format));
    const std::string target = text::format(
        "{}/{}.{}", cache, token_hash(text::format("{} {}", source, size)).substr(0, 32), ending);
    if (fs::exists(target, failure)) {
        fs::last_write_time(target, fs::file_time_type::clock::now(), failure);
        return target;
    }
    keep_newest(cache);
    return make_file(target, ending, [&](const std::string& fresh) {
        return format == AudioFormat::mp3
                   ? run_ffmpeg(source, {"-codec:a", "libmp3lame", "-q:a", "5"}, fresh)
                   : run_ffmpeg(source, {"-codec:a", "pcm_s16le", "-ar", "16000"}, fresh);
    });
}

Result<std::string> peaks_of(const std::string& source, const std::string& cache) {
    const std::string target = source + ".peaks.json";
    std::error_code failure;
    if (fs::exists(target, failure)) {
        return target;
    }
    return make_file(target, "part",
                     [&](const std::string& fresh) { return write_peaks(source, cache, fresh); });
}

std::string peaks_text(const std::string& raw_file, int rate, std::size_t points_max) {
    constexpr std::size_t frame_bytes = 4;
    std::error_code failure;
    const std::uintmax_t bytes = fs::file_size(raw_file, failure);
    const std::size_t frames = failure ? 0 : static_cast<std::size_t>(bytes / frame_bytes);
    const std::size_t points = std::min(points_max, frames);
    std::vector<int> left(points);
    std::vector<int> right(points);
    std::ifstream in(raw_file, std::ios::binary);
    std::vector<unsigned char> block(frame_bytes * 16384);
    const auto sample_at = [&](std::size_t at) {
        const int value = block[at] | (block[at + 1] << 8);
        return std::abs(value >= 0x8000 ? value - 0x10000 : value);
    };
    for (std::size_t frame = 0; frame < frames;) {
        in.read(reinterpret_cast<char*>(block.data()), static_cast<std::streamsize>(block.size()));
        const auto read = static_cast<std::size_t>(in.gcount()) / frame_bytes;
        if (read == 0) {
            break;
        }
        for (std::size_t i = 0; i < read && frame < frames; ++i, ++frame) {
            const std::size_t point = frame * points / frames;
            left[point] = std::max(left[point], sample_at(i * frame_bytes));
            right[point] = std::max(right[point], sample_at(i * frame_bytes + 2));
        }
    }
    std::string out = text::format(R"({{"duration":{:.3f},"points":{},"left":)",
                                   static_cast<double>(frames) / rate, points);
    append_peaks(out, left);
    out += R"(,"right":)";
    append_peaks(out, right);
    return out + "}";
}

}  // namespace linka::api
