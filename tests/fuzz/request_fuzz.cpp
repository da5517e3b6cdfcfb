// The bytes of a connection: whatever arrives, in whatever pieces, becomes the same request or
// none, and none that two servers could read in two ways.
#include "platform/http/request_parser.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace leadcrm::http;

constexpr std::size_t body_max = 64;

// As a connection reads: the head when it is whole, then the body in steps.
std::optional<Request> read(std::string_view bytes, std::size_t step)
{
    HeadScanner scanner;
    std::size_t come = 0;
    for (;;) {
        const auto found = scanner.look_at(bytes.substr(0, come));
        if (found == HeadScanner::Found::bad_line) return std::nullopt;
        if (found == HeadScanner::Found::end) break;
        if (come == bytes.size()) return std::nullopt;
        come = std::min(come + step, bytes.size());
    }
    RequestParser parser;
    Request request;
    if (parser.head(bytes.substr(0, scanner.size()), request) != RequestParser::Trouble::none)
        return std::nullopt;
    auto begin = scanner.size();
    if (parser.promised_body().value_or(0) > body_max) return std::nullopt;
    while (!parser.is_done()) {
        std::size_t taken = 0;
        const auto trouble = parser.body(bytes.substr(begin, come - begin), body_max, taken);
        if (trouble != RequestParser::Trouble::none) return std::nullopt;
        begin += taken;
        if (parser.is_done()) break;
        if (come == bytes.size()) return std::nullopt;
        come = std::min(come + step, bytes.size());
    }
    return request;
}

void check(bool holds)
{
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto whole = read(bytes, bytes.size() + 1);
    const auto in_pieces = read(bytes, 1);
    check(whole.has_value() == in_pieces.has_value());
    if (!whole) return 0;

    check(whole->headers == in_pieces->headers && whole->body == in_pieces->body);
    check(whole->target == in_pieces->target && whole->path == in_pieces->path);
    check(whole->body.size() <= body_max);
    check(is_utf8(whole->path));
    check(
        whole->header("Content-Length").has_value() + whole->header("Transfer-Encoding").has_value()
        < 2);
    for (const auto& [name, value] : whole->headers) {
        check(!name.empty());
        check((name + value).find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    }
    parse_form(whole->query);
    whole->cookie("session");
    return 0;
}
