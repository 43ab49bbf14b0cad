// Answers to a telephone's REGISTER: views stay within the text, and a status means that there is
// what a telephone goes on with.
#include "linka/base/assert.hpp"
#include "linka/demo/register_answer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto answer = linka::demo::parse_register_answer(text);
    if (answer.status != 0) {
        LINKA_ASSERT(answer.cseq > 0);
        LINKA_ASSERT(!answer.call_id.empty());
        LINKA_ASSERT(text.find(answer.call_id) != std::string::npos);
    }
    for (const auto& challenge : answer.challenges) {
        LINKA_ASSERT(text.find(challenge) != std::string::npos);
    }
    return 0;
}
