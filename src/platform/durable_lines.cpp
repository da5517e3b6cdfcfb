#include "platform/durable_lines.hpp"

#include "platform/failure.hpp"
#include "platform/log/log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace leadcrm {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file)
{
    log::error("a file cannot be written", {{"file", file.string()}});
    throw Failure::unavailable("The server cannot write to its disk, so this was not done. Please "
                               "tell whoever operates it, and try again.",
        60);
}

}  // namespace

void append_durably(const std::filesystem::path& file, std::string_view lines)
{
    // An empty line is nothing to who reads, and ends what was cut off.
    const std::string text = (std::filesystem::exists(file) ? "\n" : "") + std::string(lines);
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) refuse(file);
    const auto written = ::write(descriptor, text.data(), text.size());
    const bool is_whole = written == ssize_t(text.size()) && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!is_whole) refuse(file);
}

std::vector<std::string> whole_lines(const std::filesystem::path& file, std::streamoff bytes)
{
    std::vector<std::string> lines;
    std::ifstream in(file, std::ios::ate | std::ios::binary);
    if (!in) return lines;
    in.seekg(std::max(std::streamoff(0), std::streamoff(in.tellg()) - bytes));
    for (std::string line; std::getline(in, line);)
        if (line.starts_with('{') && line.ends_with('}')) lines.push_back(std::move(line));
    return lines;
}

}  // namespace leadcrm
