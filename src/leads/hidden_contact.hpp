// A lead as it is told to who may not see its contact yet: events::may_see_contact decides, and
// this takes everything out that tells how to reach the person, wherever it stands.
//
// The phone shows its country and its last two digits, enough to tell two leads of a name apart. Of
// the e-mail only that there is one: beside the name, a letter and a domain are often all that is
// needed to guess it. Answers and custom fields are hidden when they repeat the contact, and when
// they look like a way to reach somebody, whatever question they answer.
#pragma once

#include "custom_fields/custom_field.hpp"
#include "leads/lead.hpp"
#include "platform/db/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::leads {

inline constexpr std::string_view hidden_text = "•••";

class ContactHiding {
public:
    explicit ContactHiding(const db::Reader& db);
    explicit ContactHiding(std::vector<custom_fields::CustomField> fields);

    void hide(Lead& lead) const;
    void hide(LeadRecord& record) const;

private:
    std::vector<custom_fields::CustomField> fields_;
};

}  // namespace leadcrm::leads
