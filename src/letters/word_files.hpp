// The files of src/letters/*.json as they were when the program was built (cmake/letters.cmake).
#pragma once

#include <span>
#include <string_view>

namespace leadcrm::letters {

struct WordFile {
    std::string_view language;  // "de"
    std::string_view text;
};

std::span<const WordFile> word_files();

}  // namespace leadcrm::letters
