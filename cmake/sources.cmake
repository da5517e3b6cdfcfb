# Sources are found by folder. A test is a *_test.cpp anywhere; a folder named testing/ holds what
# tests are written with and never goes into the product.

# find_sources(out folder [ONLY regex…] [EXCLUDE regex…]): every .cpp that is no test and matches one
# of ONLY and none of EXCLUDE, as paths relative to the project.
function(find_sources out folder)
    cmake_parse_arguments(arg "" "" "ONLY;EXCLUDE" ${ARGN})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${folder}/*.cpp)
    list(FILTER found EXCLUDE REGEX _test\\.cpp$)
    if(NOT "/testing/" IN_LIST arg_ONLY)
        list(FILTER found EXCLUDE REGEX /testing/)
    endif()
    if(arg_ONLY)
        list(JOIN arg_ONLY | any_of)
        list(FILTER found INCLUDE REGEX ${any_of})
    endif()
    foreach(pattern IN LISTS arg_EXCLUDE)
        list(FILTER found EXCLUDE REGEX ${pattern})
    endforeach()
    set(${out} ${found} PARENT_SCOPE)
endfunction()

# find_tests(out folder…): every *_test.cpp below the folders.
function(find_tests out)
    list(TRANSFORM ARGN APPEND /*_test.cpp)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${ARGN})
    set(${out} ${found} PARENT_SCOPE)
endfunction()

# What src/platform/precompiled.hpp includes is parsed once, for the platform, and reused by all.
function(precompile_headers name)
    if(name STREQUAL leadcrm_platform)
        target_precompile_headers(${name} PRIVATE
            $<$<COMPILE_LANGUAGE:CXX>:${CMAKE_SOURCE_DIR}/src/platform/precompiled.hpp>)
        sum_up_precompiled_headers()
    else()
        target_precompile_headers(${name} REUSE_FROM leadcrm_platform)
    endif()
endfunction()

# Two checkouts never write the same precompiled file, so the compiler cache would find nothing of
# one in the other. It goes by this sum of what is in the file instead (CCACHE_PCH_EXTSUM).
function(sum_up_precompiled_headers)
    execute_process(
        COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -E -P
            ${CMAKE_SOURCE_DIR}/src/platform/precompiled.hpp
        OUTPUT_VARIABLE text ERROR_QUIET COMMAND_ERROR_IS_FATAL ANY)
    string(SHA256 sum "${text}")
    set(file ${CMAKE_BINARY_DIR}/CMakeFiles/leadcrm_platform.dir/cmake_pch.hxx)
    file(CONFIGURE OUTPUT ${file}.gch.sum CONTENT ${sum})
    file(CONFIGURE OUTPUT ${file}.pch.sum CONTENT ${sum})
endfunction()

# A static library, or an empty one while its folder has no files yet.
function(leadcrm_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
    if(arg_SOURCES)
        add_library(${name} STATIC ${arg_SOURCES})
        target_include_directories(${name} PUBLIC src)
        target_link_libraries(${name} PUBLIC ${arg_LINKS})
        precompile_headers(${name})
    else()
        add_library(${name} INTERFACE)
        target_include_directories(${name} INTERFACE src)
        target_link_libraries(${name} INTERFACE ${arg_LINKS})
    endif()
endfunction()

# A program, once its first source exists.
function(leadcrm_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
    if(NOT arg_SOURCES)
        return()
    endif()
    list(GET arg_SOURCES 0 first)
    if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${first})
        return()
    endif()
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LINKS})
    precompile_headers(${name})
endfunction()
