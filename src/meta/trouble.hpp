// What stops the leads of an organization's pages right now, and the letter its owners get about
// it.
#pragma once

#include "letters/reader.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <string>
#include <vector>

namespace leadcrm::meta {

// `code` is for programs; `message` says what is true and what to do.
struct Trouble {
    std::string page_id;
    std::string page_name;
    std::string code;
    std::string message;
    Instant since;
};
BOOST_DESCRIBE_STRUCT(Trouble, (), (page_id, page_name, code, message, since))

// From the pages themselves, which know at once, and from the doctor, who looks now and then.
std::vector<Trouble> list_troubles(const db::Reader& db);

// Says of each trouble by its code what it is; one without words of its own is told by its message.
mail::Letter trouble_letter(const letters::Reader& to, const std::string& name,
    const std::vector<Trouble>& troubles, const std::string& public_url);

// Orders a letter to each owner, in the transaction that notes the new troubles of a page, given by
// their codes. What comes within a few seconds, such as a login that dies with all its pages, is
// told in one letter; what comes and goes is told again after six hours at the earliest.
void order_trouble_letters(
    db::Tx& tx, const std::string& page_id, const std::vector<std::string>& codes);

// A letter tells what is wrong when it leaves; none leaves when all is well again. Only a confirmed
// address gets one. `public_url`: where the way to mend it begins.
void handle_trouble_letters(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);

}  // namespace leadcrm::meta
