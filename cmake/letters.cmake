# The words of our letters, inside the binary: src/letters/*.json as string literals, behind
# letters/word_files.hpp.
file(GLOB word_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/letters/*.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${word_files})

set(rows)
foreach(file IN LISTS word_files)
    get_filename_component(language ${file} NAME_WE)
    file(READ ${file} text)
    string(APPEND rows "        {\"${language}\", R\"~~~(${text})~~~\"},\n")
endforeach()

file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/word_files.cpp @ONLY CONTENT
[[// Made by cmake/letters.cmake.
#include "letters/word_files.hpp"

#include <array>

namespace leadcrm::letters {

std::span<const WordFile> word_files()
{
    static constexpr auto files = std::to_array<WordFile>({
@rows@    });
    return files;
}

}  // namespace leadcrm::letters
]])
target_sources(leadcrm_core PRIVATE ${CMAKE_BINARY_DIR}/word_files.cpp)
