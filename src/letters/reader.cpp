#include "letters/reader.hpp"

#include <algorithm>

namespace leadcrm::letters {

// In the order they are written in, which is the order of their weights in every browser.
std::optional<Language> preferred_language(std::string_view accept_language)
{
    while (!accept_language.empty()) {
        const auto comma = accept_language.find(',');
        auto tag = accept_language.substr(0, comma);
        tag.remove_prefix(std::min(tag.find_first_not_of(' '), tag.size()));
        tag = tag.substr(0, tag.find_first_of("-; "));
        auto language = Language::en;
        if (boost::describe::enum_from_string(std::string(tag).c_str(), language)) return language;
        if (comma == std::string_view::npos) break;
        accept_language.remove_prefix(comma + 1);
    }
    return std::nullopt;
}

}  // namespace leadcrm::letters
