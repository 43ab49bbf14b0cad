// linka-sim [--seeds N] [--first S] [--minutes M]: runs N seeds from S on. linka-sim --seed S
// [--trace]: one seed, with everything that happened. --rung: a line for each seed with who was
// rung, in order; the same lines before and after a change of the core that is to change nothing.
// Exit status 1 if a checker found anything;
// then the seed and the end of its trace are printed, and the seed alone brings it back.
#include "linka/base/text.hpp"
#include "sim/random/run.hpp"

#include <iostream>
#include <string_view>

namespace {

struct Arguments {
    std::int64_t seeds = 100;
    std::int64_t first = 1;
    std::int64_t minutes = 4;
    bool trace = false;
    bool rung = false;
    bool valid = true;
};

Arguments read(int argc, char** argv) {
    Arguments arguments;
    for (int index = 1; index < argc; ++index) {
        const std::string_view name = argv[index];
        if (name == "--trace") {
            arguments.trace = true;
            continue;
        }
        if (name == "--rung") {
            arguments.rung = true;
            continue;
        }
        const auto value = index + 1 < argc ? linka::text::to_int(argv[index + 1]) : std::nullopt;
        if (!value || *value < 0) {
            arguments.valid = false;
            break;
        }
        ++index;
        if (name == "--seeds") {
            arguments.seeds = *value;
        } else if (name == "--first") {
            arguments.first = *value;
        } else if (name == "--minutes") {
            arguments.minutes = *value;
        } else if (name == "--seed") {
            arguments.first = *value;
            arguments.seeds = 1;
        } else {
            arguments.valid = false;
        }
    }
    return arguments;
}

void print(const linka::sim::RunResult& result, bool everything) {
    constexpr std::size_t tail = 40;
    const std::size_t size = result.trace.size();
    for (std::size_t line = everything || size < tail ? 0 : size - tail; line < size; ++line) {
        std::cout << result.trace[line] << '\n';
    }
    for (const std::string& finding : result.findings) {
        std::cout << "seed " << result.seed << ": " << finding << '\n';
    }
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = read(argc, argv);
    if (!arguments.valid) {
        std::cerr << "usage: linka-sim [--seeds N] [--first S] [--minutes M] [--rung] | --seed S "
                     "[--trace]\n";
        return 2;
    }
    std::size_t events = 0;
    std::int64_t callers = 0;
    int failed = 0;
    std::uint64_t fingerprint = 0;
    for (std::int64_t index = 0; index < arguments.seeds; ++index) {
        linka::sim::RunOptions options;
        options.seed = static_cast<std::uint64_t>(arguments.first + index);
        options.length = std::chrono::minutes{arguments.minutes};
        options.trace = arguments.trace;
        const linka::sim::RunResult result = linka::sim::run_seed(options);
        events += result.events;
        callers += result.callers;
        fingerprint ^= result.fingerprint;
        failed += result.findings.empty() ? 0 : 1;
        if (arguments.rung) {
            std::cout << "seed " << result.seed << ':' << result.rung << '\n';
        }
        if (!result.findings.empty() || arguments.trace) {
            print(result, arguments.trace);
        }
    }
    std::cout << linka::text::format(
        "{} seeds, {} callers, {} events, fingerprint {:016x}: {} failed\n", arguments.seeds,
        callers, events, fingerprint, failed);
    return failed == 0 ? 0 : 1;
}
