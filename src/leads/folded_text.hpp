// Text as search and sorting see it: without case and accents, in every script.
//
// Search finds parts of words of three characters or more by trigrams (lead_search.hpp). So that
// shorter words are served by the same index, every word in search_text has two spaces on both
// sides: "a" is then the trigram "  a", the beginning of a word, and "67" is "67 ", the end of a
// phone number. Han characters are words of their own, for nobody puts spaces between them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::leads {

// Lower case, without accents and other marks, compatibility forms made plain, white space and
// control characters as single spaces, none at the ends. Bytes that are no UTF-8 are left out.
std::string fold(std::string_view text);

// What names are sorted by: folded, at most 300 bytes.
std::string name_key_of(std::string_view name);

std::string search_text_of(std::string_view name, const std::optional<std::string>& email,
    const std::optional<std::string>& phone, const std::optional<std::string>& phone_raw);

// One word of what somebody looks for.
struct Term {
    enum class Place { anywhere, word_start, word_end };

    std::string text;  // folded
    Place place = Place::anywhere;

    // The term with the spaces that hold it to its place: always three characters or more.
    std::string padded() const;
    bool operator==(const Term&) const = default;
};

// The words of a query, all of which a lead must have; at most eight. What looks like a phone
// number, however it is written, is one term of its digits without leading zeros.
std::vector<Term> terms_of(std::string_view query);

// A LIKE pattern (with '\' as escape) for `text` anywhere.
std::string like_pattern(std::string_view text);

// `text` in ASCII: other characters as "u" and their number. PostgreSQL's trigrams know letters
// only as far as the database's locale does, and a database in the C locale knows A to Z.
std::string ascii_key(std::string_view text);

// UTF-8 without U+0000, which PostgreSQL cannot store, and without bytes that are no UTF-8.
std::string storable(std::string_view text);

}  // namespace leadcrm::leads
