#include "accounts/letters.hpp"

namespace leadcrm::accounts {

mail::Letter confirmation_letter(const std::string& name, const std::string& link)
{
    return {.subject = "Is this your address?",
        .before = {"Hello " + name + ",",
            "a Lead CRM account was registered with this address. Confirm that it is yours, so "
            "that we can reach you here and nobody else can use it."},
        .button = "Confirm this address",
        .link = link,
        .after = {"The link works once, for three days.",
            "If you did not register, do nothing: an account whose address is not confirmed "
            "cannot get into anything of yours."}};
}

}  // namespace leadcrm::accounts
