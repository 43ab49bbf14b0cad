#include "linka/base/read_file.hpp"

#include <fstream>
#include <sstream>

namespace linka {

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    // Not by iterators of its buffer: these throw when the disk cannot read.
    std::ostringstream text;
    text << in.rdbuf();
    return in ? text.str() : std::string();
}

}  // namespace linka
