#include "platform/http/wire.hpp"

#include "platform/http/problem.hpp"
#include "platform/log/log.hpp"

#include <array>
#include <charconv>
#include <ctime>
#include <random>

namespace leadcrm::http {

namespace {

void append_number(std::string& out, std::size_t number)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

bool breaks_lines(std::string_view text)
{
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

void append_header(std::string& out, std::string_view name, std::string_view value)
{
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

void append_own_headers(std::string& out, const Response& response, const Asked& asked)
{
    for (const auto& [name, value] : response.headers) {
        if (breaks_lines(name) || breaks_lines(value))
            log::error("header with a line break left out",
                {{"header", std::string(name)}, {"request_id", std::string(asked.request_id)}});
        else
            append_header(out, name, value);
    }
}

bool says(const Response& response, std::string_view name)
{
    for (const auto& header : response.headers)
        if (same_name(header.first, name)) return true;
    return false;
}

// Answers are data of one person unless they say otherwise: not kept, not sniffed, not framed.
void append_common(std::string& out, const Asked& asked)
{
    out += "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n";
    if (asked.secure) out += "Strict-Transport-Security: max-age=31536000\r\n";
    append_header(out, "Date", asked.date);
    append_header(out, "X-Request-Id", asked.request_id);
}

void append_status(std::string& out, int status)
{
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(status));
    out += ' ';
    out += reason_phrase(status);
    out += "\r\n";
}

}  // namespace

std::string_view content(const Response& response)
{
    return response.asset.empty() ? std::string_view(response.body) : response.asset;
}

void append_head(std::string& out, const Response& response, const Asked& asked)
{
    append_status(out, response.status);
    const bool has_body = response.status != 204 && response.status != 304;
    if (has_body) {
        if (!breaks_lines(response.content_type))
            append_header(out, "Content-Type", response.content_type);
        out += "Content-Length: ";
        append_number(out, content(response).size());
        out += "\r\n";
    }
    append_own_headers(out, response, asked);
    if (!says(response, "Cache-Control")) out += "Cache-Control: no-store\r\n";
    if (!says(response, "Content-Security-Policy"))
        out += "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
    append_common(out, asked);
    if (!asked.keep_alive) out += "Connection: close\r\n";
    out += "\r\n";
}

void append_stream_head(std::string& out, const Asked& asked)
{
    append_status(out, 200);
    out += "Content-Type: text/event-stream\r\nCache-Control: no-store\r\n"
           "X-Accel-Buffering: no\r\nConnection: close\r\n";
    append_common(out, asked);
    out += "\r\n";
}

std::string make_request_id()
{
    thread_local std::mt19937_64 random{std::random_device{}()};
    constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string id(15, ' ');
    auto bits = random();
    for (std::size_t i = 0; i < id.size(); ++i) {
        if (i == 12) bits = random();
        id[i] = letters[bits & 31];
        bits >>= 5;
    }
    return id;
}

std::string date_text(std::int64_t unix_seconds)
{
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    const std::time_t seconds = unix_seconds;
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    const int size = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
        days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
        months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour,
        parts.tm_min, parts.tm_sec);
    return {text.data(), static_cast<std::size_t>(size)};
}

Headers page_headers(std::string_view nonce)
{
    std::string policy = "default-src 'self'; script-src 'self'; style-src 'self'";
    if (!nonce.empty()) policy.append(" 'nonce-").append(nonce).append("'");
    policy += "; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
              "worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
              "form-action 'self'; frame-ancestors 'none'";
    return {{"Content-Security-Policy", std::move(policy)}, {"X-Frame-Options", "DENY"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"}};
}

}  // namespace leadcrm::http
