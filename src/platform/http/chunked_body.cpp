#include "platform/http/chunked_body.hpp"

#include <algorithm>
#include <charconv>

namespace leadcrm::http {

namespace {

// Lines hold text and tabs, nothing that ends or hides anything.
bool is_plain(std::string_view line)
{
    return std::all_of(line.begin(), line.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return c == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

}  // namespace

ChunkedBody::Found ChunkedBody::take(
    std::string_view bytes, std::size_t& taken, std::string& body, std::size_t body_max)
{
    taken = 0;
    while (next_ != Next::nothing) {
        const auto rest = bytes.substr(taken);
        if (next_ == Next::data) {
            const auto count = std::min<std::uint64_t>(left_, rest.size());
            if (count == 0) return Found::nothing_yet;
            body += rest.substr(0, count);
            taken += count;
            left_ -= count;
            if (left_ == 0) next_ = Next::data_end;
            continue;
        }
        const auto feed = rest.find('\n');
        if (feed == std::string_view::npos) return Found::nothing_yet;
        if (feed == 0 || rest[feed - 1] != '\r') return Found::malformed;
        const auto room = body_max - std::min(body_max, body.size());
        const auto found = take_line(rest.substr(0, feed - 1), room);
        if (found != Found::nothing_yet) return found;
        taken += feed + 1;
    }
    return Found::end;
}

// A line without its end. Found::nothing_yet is all well.
ChunkedBody::Found ChunkedBody::take_line(std::string_view line, std::size_t room)
{
    if (next_ == Next::data_end) {
        next_ = Next::size_line;
        return line.empty() ? Found::nothing_yet : Found::malformed;
    }
    if (!is_plain(line)) return Found::malformed;
    if (next_ == Next::trailer) {
        if (line.empty())
            next_ = Next::nothing;
        else if (line.front() == ' ' || line.front() == '\t' || line.find(':') == line.npos)
            return Found::malformed;
        return Found::nothing_yet;
    }
    const auto digits = line.substr(0, line.find(';'));
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, left_, 16);
    if (read.ec != std::errc() || read.ptr != end) return Found::malformed;
    if (left_ > room) return Found::too_large;
    next_ = left_ == 0 ? Next::trailer : Next::data;
    return Found::nothing_yet;
}

}  // namespace leadcrm::http
