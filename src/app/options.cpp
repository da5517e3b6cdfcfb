#include "app/options.hpp"

#include <algorithm>
#include <stdexcept>

namespace leadcrm::app {

Options::Options(const std::vector<std::string>& words, const std::vector<std::string_view>& own,
    const std::vector<std::string_view>& switches)
{
    const auto is_among = [](const std::string& word, const std::vector<std::string_view>& names) {
        return word.starts_with("--")
            && std::find(names.begin(), names.end(), std::string_view(word).substr(2))
            != names.end();
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (is_among(word, switches))
            values_[word.substr(2)] = "";
        else if (!is_among(word, own))
            settings.push_back(word);
        else if (i + 1 == words.size())
            throw std::invalid_argument(word + " needs a value");
        else
            values_[word.substr(2)] = words[++i];
    }
}

const std::string& Options::required(const std::string& name) const
{
    const auto found = values_.find(name);
    if (found == values_.end()) throw std::invalid_argument("--" + name + " is missing");
    return found->second;
}

std::int64_t Options::number(const std::string& name, std::optional<std::int64_t> otherwise) const
{
    if (otherwise && !values_.contains(name)) return *otherwise;
    try {
        std::size_t used = 0;
        const auto& text = required(name);
        const auto number = std::stoll(text, &used);
        if (used == text.size() && number >= 0) return number;
    } catch (const std::logic_error&) {
        // said below
    }
    throw std::invalid_argument("--" + name + " has to be a whole number");
}

OrganizationId Options::organization() const
{
    const auto id = OrganizationId::parse(required("organization"));
    if (!id) throw std::invalid_argument("--organization has to be an id that begins with org_");
    return *id;
}

}  // namespace leadcrm::app
