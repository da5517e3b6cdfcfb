#include "platform/log/log.hpp"

#include "platform/json/json.hpp"
#include "platform/time/instant.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <utf8proc.h>

#include <algorithm>
#include <atomic>
#include <memory>

namespace leadcrm::log {
namespace {

constexpr std::size_t queue_lines = 8192;

std::atomic<Format> chosen_format{Format::text};

// Lines are dropped, oldest first, rather than making a request wait for a slow terminal.
std::shared_ptr<spdlog::logger> make_logger()
{
    spdlog::init_thread_pool(queue_lines, 1);
    auto logger = std::make_shared<spdlog::async_logger>("leadcrm",
        std::make_shared<spdlog::sinks::stderr_sink_mt>(), spdlog::thread_pool(),
        spdlog::async_overflow_policy::overrun_oldest);
    logger->set_pattern("%v");
    logger->flush_on(spdlog::level::warn);
    return logger;
}

spdlog::logger& logger()
{
    static const auto made = make_logger();
    return *made;
}

spdlog::level::level_enum level_of(Level level)
{
    switch (level) {
    case Level::debug:
        return spdlog::level::debug;
    case Level::info:
        return spdlog::level::info;
    case Level::warn:
        return spdlog::level::warn;
    case Level::error:
        return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::string_view name_of(Level level)
{
    switch (level) {
    case Level::debug:
        return "debug";
    case Level::info:
        return "info";
    case Level::warn:
        return "warn";
    case Level::error:
        return "error";
    }
    return "info";
}

// What strangers send ends up in values: cut short, and UTF-8 whatever it was.
std::string presentable(std::string_view value)
{
    constexpr std::size_t longest = 2'000;
    std::string text(value.substr(0, longest));
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t code = 0;
        const auto used = utf8proc_iterate(bytes + at, utf8proc_ssize_t(text.size() - at), &code);
        if (used <= 0) text[at] = '?';
        at += std::size_t(std::max<utf8proc_ssize_t>(used, 1));
    }
    if (value.size() > longest) text += "…";
    return text;
}

std::string json_line(Level level, std::string_view what, const Fields& fields)
{
    std::string line = "{\"at\":\"" + rfc3339(Instant::now()) + "\",\"level\":\"";
    line += name_of(level);
    line += "\",\"what\":";
    json::append_string(line, what);
    for (const auto& [name, value] : fields) {
        line += ',';
        json::append_string(line, name);
        line += ':';
        json::append_string(line, presentable(value));
    }
    return line + '}';
}

// A line stays a line: whatever a stranger sent, it cannot forge a second one.
std::string text_line(Level level, std::string_view what, const Fields& fields)
{
    std::string line = rfc3339(Instant::now()) + ' ';
    line += name_of(level);
    line += ' ';
    line += what;
    for (const auto& [name, value] : fields) {
        line += ' ';
        line += name;
        line += '=';
        const auto shown = presentable(value);
        const bool plain = !shown.empty() && std::all_of(shown.begin(), shown.end(), [](char c) {
            return static_cast<unsigned char>(c) > ' ' && c != '"' && c != '\\' && c != '=';
        });
        if (plain)
            line += shown;
        else
            json::append_string(line, shown);
    }
    return line;
}

}  // namespace

void set_up(Format format, Level level)
{
    chosen_format = format;
    logger().set_level(level_of(level));
}

std::string line_of(Format format, Level level, std::string_view what, const Fields& fields)
{
    return format == Format::json ? json_line(level, what, fields) : text_line(level, what, fields);
}

void flush() { logger().flush(); }

bool enabled(Level level) { return logger().should_log(level_of(level)); }

void write(Level level, std::string_view what, const Fields& fields)
{
    if (!enabled(level)) return;
    logger().log(level_of(level), line_of(chosen_format, level, what, fields));
}

std::string masked(std::string_view personal)
{
    if (const auto at = personal.find('@'); at != std::string_view::npos)
        return std::string(personal.substr(0, std::min<std::size_t>(at, 1))) + "…@…";
    if (personal.size() <= 5) return "…";
    return std::string(personal.substr(0, 3)) + "…"
        + std::string(personal.substr(personal.size() - 2));
}

}  // namespace leadcrm::log
