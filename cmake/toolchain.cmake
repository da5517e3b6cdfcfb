# How everything is compiled and linked, whatever the preset.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

set(LEADCRM_SANITIZE "" CACHE STRING "what to pass to -fsanitize=, or nothing")
option(LEADCRM_EMBED_WEB "put the built web app into the binary" OFF)
option(LEADCRM_FUZZ "build the fuzzers instead of the tests (clang)" OFF)
option(LEADCRM_LTO "optimise across files when linking" OFF)

# Missing initialisers are how designated initialisers are meant to be used. -Wrestrict,
# -Wmaybe-uninitialized, -Warray-bounds and -Wstringop-… report the standard library's own code as
# ours with g++ 12 (GCC bugs 105329, 105562, 105651); clang, and the sanitizers at run time, look for
# the real ones.
add_compile_options(-Wall -Wextra -Wpedantic -Werror -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-Wno-restrict -Wno-maybe-uninitialized -Wno-array-bounds
        -Wno-stringop-overflow -Wno-stringop-overread)
    # g++ tidies up its memory while it compiles, which is a tenth of the time. There is enough.
    add_compile_options("SHELL:--param ggc-min-expand=10000" "SHELL:--param ggc-min-heapsize=2000000")
endif()

if(LEADCRM_SANITIZE)
    add_compile_options(-fsanitize=${LEADCRM_SANITIZE} -fno-omit-frame-pointer
        $<$<BOOL:${LEADCRM_FUZZ}>:-fsanitize=fuzzer-no-link>)
    add_link_options(-fsanitize=${LEADCRM_SANITIZE})
    if(LEADCRM_SANITIZE STREQUAL thread)
        add_compile_options(-Wno-tsan)  # Asio's fences are not seen, but its queues have locks
    endif()
    if(LEADCRM_SANITIZE MATCHES undefined)
        # Null pointers die under the address sanitizer as well, and x86 does not mind alignment:
        # without these three an API file compiles in 19 s instead of 24 s, to 60 % of the size.
        add_compile_options(-fno-sanitize-recover=undefined -fno-sanitize=null,alignment,vptr)
    endif()
endif()

if(LEADCRM_LTO)
    add_compile_options(-flto=auto)
    add_link_options(-flto=auto)
endif()

# Several checkouts share one compiler cache: paths are relative to the checkout, in what ccache
# hashes (CCACHE_BASEDIR, CCACHE_NOHASHDIR) and in what the compiler writes (-ffile-prefix-map).
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
find_program(CCACHE ccache)
if(CCACHE)
    # Without its sloppiness a file that uses precompiled headers is never found in the cache.
    set(cached env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_PCH_EXTSUM=1 ${CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${cached})
    set(CMAKE_C_COMPILER_LAUNCHER ${cached})
endif()

find_program(MOLD mold)
if(MOLD)
    add_link_options(-fuse-ld=mold)
endif()
