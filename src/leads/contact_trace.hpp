// Whether a text tells how to reach a person: by what is known of them, or by how it looks. Used
// where a contact is hidden, so in doubt the answer is yes: hidden_contact.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::leads {

class ContactTrace {
public:
    // A phone or e-mail of the person, in whatever form.
    void add(std::string_view contact);

    // Whether the text repeats one of those, however it is written, or looks like an e-mail or a
    // phone number dialled from elsewhere ("+49 …", "0170 …"). A budget does not.
    bool is_in(std::string_view text) const;

private:
    std::vector<std::string> whole_;
    std::vector<std::string> digits_;
};

// Whether a question asks for a phone or an e-mail, by its words.
bool asks_for_contact(std::string_view question);
// Whether an answer to such a question may be one: "by mail" is not.
bool holds_a_way(std::string_view answer);

}  // namespace leadcrm::leads
