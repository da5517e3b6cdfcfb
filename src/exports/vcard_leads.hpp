// Leads as vCards (RFC 6350, version 4.0), for the address book of a phone: one file with a card
// for each.
#pragma once

#include "exports/lead_page.hpp"
#include "exports/lead_words.hpp"

#include <string_view>

namespace leadcrm::exports {

// With its line end, folded: no line is longer than 75 bytes and no character is cut in two.
// `value` is as it stands in the card.
void append_card_line(std::string& card, std::string_view name, std::string_view value);
// A text as a value: backslash, comma, semicolon and line ends with a backslash before them; other
// control characters are left out.
std::string card_text(std::string_view text);

// Without phone and e-mail where they are hidden from whoever asked.
void append_card(std::string& card, const leads::Lead& lead, SharedWords& words);

std::unique_ptr<LeadFile> make_vcard_file(const std::filesystem::path& path);

}  // namespace leadcrm::exports
