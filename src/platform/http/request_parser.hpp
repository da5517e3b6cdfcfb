// Bytes of a connection to a Request. Beast's parser reads the grammar; what it is lenient about
// (because proxies and servers have disagreed on it, which is how requests are smuggled past a
// proxy) is refused here: bare line feeds, folded lines, Content-Length beside Transfer-Encoding or
// given twice, any transfer coding but "chunked", no Host or two of them.
#pragma once

#include "platform/http/message.hpp"

#include <boost/beast/http/basic_parser.hpp>

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
class RequestParser : private boost::beast::http::basic_parser<true> {
public:
    enum class Trouble { none, malformed, too_large };

    // A head that HeadScanner found. Fills method, target, path, query and headers.
    Trouble head(std::string_view bytes, Request& request);
    // Takes what it can of `bytes`, tells how much; at most `body_max` bytes of body.
    Trouble body(std::string_view bytes, std::size_t body_max, std::size_t& taken);

    using basic_parser::is_done;
    bool keeps_alive() const { return keep_alive(); }
    bool expects_continue() const { return expects_continue_; }
    // What the head promises, if it does.
    std::optional<std::uint64_t> promised_body() const;

private:
    using View = boost::beast::string_view;
    using Error = boost::beast::error_code;
    using Field = boost::beast::http::field;

    void on_request_impl(boost::beast::http::verb method, View method_text, View target,
        int version, Error& error) override;
    void on_response_impl(int, View, int, Error&) override { }
    void on_field_impl(Field field, View name, View value, Error& error) override;
    void on_header_impl(Error& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error& error) override;
    std::size_t on_body_impl(View piece, Error& error) override;
    void on_chunk_header_impl(std::uint64_t size, View extensions, Error& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t left, View piece, Error& error) override;
    void on_finish_impl(Error& error) override;

    void read_target(View target, Error& error);

    Request* request_ = nullptr;
    std::size_t body_max_ = 0;
    int version_ = 0;
    int hosts_ = 0;
    int lengths_ = 0;
    bool head_is_done_ = false;
    bool has_transfer_coding_ = false;
    bool expects_continue_ = false;
};

}  // namespace leadcrm::http
