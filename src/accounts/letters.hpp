// Our letters to people about accounts, invitations and support. Their words, and those of all
// other letters, stand in letters/*.json.
#pragma once

#include "accounts/device_name.hpp"
#include "accounts/notice.hpp"
#include "letters/reader.hpp"
#include "platform/mail/mail.hpp"

namespace leadcrm::accounts {

using letters::Reader;

mail::Letter confirmation_letter(
    const Reader& to, const std::string& name, const std::string& link);
mail::Letter new_address_letter(const Reader& to, const std::string& name, const std::string& link);
mail::Letter reset_letter(const Reader& to, const std::string& name, const std::string& link);

// When and from where something was done.
struct Seen {
    Instant at;
    std::string address;  // empty: on the server itself
    DeviceKind device;
};
// `link`: where a new password is asked for.
mail::Letter notice_letter(const Reader& to, Notice notice, const std::string& name,
    const Seen& seen, const std::string& link);

mail::Letter invitation_letter(const Reader& to, const std::string& inviter,
    const std::string& organization, const std::string& link);

struct OwnershipNews {
    std::string name;
    std::string organization;
    std::string other;
    bool is_new_owner = false;
    std::string link;
};
mail::Letter ownership_letter(const Reader& to, const OwnershipNews& news);

struct SupportNews {
    std::string name;
    std::string organization;
    std::string support;  // who looks
    std::string reason;
    Instant until;
    std::string link;
};
mail::Letter support_letter(const Reader& to, const SupportNews& news);
// `until`: when the request ends by itself.
mail::Letter support_request_letter(const Reader& to, const SupportNews& news);

struct SupportAnswerNews {
    std::string name;
    std::string organization;
    bool is_granted = false;
    std::string link;
};
mail::Letter support_answer_letter(const Reader& to, const SupportAnswerNews& news);

}  // namespace leadcrm::accounts
