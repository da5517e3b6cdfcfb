// The `fields` parameter: "id,name,questions{key,label},leads.limit(5){id}".
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::simulator {

struct FieldChoice {
    std::string name;
    std::map<std::string, std::string> arguments;  // .limit(5)
    std::vector<FieldChoice> fields;  // {…}
};

// Throws GraphError 2500 when the text is no field list. No text, no fields.
std::vector<FieldChoice> parse_fields(std::string_view text);

}  // namespace leadcrm::simulator
