// Takes a chunked body (RFC 9112, 7.1) apart, over bytes that come in pieces. Strict about every
// line end: where one server sees the end of a chunk and another does not, requests are smuggled.
// (Beast's own reader aborts the process, by an assertion, when the last chunk arrives slowly.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace leadcrm::http {

class ChunkedBody {
public:
    enum class Found { nothing_yet, end, malformed, too_large };

    // Takes what it can from the front of `bytes`, tells how much, and appends the data to `body`,
    // at most up to `body_max`. What it leaves is the beginning of a line.
    Found take(std::string_view bytes, std::size_t& taken, std::string& body, std::size_t body_max);

private:
    enum class Next { size_line, data, data_end, trailer, nothing };

    Found take_line(std::string_view line, std::size_t room);

    Next next_ = Next::size_line;
    std::uint64_t left_ = 0;  // of the chunk's data
};

}  // namespace leadcrm::http
