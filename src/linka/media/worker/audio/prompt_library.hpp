// PromptLibrary: finds what a PlayItem names and gives the clips that sound it.
//
// Prompts lie in DIR/LANGUAGE/NAME.wav (or .opus, .ogg), music in DIR/music/NAME.wav; of several
// directories the later one wins, so an administrator replaces a prompt by a file of its name.
// A language without the prompt is stood in for: Slovak by Czech, others by English; music that is
// not there by `default`.
#pragma once

#include "linka/base/result.hpp"
#include "linka/media/protocol/message.hpp"
#include "linka/media/worker/audio/clip.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace linka::media {

class PromptLibrary {
  public:
    /// `directories`: separated by ':', the built-in one first.
    explicit PromptLibrary(std::string_view directories);

    /// Appends the clips of one item. Errors: `not_found` (names the prompt), `invalid`.
    Status find(const PlayItem& item, std::vector<std::shared_ptr<Clip>>& clips);

  private:
    // Empty if no directory has it.
    [[nodiscard]] std::string prompt_path(std::string_view folder, std::string_view name) const;
    Status add_file(const std::string& path, std::vector<std::shared_ptr<Clip>>& clips);
    Status add_prompts(const std::vector<std::string>& names, const std::string& language,
                       std::vector<std::shared_ptr<Clip>>& clips);

    std::vector<std::string> directories_;
    ClipCache cache_;
};

}  // namespace linka::media
