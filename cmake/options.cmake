# Compiler settings that hold for every target, and the switches that the presets set.
option(LINKA_FUZZ "Build fuzz targets for libFuzzer (needs clang), not for replay" OFF)
set(LINKA_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, e.g. address,undefined")

add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # False alarms of GCC 12 on optimised std::string and std::optional (GCC bugs 105562, 80635).
    add_compile_options(-Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow)
endif()
add_compile_definitions(BOOST_ALL_NO_LIB)

if(LINKA_SANITIZE)
    add_compile_options(-fsanitize=${LINKA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${LINKA_SANITIZE})
endif()
if(LINKA_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(LINKA_CCACHE ccache)
if(LINKA_CCACHE)
    # The precompiled header needs this sloppiness; without the working directory in the hash two
    # checkouts share what they compiled.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${LINKA_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-fpch-preprocess)
    endif()
endif()
find_program(LINKA_LLD ld.lld)
if(LINKA_LLD)
    add_link_options(-fuse-ld=lld)
endif()
