# Targets over all modules, made once every folder has been read:
#   programs      what ./run needs
#   unit_tests    every program test_* and fuzz_*; each is an add_test() of its own, too
#   header_check  every header compiles alone (no precompiled header that could hide an include)

add_custom_target(programs)
foreach(program linka linka-media linka-demo prompts)
    if(TARGET ${program})
        add_dependencies(programs ${program})
    endif()
endforeach()

function(linka_collect_tests directory result)
    get_property(targets DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
    list(FILTER targets INCLUDE REGEX "^(test|fuzz)_")
    get_property(children DIRECTORY ${directory} PROPERTY SUBDIRECTORIES)
    foreach(child ${children})
        linka_collect_tests(${child} more)
        list(APPEND targets ${more})
    endforeach()
    set(${result} ${targets} PARENT_SCOPE)
endfunction()
linka_collect_tests(${CMAKE_SOURCE_DIR} tests)
add_custom_target(unit_tests DEPENDS ${tests})

get_property(modules GLOBAL PROPERTY LINKA_MODULES)
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/src
    ${CMAKE_SOURCE_DIR}/src/linka/*.hpp)
set(alone)
foreach(header ${headers})
    set(source ${CMAKE_BINARY_DIR}/header_check/${header}.cpp)
    # Written only when it is new, so that nothing is compiled again without need.
    if(NOT EXISTS ${source})
        file(WRITE ${source} "#include \"${header}\"\n")
    endif()
    list(APPEND alone ${source})
endforeach()
add_library(header_check OBJECT EXCLUDE_FROM_ALL ${alone})
# Only whether they compile is of interest, each by itself.
set_target_properties(header_check PROPERTIES UNITY_BUILD OFF)
target_compile_options(header_check PRIVATE -O0 -g0 -fno-sanitize=all)
target_include_directories(header_check PRIVATE ${CMAKE_SOURCE_DIR}/src)
target_link_libraries(header_check PRIVATE ${modules})
