// Leads as the API and the stream show them: rows with the names of stages and people, and without
// the contact where it is hidden from who looks (hidden_contact.hpp).
#pragma once

#include "leads/lead.hpp"
#include "platform/db/session.hpp"
#include "platform/http/right.hpp"

#include <unordered_map>
#include <vector>

namespace leadcrm::leads {

// To the caller, in the order given. A lead that nobody has seen yet is shown as visible from `now`
// on.
std::vector<Lead> present(
    const db::Reader& db, const http::Caller& caller, std::vector<ShownRow> rows, Instant now);
Lead present(const db::Reader& db, const http::Caller& caller, ShownRow row, Instant now);
// The lead with its submissions and its timeline.
LeadRecord present_record(
    const db::Reader& db, const http::Caller& caller, ShownRow row, Instant now);

// With every contact: for who hides them by themselves, or hands everything over.
std::vector<Lead> present_whole(const db::Reader& db, std::vector<ShownRow> rows, Instant now);
LeadRecord present_whole_record(const db::Reader& db, ShownRow row, Instant now);

// What each of them agreed to, or did not, in the newest submission that asked for anything. Leads
// that were never asked are left out.
std::unordered_map<LeadId, json::Raw> newest_disclaimers(
    const db::Reader& db, const std::vector<LeadId>& leads);

}  // namespace leadcrm::leads
