// Reading again what leads answered: what they would be if their submissions came now, compared
// with what they are. What a person set by hand stays, and so does what none of the answers says:
// it came from elsewhere. Every change can be taken back.
#pragma once

#include "leads/lead.hpp"
#include "platform/db/session.hpp"

#include <boost/describe.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::leads {

// One field that would be different. Values are null where there is none.
struct FieldDifference {
    std::string field;  // name, email, phone, phone_raw, or custom.key
    json::value before;
    json::value after;
    std::optional<std::string> misfit_before;  // an answer that does not fit the field's type
    std::optional<std::string> misfit_after;
    bool is_kept = false;  // set by hand: it stays as it is
};
BOOST_DESCRIBE_STRUCT(
    FieldDifference, (), (field, before, after, misfit_before, misfit_after, is_kept))

struct LeadDifference {
    LeadId lead_id;
    std::int64_t number = 0;
    std::string name;
    std::vector<FieldDifference> fields;

    bool is_change() const;  // not all of it is kept
};
BOOST_DESCRIBE_STRUCT(LeadDifference, (), (lead_id, number, name, fields))

// Makes contact and custom fields of a submission's answers. An empty contact says nothing.
using ReadAnswers = std::function<void(Submission&)>;

// Those of the leads that would be different.
std::vector<LeadDifference> compare(
    const db::Reader& db, const std::vector<LeadId>& leads, const ReadAnswers& read);

// Changes the lead and announces lead.read_again, once. In the transaction of the comparison.
void apply(db::Tx& tx, const LeadDifference& difference, const UserId& actor);

// Puts back what was before, where nobody has changed it since; announces lead.reading_undone.
// Returns whether there was anything.
bool take_back(db::Tx& tx, const LeadDifference& difference, const UserId& actor);

}  // namespace leadcrm::leads
