// The log: one line an event, text on a terminal, JSON elsewhere. Thread-safe; never blocks on a
// slow reader for long (spdlog's asynchronous sink). Secrets are never passed in; personal data
// only through masked().
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadcrm::log {

enum class Level { debug, info, warn, error };
enum class Format { text, json };

void set_up(Format format, Level level);
void flush();
// For callers that would have to gather the fields of a line first.
bool enabled(Level level);

using Fields = std::vector<std::pair<std::string_view, std::string>>;

// `what` is a fixed text, so that lines of one kind can be counted: log::info("page connected",
// {{"page_id", id}}).
void write(Level level, std::string_view what, const Fields& fields = {});
inline void debug(std::string_view what, const Fields& fields = {})
{
    write(Level::debug, what, fields);
}
inline void info(std::string_view what, const Fields& fields = {})
{
    write(Level::info, what, fields);
}
inline void warn(std::string_view what, const Fields& fields = {})
{
    write(Level::warn, what, fields);
}
inline void error(std::string_view what, const Fields& fields = {})
{
    write(Level::error, what, fields);
}

// The line as it is printed, its end apart.
std::string line_of(Format format, Level level, std::string_view what, const Fields& fields);

// "a…@…" and "+49…67": enough to recognise, not enough to know.
std::string masked(std::string_view personal);

}  // namespace leadcrm::log
