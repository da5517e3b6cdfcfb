#include "platform/http/request_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace leadcrm::http {

namespace {

using HttpError = boost::beast::http::error;

// What is reserved before any byte of a body came: a promise alone costs no memory.
constexpr std::size_t body_reserve_max = std::size_t(64) * 1024;

std::string_view plain(boost::beast::string_view text) { return {text.data(), text.size()}; }

// "http://host/path?query" is what a proxy is sent, and every server must understand.
std::string origin_form(std::string_view target)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (target.size() < scheme.size() || !same_name(target.substr(0, scheme.size()), scheme))
            continue;
        const auto path = target.find_first_of("/?", scheme.size());
        if (path == std::string_view::npos) return "/";
        return (target[path] == '?' ? "/" : "") + std::string(target.substr(path));
    }
    return std::string(target);
}

// Beast calls back with what it reads; this keeps it, and refuses more than Beast does.
class HeadParser : public boost::beast::http::basic_parser<true> {
public:
    explicit HeadParser(Request& request) : request_(request) { }

    bool expects_continue = false;

private:
    using View = boost::beast::string_view;
    using Error = boost::beast::error_code;
    using Field = boost::beast::http::field;

    void on_request_impl(
        boost::beast::http::verb, View method_text, View target, int version, Error& error) override
    {
        version_ = version;
        request_.method = plain(method_text);
        request_.target = origin_form(plain(target));
        const std::string_view text = request_.target;
        const auto path = text.substr(0, text.find('?'));
        auto decoded = decode_path(path);
        if (!decoded || path.empty() || (path.front() != '/' && path != "*")) {
            error = HttpError::bad_target;
            return;
        }
        request_.path = std::move(*decoded);
        request_.query = text.substr(std::min(path.size() + 1, text.size()));
    }

    void on_field_impl(Field field, View name, View value, Error& error) override
    {
        switch (field) {
        case Field::host:
            ++hosts_;
            break;
        case Field::content_length:
            // Beast takes "5, 5"; a proxy in front may have taken the first or the last.
            if (++lengths_ > 1 || value.find(',') != View::npos)
                error = HttpError::bad_content_length;
            break;
        case Field::transfer_encoding:
            if (has_transfer_coding_ || !same_name(plain(value), "chunked"))
                error = HttpError::bad_transfer_encoding;
            has_transfer_coding_ = true;
            break;
        case Field::expect:
            expects_continue = same_name(plain(value), "100-continue");
            break;
        default:
            break;
        }
        request_.headers.emplace_back(plain(name), plain(value));
    }

    void on_header_impl(Error& error) override
    {
        if (has_transfer_coding_ && (lengths_ > 0 || version_ < 11))
            error = HttpError::bad_transfer_encoding;
        if (hosts_ > 1 || (hosts_ == 0 && version_ == 11)) error = HttpError::bad_field;
    }

    // The rest of the parser is never reached: it is given heads only.
    void on_response_impl(int, View, int, Error&) override { }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override { }
    std::size_t on_body_impl(View, Error&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, View, Error&) override { }
    std::size_t on_chunk_body_impl(std::uint64_t, View, Error&) override { return 0; }
    void on_finish_impl(Error&) override { }

    Request& request_;
    int version_ = 0;
    int hosts_ = 0;
    int lengths_ = 0;
    bool has_transfer_coding_ = false;
};

}  // namespace

HeadScanner::Found HeadScanner::look_at(std::string_view bytes)
{
    for (;;) {
        const auto feed = bytes.find('\n', seen_);
        if (feed == std::string_view::npos) {
            seen_ = bytes.size();
            return Found::nothing_yet;
        }
        const bool is_folded = bytes[line_begin_] == ' ' || bytes[line_begin_] == '\t';
        if (feed == 0 || bytes[feed - 1] != '\r' || is_folded) return Found::bad_line;
        const bool is_empty = feed == line_begin_ + 1;
        const bool is_first = line_begin_ == 0;
        line_begin_ = seen_ = feed + 1;
        if (is_empty) return is_first ? Found::bad_line : Found::end;
    }
}

RequestParser::Trouble RequestParser::head(std::string_view bytes, Request& request)
{
    request_ = &request;
    HeadParser parser(request);
    parser.header_limit(static_cast<std::uint32_t>(bytes.size() + 1));
    parser.body_limit(boost::none);  // it depends on the route: see body()
    boost::beast::error_code error;
    parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    if (error || !parser.is_header_done()) return Trouble::malformed;
    keeps_alive_ = parser.keep_alive();
    expects_continue_ = parser.expects_continue;
    if (!parser.chunked()) promised_ = parser.content_length().value_or(0);
    is_done_ = promised_ == std::uint64_t(0);
    return Trouble::none;
}

RequestParser::Trouble RequestParser::body(
    std::string_view bytes, std::size_t body_max, std::size_t& taken)
{
    auto& body = request_->body;
    if (!promised_) {
        const auto found = chunks_.take(bytes, taken, body, body_max);
        is_done_ = found == ChunkedBody::Found::end;
        if (found == ChunkedBody::Found::too_large) return Trouble::too_large;
        return found == ChunkedBody::Found::malformed ? Trouble::malformed : Trouble::none;
    }
    if (*promised_ > body_max) return Trouble::too_large;
    if (body.empty()) body.reserve(std::min<std::size_t>(*promised_, body_reserve_max));
    taken = std::min<std::size_t>(*promised_ - body.size(), bytes.size());
    body += bytes.substr(0, taken);
    is_done_ = body.size() == *promised_;
    return Trouble::none;
}

}  // namespace leadcrm::http
