// Headers of backup archives: what is accepted leads nowhere outside and is written and read back
// as the same entry.
#include "linka/store/tar.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    std::string block(data, data + size);
    block.resize(store::tar_block);
    const auto entry = store::read_tar_header(block);
    if (!entry || !*entry) {
        return 0;
    }
    LINKA_ASSERT((*entry)->size >= 0);
    LINKA_ASSERT((*entry)->name.front() != '/');
    LINKA_ASSERT(("/" + (*entry)->name + "/").find("/../") == std::string::npos);
    const auto header = store::tar_header(**entry);
    if (header) {
        const auto again = store::read_tar_header({header->data(), header->size()});
        LINKA_ASSERT(again.ok());
        LINKA_ASSERT((*again)->name == (*entry)->name);
        LINKA_ASSERT((*again)->size == (*entry)->size);
    }
    return 0;
}
