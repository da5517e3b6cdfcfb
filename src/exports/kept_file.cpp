#include "exports/kept_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace leadcrm::exports {
namespace {

struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;  // behind the last byte; begin == end: none of the file
};

std::optional<std::size_t> number(std::string_view text)
{
    std::size_t found = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), found);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return found;
}

// "bytes=0-99", "bytes=100-", "bytes=-100". Nothing for what is to be ignored.
std::optional<Range> read_range(std::string_view text, std::size_t size)
{
    constexpr std::string_view unit = "bytes=";
    if (!text.starts_with(unit)) return std::nullopt;
    text.remove_prefix(unit.size());
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto first = number(text.substr(0, dash));
    const auto last = number(text.substr(dash + 1));
    if (dash == 0) {
        if (!last) return std::nullopt;
        return Range{size - std::min(size, *last), size};
    }
    const bool is_open = dash + 1 == text.size();
    if (!first || (!last && !is_open) || (last && *last < *first)) return std::nullopt;
    if (*first >= size) return Range{};
    return Range{*first, is_open ? size : std::min(size - 1, *last) + 1};
}

}  // namespace

std::shared_ptr<const KeptFile> KeptFile::open(const std::filesystem::path& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return nullptr;
    struct stat status = {};
    const bool is_known = ::fstat(file, &status) == 0;
    const auto size = static_cast<std::size_t>(status.st_size);
    void* mapped =
        is_known && size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
    ::close(file);
    if (mapped == MAP_FAILED) return nullptr;
    return std::shared_ptr<const KeptFile>(new KeptFile({static_cast<const char*>(mapped), size}));
}

KeptFile::~KeptFile() { ::munmap(const_cast<char*>(bytes_.data()), bytes_.size()); }

http::Response answer_with(
    std::shared_ptr<const KeptFile> file, const http::Request& request, const std::string& etag)
{
    const auto bytes = file->bytes();
    http::Response answer{.headers = {{"ETag", etag}, {"Accept-Ranges", "bytes"},
                              {"Cache-Control", "private, no-store"}}};
    if (request.header("If-None-Match") == std::string_view(etag)) {
        answer.status = 304;
        return answer;
    }
    answer.asset = bytes;
    const auto asked = request.header("Range");
    const auto if_range = request.header("If-Range");
    if (asked && (!if_range || *if_range == etag)) {
        if (const auto range = read_range(*asked, bytes.size())) {
            const auto size = std::to_string(bytes.size());
            if (range->begin == range->end) {
                answer.asset = {};
                answer.status = 416;
                answer.headers.emplace_back("Content-Range", "bytes */" + size);
                return answer;
            }
            answer.status = 206;
            answer.asset = bytes.substr(range->begin, range->end - range->begin);
            answer.headers.emplace_back("Content-Range",
                "bytes " + std::to_string(range->begin) + "-" + std::to_string(range->end - 1) + "/"
                    + size);
        }
    }
    answer.held = std::move(file);
    return answer;
}

}  // namespace leadcrm::exports
