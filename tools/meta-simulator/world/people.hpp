// The people who answer forms: names in the scripts of their countries, telephone numbers that
// exist there, and the free text people type.
#pragma once

#include "meta-simulator/world/dice.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::simulator {

struct Name {
    std::string_view text;
    std::string_view latin;  // for the e-mail address
};

struct Country {
    std::string_view code;  // ISO 3166-1 alpha-2
    std::string_view locale;  // as Meta writes it: de_DE
    std::string_view calling_code;  // "+49"
    std::string_view trunk;  // dialled before a national number, often "0"
    std::string_view mobile;  // how mobile numbers begin
    int digits;  // how many follow
    std::vector<Name> first_names;
    std::vector<Name> last_names;
    std::vector<std::string_view> cities;
    bool family_name_first = false;
    std::string_view between_names = " ";
};

std::span<const Country> countries();
// The first country when there is none of that code.
const Country& country(std::string_view code);

struct Person {
    std::string first_name;
    std::string last_name;
    std::string full_name;
    std::string email;
    std::string phone;  // mostly E.164; some are typed as people type them at home
    std::string city;
    std::string postal_code;
};

Person make_person(Dice& dice, const Country& country);

// Something typed into a free text field: several scripts, emoji, line breaks, markup.
std::string make_remark(Dice& dice);

}  // namespace leadcrm::simulator
