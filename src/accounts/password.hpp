// What may be a password, and what is stored of one. Blocking and costly by design: for the CPU
// pool. Choosing a new one: new_password.hpp.
#pragma once

#include "platform/fields.hpp"

#include <string>
#include <vector>

namespace leadcrm::accounts {

// The costly part of registering, signing in and choosing a password.
std::string hash_of(const std::string& password, const std::string& salt);

// For addresses that nobody has, so that the answer takes as long as usual.
const std::string& nobodys_salt();

// Throws Failure::invalid, naming `field`, for a password that a million guesses would find.
// `known` is what those who guess know of the person: address, name, organization. The judgement is
// zxcvbn's; the web app asks the same library while the person types, so this is for those who do
// not use it.
void refuse_guessable(const Password& password, const std::vector<std::string>& known,
    const std::string& field = "password");

}  // namespace leadcrm::accounts
