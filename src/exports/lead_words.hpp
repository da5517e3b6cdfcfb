// What is kept of a lead as JSON, in words for one cell or one note.
#pragma once

#include "leads/lead.hpp"

#include <array>
#include <string>
#include <unordered_map>

namespace leadcrm::exports {

// "How many rooms?: 3; When?: soon"
std::string text_of_answers(const leads::Lead& lead);

// A value of a custom field: texts as they are, everything else as JSON.
std::string text_of_value(const json::value& value);

// What is the same for every lead of an ad or a form is read once.
class SharedWords {
public:
    // Platform, page, form, campaign and ad; what has no name is called by its id.
    using SourceNames = std::array<std::string, 5>;
    const SourceNames& source_names(const std::string& source);

    // "I agree to be called.: yes; Send me the newsletter.: no"
    const std::string& consents(const std::string& disclaimers);

private:
    std::unordered_map<std::string, SourceNames> sources_;
    std::unordered_map<std::string, std::string> consents_;
};

}  // namespace leadcrm::exports
