#include "platform/http/request_parser.hpp"

#include <boost/asio/buffer.hpp>
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
    header_limit(static_cast<std::uint32_t>(bytes.size() + 1));
    body_limit(boost::none);  // the limit depends on the route: see body()
    Error error;
    put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    if (error == HttpError::need_more && is_header_done()) error = {};
    eager(true);
    return error ? Trouble::malformed : Trouble::none;
}

RequestParser::Trouble RequestParser::body(
    std::string_view bytes, std::size_t body_max, std::size_t& taken)
{
    body_max_ = body_max;
    Error error;
    taken = put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    if (!error || error == HttpError::need_more) return Trouble::none;
    return error == HttpError::body_limit ? Trouble::too_large : Trouble::malformed;
}

std::optional<std::uint64_t> RequestParser::promised_body() const
{
    const auto length = content_length();
    return length ? std::optional(*length) : std::nullopt;
}

void RequestParser::on_request_impl(
    boost::beast::http::verb, View method_text, View target, int version, Error& error)
{
    version_ = version;
    request_->method = plain(method_text);
    read_target(target, error);
}

void RequestParser::read_target(View target, Error& error)
{
    request_->target = origin_form(plain(target));
    const std::string_view text = request_->target;
    const auto path = text.substr(0, text.find('?'));
    auto decoded = decode_path(path);
    if (!decoded || path.empty() || (path.front() != '/' && path != "*")) {
        error = HttpError::bad_target;
        return;
    }
    request_->path = std::move(*decoded);
    request_->query = text.substr(std::min(path.size() + 1, text.size()));
}

void RequestParser::on_field_impl(Field field, View name, View value, Error& error)
{
    if (head_is_done_) return;  // a trailer: nothing of ours looks at them
    switch (field) {
    case Field::host:
        ++hosts_;
        break;
    case Field::content_length:
        // Beast takes "5, 5"; a proxy in front may have taken the first or the last.
        if (++lengths_ > 1 || value.find(',') != View::npos) error = HttpError::bad_content_length;
        break;
    case Field::transfer_encoding:
        if (has_transfer_coding_ || !same_name(plain(value), "chunked"))
            error = HttpError::bad_transfer_encoding;
        has_transfer_coding_ = true;
        break;
    case Field::expect:
        expects_continue_ = same_name(plain(value), "100-continue");
        break;
    default:
        break;
    }
    request_->headers.emplace_back(plain(name), plain(value));
}

void RequestParser::on_header_impl(Error& error)
{
    head_is_done_ = true;
    if (has_transfer_coding_ && (lengths_ > 0 || version_ < 11))
        error = HttpError::bad_transfer_encoding;
    if (hosts_ > 1 || (hosts_ == 0 && version_ == 11)) error = HttpError::bad_field;
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&)
{
    if (length) request_->body.reserve(std::min<std::size_t>(*length, body_reserve_max));
}

std::size_t RequestParser::on_body_impl(View piece, Error& error)
{
    if (piece.size() > body_max_ - std::min(body_max_, request_->body.size())) {
        error = HttpError::body_limit;
        return 0;
    }
    request_->body.append(piece.data(), piece.size());
    return piece.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t size, View, Error& error)
{
    if (size > body_max_ - std::min(body_max_, request_->body.size()))
        error = HttpError::body_limit;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View piece, Error& error)
{
    return on_body_impl(piece, error);
}

void RequestParser::on_finish_impl(Error&) { }

}  // namespace leadcrm::http
