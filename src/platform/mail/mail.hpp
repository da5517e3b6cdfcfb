// Mail to people. What is to be said is written in a job (jobs::enqueue in the transaction that is
// the reason for it), so that a mail is tried again while the mail server is away, and a link that
// gives access is made when it leaves and is nowhere stored.
#pragma once

#include "platform/db/database.hpp"

#include <atomic>
#include <string>
#include <vector>

namespace leadcrm::mail {

struct Mail {
    std::string to;  // a bare address
    std::string subject;
    std::string text;
    std::string html;
};

// A letter in plain words: the same for both forms of the mail.
struct Letter {
    std::string language = "en";  // BCP 47
    std::string direction = "ltr";
    std::string subject;
    std::vector<std::string> before;  // paragraphs
    std::string button;  // what the link does
    std::string link;
    std::vector<std::string> after;
};

// Everything in the letter is text: in HTML it is escaped.
Mail write(const Letter& letter, const std::string& to);

struct Settings {
    std::string smtp_url;  // smtp://…, smtps://…; empty: mails are kept in the database
    std::string from;  // "Lead CRM <crm@example.com>", or a bare address
};

// Thread-safe.
class Post {
public:
    Post(db::Database& database, Settings settings);

    // Blocking, for job workers. Throws jobs::GiveUp when the server will never take it,
    // Failure::unavailable when it should be tried again. What tells of an organization names it,
    // so that no trace of the letter outlives it.
    void deliver(const Mail& mail, const std::optional<OrganizationId>& about = {});
    // Ends what is being sent.
    void stop() { stopping_ = true; }

private:
    db::Database& database_;
    const Settings settings_;
    std::atomic<bool> stopping_{false};
};

struct MailRecord {
    std::string recipient;
    std::string subject;
    std::optional<std::string> text;  // kept only where no mail server took it
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(MailRecord, (), (recipient, subject, text, created_at))

// Newest first.
std::vector<MailRecord> list(const db::PlatformReader& db, std::int64_t limit);

}  // namespace leadcrm::mail
