// Which codecs a description speaks. Voice reads no more of SDP than that, and only to offer the
// same codecs to the other side, so that nothing has to be transcoded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace linka::voice {

/// PCMU, PCMA, G722 and opus, in the order of the first audio line; unknown ones are left out.
/// Static payload types of RFC 3551 §6 need no rtpmap. Bounded: reads the first 8 KiB.
std::vector<std::string> codecs_in(std::string_view sdp);
/// `ours`, those that `theirs` has first, in their order.
std::vector<std::string> shared_first(const std::vector<std::string>& ours,
                                      const std::vector<std::string>& theirs);

}  // namespace linka::voice
