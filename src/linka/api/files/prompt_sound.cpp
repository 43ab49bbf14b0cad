#include "linka/api/files/prompt_sound.hpp"

#include "linka/api/auth/token.hpp"
#include "linka/base/plain_name.hpp"
#include "linka/base/read_file.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/records/prompt.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/process.hpp"
#include "linka/store/files.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace linka::api {

namespace {

namespace fs = std::filesystem;

constexpr int sound_rate = 16'000;
constexpr std::size_t header_bytes = 44;
constexpr std::size_t sound_frame = sound_rate / 50;
constexpr double faintest = 30 * 30;  // -60 dBFS
constexpr const char* nothing_heard = "nothing is heard in it";

// A file on the disk for as long as this lives; nobody finds it when we were killed, since what
// ends so is in no backup and removed with the next.
class Scratch {
  public:
    Scratch(const std::string& directory, std::string_view ending)
        : path_(text::format("{}/{}.{}.part", directory, random_hex(8), ending)) {}
    ~Scratch() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

Status write_durably(const std::string& path, std::string_view bytes) {
    const runtime::Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    while (file && !bytes.empty()) {
        const ssize_t wrote = ::write(file.get(), bytes.data(), bytes.size());
        if (wrote <= 0) {
            break;
        }
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    if (!file || !bytes.empty() || ::fsync(file.get()) != 0) {
        log::error("sound not written", {{"file", path}, {"reason", std::strerror(errno)}});
        return fail(ErrorCode::full, "the server cannot write the sound: its disk may be full");
    }
    return Done{};
}

void sync_directory(const std::string& directory) {
    const runtime::Fd fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0) {
        log::warn("directory not synced", {{"directory", directory}});
    }
}

// Limits that whoever made the file cannot pass: memory, size of what is written, time of the
// processor, time. Calls come first.
std::vector<std::string> limited(std::vector<std::string> program) {
    std::vector<std::string> all{
        "prlimit", "--as=1500000000", "--fsize=128000000", "--cpu=40", "--core=0", "nice", "-n",
        "10"};
    all.insert(all.end(), program.begin(), program.end());
    return all;
}

Result<runtime::Exit> run(std::vector<std::string> program) {
    runtime::RunLimits limits;
    limits.time = 45s;
    limits.output_bytes_max = 64 << 10;
    const std::string name = program.front();
    const auto ran = runtime::run_program({limited(std::move(program)), {}, {}}, limits);
    if (!ran) {
        return ran.error();
    }
    constexpr int not_there = 127;
    if (!ran->exit.by_signal && ran->exit.code == not_there) {
        return fail(ErrorCode::unavailable, name + " is not installed on the server");
    }
    if (ran->err.find("matches no streams") != std::string::npos) {
        return fail(ErrorCode::invalid, nothing_heard);
    }
    if (!ran->exit.ok()) {
        log::info("sound not converted",
                  {{"by", name}, {"code", ran->exit.code}, {"text", ran->err.substr(0, 300)}});
    }
    return ran->exit;
}

// As raw samples. What is read is one file, by demuxers that open no other: playlists would.
Status decode(const std::string& from, const std::string& to) {
    constexpr int seconds_max = core::limits::prompt_seconds_max + 60;
    const auto ran = run({"ffmpeg",
                          "-nostdin",
                          "-v",
                          "error",
                          "-y",
                          "-threads",
                          "1",
                          "-protocol_whitelist",
                          "file",
                          "-format_whitelist",
                          "wav,mp3,mov,mp4,m4a,ogg,flac,matroska,webm,aac,caf,amr,au",
                          "-i",
                          "file:" + from,
                          "-map",
                          "0:a:0",
                          "-vn",
                          "-sn",
                          "-dn",
                          "-t",
                          std::to_string(seconds_max),
                          "-af",
                          "highpass=f=60",
                          "-ac",
                          "1",
                          "-ar",
                          std::to_string(sound_rate),
                          "-f",
                          "s16le",
                          "file:" + to});
    if (!ran) {
        return ran.error();
    }
    return ran->ok() ? Status(Done{})
                     : fail(ErrorCode::invalid,
                            "no sound file that is understood: WAV, MP3, M4A, OGG, OPUS, FLAC");
}

std::vector<std::int16_t> samples_of(const std::string& raw_file) {
    const std::string raw = read_file(raw_file);
    std::vector<std::int16_t> samples(raw.size() / 2);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<std::int16_t>(static_cast<unsigned char>(raw[2 * i]) |
                                               static_cast<unsigned char>(raw[2 * i + 1]) << 8);
    }
    return samples;
}

void put(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(value >> (8 * i) & 0xff);
    }
}

