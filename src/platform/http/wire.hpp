// A Response as the bytes of HTTP/1.1, with the headers that every answer carries: security,
// caching, date, request id.
#pragma once

#include "platform/http/message.hpp"

#include <string>
#include <string_view>

namespace leadcrm::http {

// What the writer has to know about the request it answers.
struct Asked {
    std::string_view request_id;
    std::string_view date;  // "Mon, 23 Nov 2026 08:15:30 GMT"
    bool keep_alive = true;
    bool head_only = false;  // HEAD: what GET would say, without its body
    bool secure = false;
};

// Appends the head to `out`; content() is sent behind it unless head_only. Headers that hold line
// breaks are left out, so that no value can become a header of its own.
void append_head(std::string& out, const Response& response, const Asked& asked);
std::string_view content(const Response& response);

// The head of an event stream, which ends with its connection.
void append_stream_head(std::string& out, const Asked& asked);

// 75 random bits: enough to find one request in a log. Short enough not to be allocated.
std::string make_request_id();

// "Mon, 23 Nov 2026 08:15:30 GMT"
std::string date_text(std::int64_t unix_seconds);

// The headers of an HTML page: everything comes from this site, inline styles need the nonce,
// nobody may frame it.
Headers page_headers(std::string_view nonce);

}  // namespace leadcrm::http
