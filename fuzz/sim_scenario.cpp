// The reader of scenarios: takes any text, and says what is wrong with it or how long it is.
#include "sim/scenario/runner.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    const auto steps = linka::sim::check_script(input);
    if (!steps && steps.error().text.empty()) {
        std::abort();
    }
    return 0;
}
