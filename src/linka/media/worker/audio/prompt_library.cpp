#include "linka/media/worker/audio/prompt_library.hpp"

#include "linka/base/plain_name.hpp"
#include "linka/base/text.hpp"
#include "linka/media/worker/audio/numbers.hpp"

#include <sys/stat.h>

namespace linka::media {
namespace {

// What is spoken where a language has no recordings of ours.
std::string stand_in(std::string_view language) {
    return language == "cs" || language == "sk" ? "cs" : "en";
}

bool is_file(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace

PromptLibrary::PromptLibrary(std::string_view directories) {
    for (const std::string_view directory : text::split(directories, ':')) {
        if (!directory.empty()) {
            directories_.emplace_back(directory);
        }
    }
}

std::string PromptLibrary::prompt_path(std::string_view folder, std::string_view name) const {
    // Names come from the configuration and the API.
    if (!is_plain_name(folder) || !is_plain_name(name)) {
        return {};
    }
    for (auto directory = directories_.rbegin(); directory != directories_.rend(); ++directory) {
        for (const char* ending : {"wav", "opus", "ogg"}) {
            std::string path = text::format("{}/{}/{}.{}", *directory, folder, name, ending);
            if (is_file(path)) {
                return path;
            }
        }
    }
    return {};
}

Status PromptLibrary::add_file(const std::string& path, std::vector<std::shared_ptr<Clip>>& clips) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return fail(ErrorCode::not_found, text::format("there is no sound file {}", path));
    }
    const auto reader = open_audio_file(path);
    if (!reader) {
        return reader.error();
    }
    // A replaced file is a new clip.
    const std::string key = text::format("{}|{}.{}|{}", path, status.st_mtim.tv_sec,
                                         status.st_mtim.tv_nsec, status.st_size);
    clips.push_back(cache_.get(key, [path]() -> std::unique_ptr<AudioReader> {
        auto opened = open_audio_file(path);
        return opened ? std::move(*opened) : nullptr;
    }));
    return Done{};
}

Status PromptLibrary::add_prompts(const std::vector<std::string>& names,
                                  const std::string& language,
                                  std::vector<std::shared_ptr<Clip>>& clips) {
    for (const std::string& name : names) {
        std::string path = prompt_path(language, name);
        if (path.empty()) {
            path = prompt_path(stand_in(language), name);
        }
        if (path.empty()) {
            return fail(ErrorCode::not_found,
                        text::format("there is no prompt {}/{}", language, name));
        }
        if (const Status added = add_file(path, clips); !added) {
            return added;
        }
    }
    return Done{};
}

Status PromptLibrary::find(const PlayItem& item, std::vector<std::shared_ptr<Clip>>& clips) {
    if (item.kind == "prompt") {
        return add_prompts({item.value}, item.language, clips);
    }
    if (item.kind == "file") {
        return add_file(item.value, clips);
    }
    if (item.kind == "music") {
        // A queue whose music was removed still has music.
        const std::string path = prompt_path("music", item.value);
        return add_file(path.empty() ? prompt_path("music", "default") : path, clips);
    }
    if (item.kind == "number" || item.kind == "digits") {
        // The grammar of numbers is known for two languages.
        const std::string language = stand_in(item.language);
        const auto names = item.kind == "number" ? number_prompts(item.value, language)
                                                 : digit_prompts(item.value);
        if (!names) {
            return fail(ErrorCode::invalid, text::format("{} '{}' cannot be spoken in '{}'",
                                                         item.kind, item.value, item.language));
        }
        return add_prompts(*names, language, clips);
    }
    if (item.kind == "tone") {
        const auto tone = tone_named(item.value);
        if (!tone) {
            return fail(ErrorCode::invalid, text::format("there is no tone '{}'", item.value));
        }
        clips.push_back(cache_.get("tone " + item.value, [tone] { return open_tone(*tone); }));
        return Done{};
    }
    if (item.kind == "silence") {
        const auto length = text::to_int(item.value);
        if (!length || *length < 1 || *length > 3'600'000) {
            return fail(ErrorCode::invalid,
                        text::format("silence '{}' is not 1 to 3600000 ms", item.value));
        }
        clips.push_back(
            cache_.get("silence " + item.value, [length] { return open_silence(*length); }));
        return Done{};
    }
    return fail(ErrorCode::invalid, text::format("cannot play '{}'", item.kind));
}

}  // namespace linka::media
