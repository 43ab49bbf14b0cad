// linka-scenario FILES…: plays scenarios and says what went wrong; --sentences lists what a
// scenario may say, --trace prints everything that happened.
#include "sim/scenario/runner.hpp"
#include "sim/scenario/sentence.hpp"

#include <cstring>
#include <iostream>

int main(int argc, char** argv) {
    bool trace = false;
    int passed = 0;
    int failed = 0;
    for (int index = 1; index < argc; ++index) {
        if (std::strcmp(argv[index], "--trace") == 0) {
            trace = true;
            continue;
        }
        if (std::strcmp(argv[index], "--sentences") == 0) {
            for (const auto& sentence : linka::sim::sentences()) {
                std::cout << sentence.pattern << '\n';
            }
            return 0;
        }
        const linka::sim::Performance performance = linka::sim::perform_file(argv[index]);
        if (trace) {
            for (const std::string& line : performance.trace) {
                std::cout << line << '\n';
            }
        }
        performance.wrong.empty() ? ++passed : ++failed;
        for (const std::string& wrong : performance.wrong) {
            std::cout << argv[index] << ": " << wrong << '\n';
        }
    }
    std::cout << passed << " passed, " << failed << " failed\n";
    return failed == 0 && passed > 0 ? 0 : 1;
}
