#include "platform_admin/announcement.hpp"

#include "accounts/joining.hpp"
#include "accounts/reader_of.hpp"
#include "letters/words.hpp"
#include "platform/json/json.hpp"

#include <sstream>

namespace leadcrm::platform_admin {
namespace {

constexpr auto letter_job = "platform_admin.announcement_letter";

struct LetterOrder {
    UserId user_id;
    Announcement announcement;
};
BOOST_DESCRIBE_STRUCT(LetterOrder, (), (user_id, announcement))

std::vector<UserId> recipients(const db::PlatformReader& db)
{
    return db.rows<UserId>(R"sql(
        SELECT DISTINCT u.id
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        JOIN organizations o ON o.id = m.organization_id
        WHERE m.role = 'owner' AND u.email_confirmed_at IS NOT NULL AND o.closed_at IS NULL
        ORDER BY u.id
    )sql");
}

// Lines of one paragraph belong together: a text file is broken at some column.
std::vector<std::string> paragraphs_of(const std::string& text)
{
    std::vector<std::string> paragraphs;
    std::istringstream lines(text);
    bool is_new = true;
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (line.find_first_not_of(" \t") == std::string::npos) {
            is_new = true;
        } else if (is_new) {
            paragraphs.push_back(line);
            is_new = false;
        } else {
            paragraphs.back() += ' ' + line;
        }
    }
    return paragraphs;
}

}  // namespace

std::int64_t count_recipients(const db::PlatformReader& db)
{
    return std::int64_t(recipients(db).size());
}

std::int64_t announce(db::PlatformTx& tx, const Announcement& announcement)
{
    const auto people = recipients(tx);
    for (const auto& person : people)
        jobs::enqueue(
            tx, {.kind = letter_job, .payload = json::text_of(LetterOrder{person, announcement})});
    return std::int64_t(people.size());
}

void handle_announcements(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<LetterOrder>(job.payload);
        letters::Reader reads;
        const auto person = database.read_platform([&](db::PlatformReader& db) {
            reads = accounts::reader_of(db, order.user_id);
            return accounts::find_account(db, order.user_id);
        });
        if (!person || !person->email_confirmed_at) return;
        auto letter = letters::Words(reads).letter("announcement",
            {{"name", person->name}, {"subject", order.announcement.subject.value}},
            public_url + "/app/");
        for (auto& paragraph : paragraphs_of(order.announcement.text.value))
            letter.before.push_back(std::move(paragraph));
        post.deliver(mail::write(letter, person->email));
    });
}

}  // namespace leadcrm::platform_admin
