// What people may do to a lead. Leads that come in: lead_intake.hpp.
#pragma once

#include "leads/lead.hpp"
#include "platform/db/session.hpp"
#include "platform/http/ask.hpp"
#include "platform/http/right.hpp"

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <string>

namespace leadcrm::leads {

// What is not given stays as it is; an empty e-mail or phone and a null custom field
// are taken away.
struct LeadChange {
    LeadId id;
    http::IfMatch if_match;
    std::optional<pipeline::StageId> stage_id;
    std::optional<Text<0, 200>> name;
    std::optional<Text<0, 254>> email;
    std::optional<Text<0, 100>> phone;
    std::optional<std::map<std::string, json::value>> custom;  // by the fields' keys
};
BOOST_DESCRIBE_STRUCT(LeadChange, (), (id, if_match, stage_id, name, email, phone, custom))

// Returns the lead as it is now. Nothing happens, and the version stays, when nothing would change.
// Throws Failure: not_found, stale when somebody changed it in between, invalid.
LeadRow change(db::Tx& tx, const http::Caller& caller, const LeadChange& ask);

// Sets what is made of name, e-mail and phone: the keys to sort and search by.
void fold_contact(LeadRow& lead);

}  // namespace leadcrm::leads
