// The operator writes to everybody who owns an organization: that the terms change, as they promise
// to say, or that the service will be away for an hour. In the operator's own words.
#pragma once

#include "platform/db/database.hpp"
#include "platform/fields.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <string>

namespace leadcrm::platform_admin {

struct Announcement {
    Text<3, 200> subject;  // one line
    Text<3, 5000> text;  // paragraphs, with an empty line between them
};
BOOST_DESCRIBE_STRUCT(Announcement, (), (subject, text))

// Whoever owns several organizations gets one letter; whoever has not confirmed their address gets
// none, and neither do owners of an organization that is being deleted.
std::int64_t count_recipients(const db::PlatformReader& db);

// The letters go out as jobs. Returns how many.
std::int64_t announce(db::PlatformTx& tx, const Announcement& announcement);

void handle_announcements(jobs::Workers& workers, db::Database& database, mail::Post& post,
    const std::string& public_url);

}  // namespace leadcrm::platform_admin
