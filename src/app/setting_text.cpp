#include "app/setting_text.hpp"

#include "platform/http/proxies.hpp"

#include <charconv>
#include <map>
#include <stdexcept>

namespace leadcrm::app {
namespace {

// One of a few words; `words` says which.
template <class T>
T parse_word(const std::string& text, const std::map<std::string, T>& meanings, const char* words)
{
    const auto found = meanings.find(text);
    if (found == meanings.end()) throw std::invalid_argument("has to be " + std::string(words));
    return found->second;
}

}  // namespace

Address parse_address(const std::string& text)
{
    const auto colon = text.rfind(':');
    Address address;
    if (colon != std::string::npos) {
        address.host = text.substr(0, colon);
        const auto* end = text.data() + text.size();
        const auto read = std::from_chars(text.data() + colon + 1, end, address.port);
        if (read.ptr != end || read.ec != std::errc()) address.port = -1;
    }
    if (address.host.starts_with('[') && address.host.ends_with(']'))
        address.host = address.host.substr(1, address.host.size() - 2);
    if (address.host.empty() || address.port < 0 || address.port > 65'535)
        throw std::invalid_argument("is no address and port, such as 127.0.0.1:8080");
    return address;
}

std::string parse_url(std::string text)
{
    while (text.ends_with('/')) text.pop_back();
    if (!text.starts_with("http://") && !text.starts_with("https://"))
        throw std::invalid_argument("has to begin with http:// or https://");
    return text;
}

std::string parse_database_url(const std::string& text)
{
    if (!text.starts_with("postgresql://") && !text.starts_with("postgres://"))
        throw std::invalid_argument("has to begin with postgresql://");
    return text;
}

std::string parse_smtp_url(const std::string& text)
{
    if (!text.starts_with("smtp://") && !text.starts_with("smtps://"))
        throw std::invalid_argument("has to begin with smtp:// or smtps://");
    return text;
}

std::string parse_sender(const std::string& text)
{
    const auto open = text.rfind('<');
    const auto address = open == std::string::npos ? text : text.substr(open + 1);
    if (address.find('@') == std::string::npos || address.find(' ') != std::string::npos
        || (open != std::string::npos) != text.ends_with('>'))
        throw std::invalid_argument("is no address, such as Lead CRM <crm@example.com>");
    return text;
}

std::string parse_graph_version(const std::string& text)
{
    if (!text.starts_with('v') || text.find_first_not_of("0123456789.", 1) != std::string::npos)
        throw std::invalid_argument("is no version of the Graph API, such as v26.0");
    return text;
}

int parse_seconds(const std::string& text)
{
    int seconds = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (read.ptr != text.data() + text.size() || seconds < 1)
        throw std::invalid_argument("has to be a number of seconds, 1 or more");
    return seconds;
}

std::string parse_proxies(const std::string& text)
{
    try {
        const http::TrustedProxies proxies(text);
        return text;
    } catch (const std::invalid_argument& wrong) {
        throw std::invalid_argument("holds what is " + std::string(wrong.what()));
    }
}

std::string parse_contact(const std::string& text)
{
    if (!text.starts_with("https://") && text.find('@') == std::string::npos)
        throw std::invalid_argument("has to be a mail address or begin with https://");
    return text;
}

log::Format parse_format(const std::string& text)
{
    return parse_word<log::Format>(
        text, {{"text", log::Format::text}, {"json", log::Format::json}}, "text or json");
}

log::Level parse_level(const std::string& text)
{
    using log::Level;
    return parse_word<Level>(text,
        {{"debug", Level::debug}, {"info", Level::info}, {"warn", Level::warn},
            {"error", Level::error}},
        "debug, info, warn or error");
}

bool parse_yes(const std::string& text)
{
    return parse_word<bool>(text, {{"yes", true}, {"no", false}}, "yes or no");
}

}  // namespace leadcrm::app
