// Stands in for libFuzzer where clang is not: runs a fuzz target on every file of a folder and on
// simple mutations of each, the same at every run. Crashes and sanitizer reports are failures.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int mutations_total = 4000;
constexpr std::uint32_t mutation_seed = 20'260'301;

using Bytes = std::vector<std::uint8_t>;

void run(const Bytes& bytes) {
    // A copy of exact size, so that AddressSanitizer sees a read past the end.
    const Bytes exact(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

class Mutator {
  public:
    Bytes mutate(Bytes bytes, const Bytes& other) {
        for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
            change(bytes, other);
        }
        return bytes;
    }

  private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }
    static Bytes::iterator at(Bytes& bytes, std::size_t place) {
        return bytes.begin() + static_cast<std::ptrdiff_t>(place);
    }

    void change(Bytes& bytes, const Bytes& other) {
        const std::size_t place = below(bytes.size());
        const auto byte = static_cast<std::uint8_t>(random_());
        switch (below(6)) {
            case 0:  // cut short
                bytes.resize(place);
                break;
            case 1:  // one more byte
                bytes.insert(at(bytes, place), byte);
                break;
            case 2:  // one byte less
                if (!bytes.empty()) {
                    bytes.erase(at(bytes, place));
                }
                break;
            case 3:  // another byte
                if (!bytes.empty()) {
                    bytes[place] = byte;
                }
                break;
            case 4: {  // a piece twice
                const Bytes piece(at(bytes, place), at(bytes, place + below(bytes.size() - place)));
                bytes.insert(at(bytes, place), piece.begin(), piece.end());
                break;
            }
            default: {  // goes on as another seed
                bytes.resize(place);
                const std::size_t from = below(other.size());
                bytes.insert(bytes.end(), other.begin() + static_cast<std::ptrdiff_t>(from),
                             other.end());
                break;
            }
        }
    }

    std::mt19937 random_{mutation_seed};
};

std::vector<Bytes> read_seeds(const std::string& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<Bytes> seeds;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return seeds;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2 || !std::filesystem::is_directory(arguments[1])) {
        std::fprintf(stderr, "usage: %s FOLDER-OF-SEEDS\n", arguments[0]);
        return 2;
    }
    const std::vector<Bytes> seeds = read_seeds(arguments[1]);
    if (seeds.empty()) {
        std::fprintf(stderr, "no seeds in %s\n", arguments[1]);
        return 1;
    }
    run({});
    for (const Bytes& seed : seeds) {
        run(seed);
    }
    Mutator mutator;
    for (std::size_t i = 0; i < mutations_total; ++i) {
        run(mutator.mutate(seeds[i % seeds.size()], seeds[i * 7 % seeds.size()]));
    }
    std::printf("replayed %zu seeds and %d mutations\n", seeds.size(), mutations_total);
    return 0;
}