std::string wav_of(const std::vector<std::int16_t>& samples) {
    const auto bytes = static_cast<std::uint32_t>(samples.size() * 2);
    std::string out = "RIFF";
    put(out, bytes + header_bytes - 8, 4);
    out += "WAVEfmt ";
    put(out, 16, 4);
    put(out, 1, 2);  // PCM
    put(out, 1, 2);  // one channel
    put(out, sound_rate, 4);
    put(out, sound_rate * 2, 4);
    put(out, 2, 2);
    put(out, 16, 2);
    out += "data";
    put(out, bytes, 4);
    for (const std::int16_t sample : samples) {
        put(out, static_cast<std::uint16_t>(sample), 2);
    }
    return out;
}

std::string path_of(const std::string& directory, std::string_view file) {
    return text::format("{}/{}.wav", directory, file);
}

Duration length_of(std::size_t samples) {
    return std::chrono::duration_cast<Duration>(
        std::chrono::milliseconds(samples * 1000 / static_cast<std::size_t>(sound_rate)));
}

// `name` empty: by the content.
Result<PromptSound> keep(const std::string& source, std::string name,
                         const std::string& directory) {
    const Scratch raw(directory, "raw");
    const Status decoded = decode(source, raw.path());
    if (!decoded) {
        return decoded.error();
    }
    const std::vector<std::int16_t> samples = level_speech(samples_of(raw.path()));
    if (samples.empty()) {
        return fail(ErrorCode::invalid, nothing_heard);
    }
    if (length_of(samples.size()) > std::chrono::seconds(core::limits::prompt_seconds_max)) {
        return fail(ErrorCode::invalid, "longer than 5 minutes");
    }
    const std::string wav = wav_of(samples);
    if (name.empty()) {
        name = token_hash(wav).substr(0, 32);
    }
    const std::string path = path_of(directory, name);
    std::error_code failure;
    if (fs::exists(path, failure)) {
        fs::last_write_time(path, fs::file_time_type::clock::now(), failure);
        return PromptSound{name, length_of(samples.size())};
    }
    const Scratch fresh(directory, "wav");
    const Status written = write_durably(fresh.path(), wav);
    if (!written) {
        return written.error();
    }
    fs::rename(fresh.path(), path, failure);
    if (failure) {
        return fail(ErrorCode::unavailable, failure.message());
    }
    sync_directory(directory);
    return PromptSound{name, length_of(samples.size())};
}

// What is left of a server that was killed.
void remove_scratch(const std::string& directory) {
    std::error_code failure;
    const auto old = fs::file_time_type::clock::now() - std::chrono::hours(1);
    for (const auto& entry : fs::directory_iterator(directory, failure)) {
        std::error_code gone;
        if (entry.path().extension() == ".part" && entry.last_write_time(gone) < old && !gone) {
            fs::remove(entry.path(), gone);
        }
    }
}

Status prepare(const std::string& directory) {
    Status made = store::make_private_directory(directory);
    if (made) {
        remove_scratch(directory);
    }
    return made;
}

double power_of(const std::vector<std::int16_t>& samples, std::size_t from) {
    const std::size_t to = std::min(from + sound_frame, samples.size());
    double sum = 0;
    for (std::size_t i = from; i < to; ++i) {
        sum += static_cast<double>(samples[i]) * samples[i];
    }
    return to > from ? sum / static_cast<double>(to - from) : 0;
}

// Of frames in which something is heard, one in twenty is louder: clicks are not what counts. 0:
// none.
double power_when_loud(std::vector<double> powers) {
    std::erase_if(powers, [](double power) { return power < faintest; });
    std::sort(powers.begin(), powers.end());
    return powers.empty() ? 0 : powers[(powers.size() - 1) * 19 / 20];
}

// The factor that makes speech of this power as loud as it is to be, without what is loudest being
// cut off; clicks, a thousandth of the samples, may be.
double gain_for(const std::vector<std::int16_t>& samples, double power) {
    constexpr double wanted = 2600;    // -22 dBFS, as the prompts of the system
    constexpr double loudest = 29000;  // -1 dBFS
    constexpr double most = 31.6;      // 30 dB: beyond it is noise
    std::vector<int> sizes(samples.size());
    std::transform(samples.begin(), samples.end(), sizes.begin(),
                   [](std::int16_t sample) { return std::abs(static_cast<int>(sample)); });
    const auto rank = static_cast<std::ptrdiff_t>(sizes.size() - 1 - sizes.size() / 1000);
    std::nth_element(sizes.begin(), sizes.begin() + rank, sizes.end());
    const double peak = std::max(1, sizes[static_cast<std::size_t>(rank)]);
    return std::min({wanted / std::sqrt(power), loudest / peak, most});
}

}  // namespace

std::string prompt_sounds_of(const std::string& data_directory) {
    return text::format("{}/prompts/{}", data_directory, core::own_prompts);
}

