// What a value of a custom field is, by its type:
//
//     text, long_text   "…"                        select        "key of the option"
//     number            3 or 2.5                   multi_select  ["key", "key"]
//     money             {amount_minor, currency}   phone         "+34600000000"
//     date              "2026-01-31"               email         "ana@example.com"
//     date_time         "2026-01-31T08:15:00Z"     link          "https://…"
//     yes_no            true
#pragma once

#include "custom_fields/custom_field.hpp"
#include "platform/json/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::custom_fields {

// How people of the organization write numbers and times.
struct Region {
    std::string country;  // ISO 3166-1 alpha-2; empty: unknown
    std::string time_zone = "Etc/UTC";
};
Region region_of(const db::Reader& db);

// A value as a program or a screen gives it, made uniform. Throws BadField.
json::value check_value(const CustomField& field, const json::value& given, const Region& region);

// What people answered, read kindly: "1.200 €", "31.01.2026", an option's text. Nothing when it is
// not clear what is meant; it is better to ask than to be wrong.
std::optional<json::value> read_answer(
    const CustomField& field, const std::vector<std::string>& answers, const Region& region);

}  // namespace leadcrm::custom_fields
