// The custom fields of a lead: what comes in with a submission, what people change, and what of a
// lead a person has set by hand. What fields there are: custom_fields/custom_field.hpp.
#pragma once

#include "leads/lead.hpp"
#include "platform/db/session.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace leadcrm::leads {

// "name", "email", "phone" and "custom.key" of what a person changed after the lead came. No
// program overwrites it.
using HandEdits = std::set<std::string>;
HandEdits edited_by_hand(const db::Reader& db, const LeadId& lead);
std::map<LeadId, HandEdits> edited_by_hand(const db::Reader& db, const std::vector<LeadId>& leads);

// Gaps are filled; what is there gives way to a later submission, but not where it was set by hand.
// Returns whether anything is different.
bool take_over_custom(
    LeadRow& lead, const Submission& submission, const HandEdits& by_hand, bool is_latest);

// Sets the fields named in `given`, by key; null takes a value away. Adds what is wrong as
// "custom.key". Returns the keys of those that are different now.
std::vector<std::string> change_custom(const db::Reader& db, LeadRow& lead,
    const std::map<std::string, json::value>& given, std::vector<FieldError>& wrong);

}  // namespace leadcrm::leads
