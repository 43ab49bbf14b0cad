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
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        # Clang 14 cannot compile coroutines with it.
        add_compile_options(-fno-sanitize=function)
        add_link_options(-fno-sanitize=function)
    endif()
endif()
if(LINKA_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Several sources compiled as one: what they share (templates, big headers) is compiled once, which
# halves a whole build and lets the optimiser see a module (docs/decisions/0013). Names in anonymous
# namespaces must then differ within a folder's library. 0: each source alone, for daily work.
set(LINKA_UNITY 0 CACHE STRING "How many sources are compiled as one at most; 0: each alone")
if(LINKA_UNITY)
    set(CMAKE_UNITY_BUILD ON)
    set(CMAKE_UNITY_BUILD_BATCH_SIZE ${LINKA_UNITY})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # A type in an anonymous namespace is fine in an included source.
        add_compile_options(-Wno-subobject-linkage)
    elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        # It warns where a name of one source hides one of another that is compiled with it.
        add_compile_options(-Wno-shadow)
    endif()
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
