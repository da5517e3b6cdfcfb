// Which answers are the person's name, e-mail and phone when nobody has said so: by Meta's word for
// the question, else by the usual keys. What an organization says instead: form_mapping.hpp.
#pragma once

#include "leads/submission.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::meta {

// What an answer becomes: a part of the contact, a custom field, or nothing but an answer.
BOOST_DEFINE_ENUM_CLASS(Target, name, first_name, last_name, email, phone, field, answer)

struct StandardField {
    Target target = Target::answer;
    int place = 0;  // of several that ask for the same, the lowest decides
};

std::optional<StandardField> standard_field(std::string_view type, std::string_view key);
// The place of a question that was mapped by hand.
int place_of(std::string_view type, std::string_view key);

// An answer that is to become a standard field.
struct Claim {
    StandardField field;
    std::vector<std::string> values;
};
leads::Contact contact_of(const std::vector<Claim>& claims);

// "Téléphone ?" and "telefone?" are asked by some forms, "telefone" by others.
std::string plain_key(std::string_view key);

}  // namespace leadcrm::meta
