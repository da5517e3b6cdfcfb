#include "letters/words.hpp"

#include "letters/word_files.hpp"
#include "platform/failure.hpp"
#include "platform/json/json.hpp"
#include "platform/time/wall_clock.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace leadcrm::letters {
namespace {

using json::value;

std::string name_of(Language language) { return boost::describe::enum_to_string(language, ""); }

// Read once, when the first letter is written.
const value& words_of(Language language)
{
    static const auto all = [] {
        std::map<std::string, value, std::less<>> read;
        for (const auto& file : word_files())
            read.emplace(file.language, boost::json::parse(file.text));
        return read;
    }();
    return all.at(name_of(language));
}

// "notice.new_device" -> what stands there; nothing when nothing does.
const value* find(Language language, std::string_view key)
{
    const auto* at = &words_of(language);
    while (at && !key.empty()) {
        const auto dot = std::min(key.find('.'), key.size());
        const auto* object = at->if_object();
        at = object ? object->if_contains(key.substr(0, dot)) : nullptr;
        key.remove_prefix(std::min(dot + 1, key.size()));
    }
    return at;
}

const value& get(Language language, std::string_view key)
{
    const auto* found = find(language, key);
    if (!found) throw Failure::internal(fmt::format("no text {} in {}", key, name_of(language)));
    return *found;
}

std::string one_line(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return text;
}

std::string filled(const value& text, const Fillings& fillings)
{
    fmt::dynamic_format_arg_store<fmt::format_context> arguments;
    for (const auto& [name, filling] : fillings)
        arguments.push_back(fmt::arg(name, one_line(filling)));
    const auto* model = text.if_string();
    if (!model) throw Failure::internal("no text: " + boost::json::serialize(text));
    try {
        return fmt::vformat(fmt::string_view(model->data(), model->size()), arguments);
    } catch (const fmt::format_error& error) {
        throw Failure::internal(fmt::format("{} in \"{}\"", error.what(), model->c_str()));
    }
}

std::vector<std::string> paragraphs(const value& texts, const Fillings& fillings)
{
    std::vector<std::string> written;
    for (const auto& text : texts.as_array()) written.push_back(filled(text, fillings));
    return written;
}

// One more language is one more line, as the Unicode plural rules (CLDR) say.
std::string_view plural_form(Language language, std::int64_t count)
{
    switch (language) {
    case Language::en:
    case Language::de:
        break;
    }
    return count == 1 ? "one" : "other";
}

std::string grouped(std::int64_t number, std::string_view mark)
{
    auto text = std::to_string(number);
    for (auto at = text.size(); at > 3;) text.insert(at -= 3, mark);
    return text;
}

}  // namespace

Words::Words(const Reader& reader)
    : language_(reader.language), zone_(is_time_zone(reader.time_zone) ? reader.time_zone : "UTC")
{
}

mail::Letter Words::letter(
    std::string_view name, const Fillings& fillings, const std::string& link) const
{
    const auto part = [&](const char* which) -> const value& {
        return get(language_, fmt::format("{}.{}", name, which));
    };
    mail::Letter letter{.language = name_of(language_),
        .direction = text("direction"),
        .before = paragraphs(part("before"), fillings),
        .button = filled(part("button"), fillings),
        .link = link,
        .after = paragraphs(part("after"), fillings)};
    // A subject that depends on more is the caller's.
    if (const auto& subject = part("subject"); subject.is_string())
        letter.subject = filled(subject, fillings);
    return letter;
}

std::string Words::text(std::string_view key, const Fillings& fillings) const
{
    return filled(get(language_, key), fillings);
}

bool Words::has(std::string_view key) const { return find(language_, key) != nullptr; }

std::string Words::counted(const std::string& key, std::int64_t count) const
{
    return text(fmt::format("{}_{}", key, plural_form(language_, count)),
        {{"count", grouped(count, text("thousands"))}});
}

std::string Words::day(Instant at) const
{
    const auto shown = WallClock(zone_).shown(at);
    return text("day",
        {{"day", std::to_string(shown.day)},
            {"month", std::string(get(language_, "months").at(shown.month - 1).as_string())},
            {"year", std::to_string(shown.year)}});
}

std::string Words::time(Instant at) const
{
    const auto shown = WallClock(zone_).shown(at);
    return text("time",
        {{"day", day(at)}, {"clock", fmt::format("{:02}:{:02}", shown.hour, shown.minute)},
            {"zone", zone_}});
}

}  // namespace leadcrm::letters
