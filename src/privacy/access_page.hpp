// What is kept about a person, as it is told to them: the content of an access file, and the page
// of it that can be read without knowing anything about programs.
#pragma once

#include "audit/audit.hpp"
#include "leads/lead.hpp"
#include "meta/delivery_erasure.hpp"
#include "meta/form_version.hpp"

#include <boost/describe.hpp>

#include <map>
#include <string>
#include <vector>

namespace leadcrm::privacy {

struct Told {
    Instant read_at;
    std::string organization;
    leads::LeadRecord lead;  // with submissions, answers, consents and what happened
    std::vector<meta::FormVersion> forms;  // as they were shown
    std::map<std::string, json::Raw> originals;  // what Meta sent, by leadgen_id
    std::vector<meta::ToldDelivery> deliveries;
    std::vector<audit::Entry> audit;
    std::map<std::string, json::Raw> tables;  // every row, by table
};
BOOST_DESCRIBE_STRUCT(
    Told, (), (read_at, organization, lead, forms, originals, deliveries, audit, tables))

std::string page_of(const Told& told);

}  // namespace leadcrm::privacy
