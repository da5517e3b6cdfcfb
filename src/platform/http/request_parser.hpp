// Bytes of a connection to a Request. Beast's parser reads the head; what it is lenient about
// (because proxies and servers have disagreed on it, which is how requests are smuggled past a
// proxy) is refused here: bare line feeds, folded lines, Content-Length beside Transfer-Encoding or
// given twice, any transfer coding but "chunked", no Host or two of them.
#pragma once

#include "platform/http/chunked_body.hpp"
#include "platform/http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace leadcrm::http {

// Finds the empty line that ends a head, over bytes that come in pieces.
class HeadScanner {
public:
    enum class Found { nothing_yet, end, bad_line };
    // `bytes` is everything that came so far. After Found::end, size() is that of the whole head.
    Found look_at(std::string_view bytes);
    std::size_t size() const { return line_begin_; }

private:
    std::size_t seen_ = 0;
    std::size_t line_begin_ = 0;
};

// One request. Used once: head(), then body() until is_done().
class RequestParser {
public:
    enum class Trouble { none, malformed, too_large };

    // A head that HeadScanner found. Fills method, target, path, query and headers.
    Trouble head(std::string_view bytes, Request& request);
    // Takes what it can of `bytes`, tells how much; at most `body_max` bytes of body.
    Trouble body(std::string_view bytes, std::size_t body_max, std::size_t& taken);

    bool is_done() const { return is_done_; }
    bool keeps_alive() const { return keeps_alive_; }
    bool expects_continue() const { return expects_continue_; }
    // What the head promises; nothing when it is chunked.
    std::optional<std::uint64_t> promised_body() const { return promised_; }

private:
    Request* request_ = nullptr;
    bool is_done_ = false;
    bool keeps_alive_ = true;
    bool expects_continue_ = false;
    std::optional<std::uint64_t> promised_;
    ChunkedBody chunks_;
};

}  // namespace leadcrm::http
