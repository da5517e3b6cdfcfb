#include "platform/mail/mail.hpp"

#include "platform/html.hpp"
#include "platform/id.hpp"
#include "platform/mail/smtp.hpp"
#include "platform/time/instant.hpp"

namespace leadcrm::mail {
namespace {

constexpr std::chrono::hours kept_for{30 * 24};

void record(db::Database& database, const Mail& mail, const std::optional<std::string>& text,
    const std::optional<OrganizationId>& about)
{
    const auto id = make_uuid();
    const auto now = Instant::now();
    database.write_platform([&](db::PlatformTx& tx) {
        tx.run("DELETE FROM mails WHERE created_at < $1", now - kept_for);
        tx.run(R"sql(
            INSERT INTO mails (id, recipient, subject, text, created_at, organization_id)
            VALUES ($1, $2, $3, $4, $5, $6)
        )sql",
            id, mail.to, mail.subject, text, now, about);
    });
}

// The colours stand in the elements, where every mail program reads them; those for the dark in a
// style sheet, for the programs that have a dark mode.
std::string html_head(const Letter& letter)
{
    return "<!doctype html><html lang=\"" + escaped_for_html(letter.language) + "\" dir=\""
        + escaped_for_html(letter.direction)
        + "\"><head><meta charset=\"utf-8\">"
          "<meta name=\"viewport\" content=\"width=device-width\">"
          "<meta name=\"color-scheme\" content=\"light dark\"><title>"
        + escaped_for_html(letter.subject)
        + "</title><style>@media (prefers-color-scheme:dark){"
          "body{background:#161615!important;color:#ececea!important}"
          ".sheet{background:#242422!important}"
          ".go{background:#ececea!important;color:#161615!important}}</style></head>"
          "<body style=\"margin:0;padding:32px 16px;background:#f6f6f4;color:#1c1c1a;"
          "font:16px/1.5 system-ui,sans-serif\"><div class=\"sheet\" style=\"max-width:520px;"
          "margin:0 auto;padding:32px;background:#fff;border-radius:12px;"
          "overflow-wrap:anywhere\">";
}

}  // namespace

Mail write(const Letter& letter, const std::string& to)
{
    Mail mail{to, letter.subject, {}, {}};
    mail.html = html_head(letter);
    const auto add = [&](const std::vector<std::string>& paragraphs) {
        for (const auto& paragraph : paragraphs) {
            mail.text += paragraph + "\n\n";
            mail.html += "<p style=\"margin:0 0 16px\">" + escaped_for_html(paragraph) + "</p>";
        }
    };
    add(letter.before);
    mail.text += letter.button + ":\n" + letter.link + "\n\n";
    mail.html += "<p style=\"margin:24px 0\"><a href=\"" + escaped_for_html(letter.link)
        + "\" class=\"go\" style=\"display:inline-block;padding:12px 20px;border-radius:8px;"
          "background:#1c1c1a;color:#fff;text-decoration:none\">"
        + escaped_for_html(letter.button) + "</a></p>";
    add(letter.after);
    mail.html += "</div></body></html>";
    return mail;
}

Post::Post(db::Database& database, Settings settings)
    : database_(database), settings_(std::move(settings))
{
}

void Post::deliver(const Mail& mail, const std::optional<OrganizationId>& about)
{
    if (settings_.smtp_url.empty()) return record(database_, mail, mail.text, about);
    send_by_smtp(settings_, mail, stopping_);
    record(database_, mail, std::nullopt, about);
}

std::vector<MailRecord> list(const db::PlatformReader& db, std::int64_t limit)
{
    return db.rows<MailRecord>(
        "SELECT {columns} FROM mails ORDER BY created_at DESC LIMIT $1", limit);
}

}  // namespace leadcrm::mail
