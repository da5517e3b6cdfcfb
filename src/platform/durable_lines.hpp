// A file of lines that only grows, and is on the disk when a function returns. A line that was cut
// off when its writer died is left out when it is read, and ended before the next one is written.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm {

// `lines` end with a newline each. In one write, so that two programs do not mix theirs; readable
// by the owner alone. Throws Failure::unavailable when the disk does not take it.
void append_durably(const std::filesystem::path& file, std::string_view lines);

// The whole lines of JSON objects among the last `bytes`; none when there is no file.
std::vector<std::string> whole_lines(
    const std::filesystem::path& file, std::streamoff bytes = std::streamoff(1) << 40);

}  // namespace leadcrm
