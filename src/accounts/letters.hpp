// What our mails say. All of their words are in letters.cpp.
#pragma once

#include "accounts/notice.hpp"
#include "platform/mail/mail.hpp"

namespace leadcrm::accounts {

mail::Letter confirmation_letter(const std::string& name, const std::string& link);
mail::Letter new_address_letter(const std::string& name, const std::string& link);
mail::Letter reset_letter(const std::string& name, const std::string& link);

// `seen`: when and from where. `link`: where a new password is asked for.
mail::Letter notice_letter(
    Notice notice, const std::string& name, const std::string& seen, const std::string& link);

mail::Letter invitation_letter(
    const std::string& inviter, const std::string& organization, const std::string& link);

struct OwnershipNews {
    std::string name;
    std::string organization;
    std::string other;
    bool is_new_owner = false;
    std::string link;
};
mail::Letter ownership_letter(const OwnershipNews& news);

struct SupportNews {
    std::string name;
    std::string organization;
    std::string support;  // who looks
    std::string reason;
    std::string until;
    std::string link;
};
mail::Letter support_letter(const SupportNews& news);
// `until`: the day on which the request ends by itself.
mail::Letter support_request_letter(const SupportNews& news);

struct SupportAnswerNews {
    std::string name;
    std::string organization;
    bool is_granted = false;
    std::string link;
};
mail::Letter support_answer_letter(const SupportAnswerNews& news);

}  // namespace leadcrm::accounts
