# Every library that Linka uses, found once. Names and reasons: docs/decisions/.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(GTest REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
foreach(library sofia-sip-ua opus ogg spandsp libsrtp2 liburing sqlite3 libpq libsodium jemalloc)
    set(name ${library})
    pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${library})
    # Third-party headers are not held to our warnings.
    get_target_property(includes PkgConfig::${name} INTERFACE_INCLUDE_DIRECTORIES)
    if(includes)
        set_target_properties(PkgConfig::${name} PROPERTIES
            INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${includes}")
    endif()
endforeach()
# The heap of our programs; sanitizers bring their own.
if(NOT LINKA_SANITIZE)
    set(LINKA_HEAP PkgConfig::jemalloc)
endif()
