#include "linka/api/read_file.hpp"

#include <fstream>
#include <sstream>

namespace linka::api {

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return in ? text.str() : std::string();
}

}  // namespace linka::api
