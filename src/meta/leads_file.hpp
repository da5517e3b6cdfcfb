// Meta's own download of a form's leads, as CSV or TSV: the way that is left when Meta does not let
// us read. What is made of a row: the same JSON Graph would have answered, so that it goes the same
// way as every other lead. Who takes it: leads_file_api.cpp.
#pragma once

#include "platform/json/json.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::meta {

constexpr std::size_t leads_file_bytes_max = std::size_t(20) * 1024 * 1024;

struct LeadRow {
    std::int64_t line = 0;  // where it begins in the file, counted from 1
    std::string leadgen_id;
    std::optional<std::string> form_id;
    std::optional<std::string> form_name;
    json::value lead;  // as Graph tells it
};

struct RejectedRow {
    std::int64_t line = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RejectedRow, (), (line, reason))

struct LeadsFile {
    std::vector<LeadRow> rows;
    std::vector<RejectedRow> rejected;
};

// UTF-8 or UTF-16, separated by comma, semicolon or tab. Throws Failure::invalid when it is no
// download of leads at all.
LeadsFile read_leads_file(std::string_view bytes);

// UTF-16 with or without its mark becomes UTF-8; nothing when it is neither.
std::optional<std::string> as_utf8(std::string_view bytes);

}  // namespace leadcrm::meta
