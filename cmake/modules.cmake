# The modules of Linka and which of them may include which. scripts/check reads the LINKA_EDGES
# lines below and refuses an include that is not there. Adding an edge is a design change: explain
# it in the commit and in ARCHITECTURE.md.
set(LINKA_EDGES_base            "")
set(LINKA_EDGES_calendar        "base")
set(LINKA_EDGES_core            "base;calendar")
set(LINKA_EDGES_stats           "base;core")
set(LINKA_EDGES_runtime         "base")
set(LINKA_EDGES_store           "base;core;stats;runtime")
set(LINKA_EDGES_sip             "base;runtime")
set(LINKA_EDGES_media           "base;runtime")
set(LINKA_EDGES_voice           "base;core;sip;media;runtime")
set(LINKA_EDGES_api             "base;calendar;core;stats;runtime;store")
set(LINKA_EDGES_demo            "base;runtime;sip;media")
set(LINKA_EDGES_app             "base;core;stats;runtime;store;sip;media;voice;api;demo")

# linka_module(NAME [LIBS library...]): a static library of all sources in the caller's folder
# (main.cpp and *_test.cpp excepted) and, if there are tests, an executable test_NAME.
function(linka_module name)
    cmake_parse_arguments(ARG "" "" "LIBS;TEST_LIBS" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    set(tests ${sources})
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
    list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cpp$")
    if(sources)
        add_library(linka_${name} STATIC ${sources})
        set(scope PUBLIC)
        linka_precompile(linka_${name})
    else()
        add_library(linka_${name} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(linka_${name} ${scope} ${CMAKE_SOURCE_DIR}/src)
    foreach(edge ${LINKA_EDGES_${name}})
        target_link_libraries(linka_${name} ${scope} linka_${edge})
    endforeach()
    target_link_libraries(linka_${name} ${scope} ${ARG_LIBS})
    set_property(GLOBAL APPEND PROPERTY LINKA_MODULES linka_${name})
    if(tests)
        add_executable(test_${name} ${tests})
        target_link_libraries(test_${name} PRIVATE linka_${name} ${ARG_TEST_LIBS}
            GTest::gtest GTest::gmock GTest::gtest_main)
        target_compile_definitions(test_${name} PRIVATE LINKA_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
        linka_precompile(test_${name})
        add_test(NAME ${name} COMMAND test_${name})
    endif()
endfunction()

# One precompiled header of standard library headers, shared by all targets. Where nothing is
# optimised because a sanitizer watches (presets asan and tsan), what the simulator runs is all the same;
# it cannot share the header.
function(linka_precompile target)
    if(LINKA_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND NOT LINKA_FUZZ
        AND target MATCHES "_(base|core|stats|sim)$|^linka-sim$")
        target_compile_options(${target} PRIVATE -O1)
        return()
    endif()
    if(NOT TARGET linka_pch)
        file(WRITE ${CMAKE_BINARY_DIR}/pch_anchor.cpp "")
        add_library(linka_pch OBJECT ${CMAKE_BINARY_DIR}/pch_anchor.cpp)
        target_precompile_headers(linka_pch PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch.hpp)
    endif()
    target_precompile_headers(${target} REUSE_FROM linka_pch)
endfunction()