std::vector<std::int16_t> level_speech(std::vector<std::int16_t> samples) {
    constexpr std::size_t before = 3 * sound_frame;
    constexpr std::size_t after = 6 * sound_frame;  // what fades out
    std::vector<double> powers;
    for (std::size_t at = 0; at < samples.size(); at += sound_frame) {
        powers.push_back(power_of(samples, at));
    }
    const double loud = power_when_loud(powers);
    if (loud < faintest) {
        return {};
    }
    // Heard: within 40 dB of what is loud; spoken: within 20 dB.
    const double heard = std::max(loud / 10'000, faintest / 10);
    const auto is_heard = [&](double power) { return power >= heard; };
    const auto first = std::find_if(powers.begin(), powers.end(), is_heard);
    const auto last = std::find_if(powers.rbegin(), powers.rend(), is_heard).base();
    double sum = 0;
    int count = 0;
    for (auto power = first; power != last; ++power) {
        if (*power >= loud / 100) {
            sum += *power;
            ++count;
        }
    }
    const double gain = gain_for(samples, sum / count);
    const auto from = static_cast<std::size_t>(first - powers.begin()) * sound_frame;
    const auto to = static_cast<std::size_t>(last - powers.begin()) * sound_frame;
    std::vector<std::int16_t> out(
        samples.begin() + static_cast<std::ptrdiff_t>(from > before ? from - before : 0),
        samples.begin() + static_cast<std::ptrdiff_t>(std::min(to + after, samples.size())));
    for (std::int16_t& sample : out) {
        sample = static_cast<std::int16_t>(std::clamp(std::lround(sample * gain), -32768L, 32767L));
    }
    return out;
}

Result<PromptSound> keep_prompt_sound(std::string_view bytes, const std::string& directory) {
    const Status prepared = prepare(directory);
    if (!prepared) {
        return prepared.error();
    }
    const Scratch given(directory, "in");
    const Status written = write_durably(given.path(), bytes);
    return written ? keep(given.path(), {}, directory) : written.error();
}

std::string spoken_name(std::string_view text, std::string_view language) {
    const std::string voice = language == "cs" ? "cs" : "en";
    return "spoken-" + token_hash(text::format("{} {}", voice, text)).substr(0, 32);
}

Result<PromptSound> speak_prompt(std::string_view text, std::string_view language,
                                 const std::string& directory) {
    const std::string name = spoken_name(text, language);
    if (const auto length = prompt_sound_length(name, directory)) {
        return PromptSound{name, *length};
    }
    const Status prepared = prepare(directory);
    if (!prepared) {
        return prepared.error();
    }
    const Scratch words(directory, "txt");
    const Scratch voice(directory, "voice");
    const Status written = write_durably(words.path(), text);
    if (!written) {
        return written.error();
    }
    // The voice of prompts/speak.
    const auto ran = run({"espeak-ng", "-v", language == "cs" ? "cs" : "en-gb", "-s", "150", "-p",
                          "45", "-b", "1", "-f", words.path(), "-w", voice.path()});
    if (!ran) {
        return ran.error();
    }
    return ran->ok() ? keep(voice.path(), name, directory)
                     : Result<PromptSound>(
                           fail(ErrorCode::unavailable, "the text cannot be spoken on the server"));
}

Result<Duration> prompt_sound_length(const std::string& file, const std::string& directory) {
    std::error_code failure;
    const std::string path = path_of(directory, file);
    const auto bytes = is_plain_name(file) ? fs::file_size(path, failure) : 0;
    if (failure || bytes < header_bytes) {
        return fail(ErrorCode::not_found, "there is no such file");
    }
    return length_of((bytes - header_bytes) / 2);
}

Status make_room_for_prompts(const std::string& directory, const std::set<std::string>& named,
                             std::int64_t bytes_max, Instant now) {
    struct File {
        Instant at{};
        fs::path path;
        std::int64_t bytes = 0;
    };
    std::vector<File> free;
    std::int64_t bytes = 0;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(directory, failure)) {
        std::error_code gone;
        const auto size = static_cast<std::int64_t>(entry.file_size(gone));
        const auto changed = fs::file_time_type::clock::to_sys(entry.last_write_time(gone));
        if (gone || entry.path().extension() != ".wav") {
            continue;
        }
        bytes += size;
        const Instant at{std::chrono::duration_cast<Duration>(changed.time_since_epoch()).count()};
        if (!named.contains(entry.path().stem().string()) && at + 1h < now) {
            free.push_back({at, entry.path(), size});
        }
    }
    std::sort(free.begin(), free.end(), [](const File& a, const File& b) { return a.at < b.at; });
    for (const File& file : free) {
        if (bytes > bytes_max && fs::remove(file.path, failure)) {
            bytes -= file.bytes;
        }
    }
    return bytes > bytes_max ? fail(ErrorCode::full,
                                    "the recordings take more than 2 GB: remove "
                                    "some that nothing plays")
                             : Status(Done{});
}

}  // namespace linka::api
