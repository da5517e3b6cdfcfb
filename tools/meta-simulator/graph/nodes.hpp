// What Graph shows of a lead, a form and a page, and which of their fields a call gets.
#pragma once

#include "meta-simulator/graph/field_choice.hpp"
#include "meta-simulator/world/world.hpp"
#include "platform/json/json.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::simulator {

// A kind of node: every field Meta documents for it, whether this simulator fills it or not, and
// those that come unasked.
struct NodeType {
    std::string_view name;
    std::span<const std::string_view> fields;
    std::span<const std::string_view> unasked;
};
extern const NodeType lead_type;
extern const NodeType form_type;
extern const NodeType page_type;

// Without `sees_ads`, the ad's fields are silently missing, as with a person who may not see the ad
// account.
json::object whole_lead(const Lead& lead, bool sees_ads);
json::object whole_form(const Form& form, Instant now);
json::object whole_page(const Page& page, const Token& page_token);

// Answers a field that is not data of the node but an edge or a question of its own ("leads",
// "has_lead_access"); nothing when there is no such field.
using AskEdge = std::function<std::optional<json::value>(const FieldChoice&)>;

// The chosen fields of a whole node, always with its id. Known fields without a value are left out;
// unknown ones, and those in `removed`, throw GraphError 100.
json::object choose(const json::object& whole, const NodeType& type,
    const std::vector<FieldChoice>& fields, const std::vector<std::string>& removed,
    const AskEdge& ask_edge = {});

}  // namespace leadcrm::simulator
