#include "privacy/retention_letter.hpp"

#include "accounts/owner_address.hpp"
#include "letters/words.hpp"
#include "platform/json/json.hpp"
#include "privacy/retention.hpp"

namespace leadcrm::privacy {
namespace {

constexpr auto letter_job = "privacy.retention_letter";
constexpr auto gathering = std::chrono::minutes(1);

struct LetterOrder {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(LetterOrder, (), (user_id))

std::string form_name(const letters::Words& say, const db::Reader& db, const std::string& form_id)
{
    if (form_id.empty()) return say.text("retention.all_forms");
    const auto name = db.row<std::optional<std::string>>(
        "SELECT name FROM forms WHERE organization_id = $1 AND form_id = $2", form_id);
    return name && *name ? **name : form_id;
}

std::string told(
    const letters::Words& say, const db::Reader& db, const RetentionRule& rule, Instant now)
{
    const auto reach = preview(db, rule.form_id, rule.months, now);
    return say.text("retention.rule",
        {{"form", form_name(say, db, rule.form_id)},
            {"months", say.counted("retention.months", rule.months)},
            {"day", say.day(rule.begins_at)}, {"leads", say.counted("rows.leads", reach.leads)}});
}

}  // namespace

void order_retention_letters(db::Tx& tx)
{
    for (const auto& owner : accounts::owners_of(tx))
        jobs::enqueue(tx,
            {.kind = letter_job,
                .payload = json::text_of(LetterOrder{owner}),
                .key = owner.text(),
                .delay = gathering});
}

void handle_retention_letters(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<LetterOrder>(job.payload);
        const auto now = Instant::now();
        std::vector<std::string> rules;
        mail::Letter letter;
        const auto owner = database.read_platform([&](db::PlatformReader& db) {
            const auto reader = db.in_organization(job.organization_id.value());
            auto found = accounts::owner_address(db, *job.organization_id, order.user_id);
            if (!found) return found;
            const letters::Words say(found->reads);
            letter = say.letter(
                "retention", {{"name", found->name}}, public_url + "/app/settings/privacy");
            for (const auto& rule : list_rules(reader))
                if (rule.begins_at > now) rules.push_back(told(say, reader, rule, now));
            return found;
        });
        if (!owner || rules.empty()) return;
        letter.before.insert(letter.before.end(), rules.begin(), rules.end());
        post.deliver(mail::write(letter, owner->email), job.organization_id);
    });
}

}  // namespace leadcrm::privacy
