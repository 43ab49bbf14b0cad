#include "linka/store/db/postgres/libpq.hpp"

#include "linka/base/text.hpp"

#include <dlfcn.h>

namespace linka::store::postgres {

#define LINKA_LIBPQ_POINTER(name) decltype(&::name) name = nullptr;
LINKA_LIBPQ(LINKA_LIBPQ_POINTER)
#undef LINKA_LIBPQ_POINTER

namespace {

template <typename Function>
bool find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    return function != nullptr;
}

Status load() {
    constexpr const char* file = "libpq.so.5";
    void* const library = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        return fail(ErrorCode::unavailable,
                    text::format("PostgreSQL needs the package libpq5: {}", ::dlerror()));
    }
    bool all = true;
#define LINKA_LIBPQ_FIND(name) all = find(library, #name, name) && all;
    LINKA_LIBPQ(LINKA_LIBPQ_FIND)
#undef LINKA_LIBPQ_FIND
    return all ? Status(Done{})
               : Status(fail(ErrorCode::unavailable,
                             text::format("{} is older than PostgreSQL 14", file)));
}

}  // namespace

Status load_libpq() {
    static const Status loaded = load();  // by one thread, while others wait
    return loaded;
}

}  // namespace linka::store::postgres
