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

mail::Letter new_address_letter(const std::string& name, const std::string& link)
{
    return {.subject = "Is this your new address?",
        .before = {"Hello " + name + ",",
            "your Lead CRM account is to have this address from now on. Confirm that it is yours: "
            "you sign in with it afterwards."},
        .button = "Use this address",
        .link = link,
        .after = {"The link works once, for a day.",
            "If you know nothing of it, do nothing: without your confirmation nothing changes."}};
}

mail::Letter reset_letter(const std::string& name, const std::string& link)
{
    return {.subject = "Set a new password",
        .before = {"Hello " + name + ",",
            "somebody, probably you, has asked for a new password for your Lead CRM account."},
        .button = "Set a new password",
        .link = link,
        .after = {"The link works once, for an hour. Afterwards you are signed out everywhere.",
            "If it was not you, do nothing: your password stays what it is."}};
}

mail::Letter notice_letter(
    Notice notice, const std::string& name, const std::string& seen, const std::string& link)
{
    mail::Letter letter{.before = {"Hello " + name + ","},
        .button = "It was not me: set a new password",
        .link = link,
        .after = {"If it was you, there is nothing to do."}};
    switch (notice) {
    case Notice::new_device:
        letter.subject = "A new device signed in";
        letter.before.push_back("your Lead CRM account was signed in to on " + seen
            + ". It had not been signed in to from this device before.");
        break;
    case Notice::password_changed:
        letter.subject = "Your password was changed";
        letter.before.push_back("the password of your Lead CRM account was changed on " + seen
            + ". Every other device was signed out.");
        break;
    case Notice::new_address:
        letter.subject = "Your address is to change";
        letter.before.push_back("another address was asked for your Lead CRM account on " + seen
            + ". It takes the place of this one when it is confirmed; a new password calls that "
              "off.");
        break;
    case Notice::second_factor_on:
        letter.subject = "Your second factor is on";
        letter.before.push_back("signing in to your Lead CRM account asks for a code of your "
                                "authenticator app now. It was set up on "
            + seen + ".");
        break;
    case Notice::second_factor_off:
        letter.subject = "Your second factor was switched off";
        letter.before.push_back("signing in to your Lead CRM account no longer asks for a code. "
                                "The second factor was switched off on "
            + seen + ".");
        break;
    case Notice::second_factor_lost:
        letter.subject = "The operator switched your second factor off";
        letter.before.push_back("the operator of this server switched the second factor of your "
                                "Lead CRM account off on "
            + seen
            + ", as for somebody who has lost phone and recovery codes, and removed your "
              "passkeys. You were signed out "
              "everywhere. Sign in with your password and set up another.");
        break;
    case Notice::passkey_added:
        letter.subject = "A passkey was added";
        letter.before.push_back("a passkey was added to your Lead CRM account on " + seen
            + ". Whoever holds it signs in without your password.");
        letter.after.insert(letter.after.begin(),
            "If it was not you, set a new password, sign in, and remove the passkey under "
            "Settings, Profile.");
        break;
    case Notice::passkey_removed:
        letter.subject = "A passkey was removed";
        letter.before.push_back("a passkey of your Lead CRM account was removed on " + seen
            + ". It does not sign in any more.");
        break;
    }
    return letter;
}

mail::Letter invitation_letter(
    const std::string& inviter, const std::string& organization, const std::string& link)
{
    return {.subject = inviter + " invites you to " + organization,
        .before = {"Hello,", inviter + " invites you to work in " + organization + " at Lead CRM."},
        .button = "See the invitation",
        .link = link,
        .after = {"The link works once, for seven days.",
            "If you do not know " + inviter + ", do nothing: nothing happens without you."}};
}

mail::Letter ownership_letter(const OwnershipNews& news)
{
    mail::Letter letter{.before = {"Hello " + news.name + ","},
        .button = "Open Lead CRM",
        .link = news.link,
        .after = {"If this comes as a surprise, speak to " + news.other + "."}};
    if (news.is_new_owner) {
        letter.subject = "You are the owner of " + news.organization + " now";
        letter.before.push_back(news.other + " has passed " + news.organization
            + " on to you. From now on you decide who works there, what comes in and what is "
              "kept. Sign in again to go on.");
    } else {
        letter.subject = "You have passed on " + news.organization;
        letter.before.push_back(news.other + " is the owner of " + news.organization
            + " now, and you are not any more. If it was not you, " + news.other
            + " can make you an owner again; set a new password first.");
    }
    return letter;
}

mail::Letter support_letter(const SupportNews& news)
{
    return {.subject = "Support has opened " + news.organization,
        .before = {"Hello " + news.name + ",",
            news.support + " of the operator's support has opened " + news.organization
                + ", as one of its owners allowed. Support sees what an owner sees and changes "
                  "nothing.",
            "What support was asked to look at: " + news.reason,
            "It ends by itself on " + news.until + ", or as soon as an owner ends it."},
        .button = "See it or end it",
        .link = news.link,
        .after = {"What support opens is in the audit log."}};
}

mail::Letter support_request_letter(const SupportNews& news)
{
    return {.subject = "Support asks to look into " + news.organization,
        .before = {"Hello " + news.name + ",",
            news.support + " of the operator's support asks to look into " + news.organization
                + ". Nobody sees anything unless an owner allows it, for as long as the owner says.",
            "What support would look at: " + news.reason},
        .button = "Allow or decline it",
        .link = news.link,
        .after = {"Without an answer the request ends by itself on " + news.until
            + ". If you did not expect it, decline it."}};
}

mail::Letter support_answer_letter(const SupportAnswerNews& news)
{
    return {.subject = news.organization
            + (news.is_granted ? " lets you look" : " does not let support look"),
        .before = {"Hello " + news.name + ",",
            news.is_granted ? "An owner of " + news.organization
                    + " has answered your request: support may look for now."
                            : "An owner of " + news.organization
                    + " has declined your request to look into the organization."},
        .button = "Open " + news.organization,
        .link = news.link,
        .after = {}};
}

}  // namespace leadcrm::accounts
