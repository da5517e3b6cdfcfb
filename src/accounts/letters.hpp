// What our mails say. All of their words are in letters.cpp.
#pragma once

#include "platform/mail/mail.hpp"

namespace leadcrm::accounts {

mail::Letter confirmation_letter(const std::string& name, const std::string& link);

}  // namespace leadcrm::accounts
