#include "privacy/retention_letter.hpp"

#include "accounts/owner_address.hpp"
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

std::string form_name(const db::Reader& db, const std::string& form_id)
{
    if (form_id.empty()) return "All forms without a rule of their own";
    const auto name = db.row<std::optional<std::string>>(
        "SELECT name FROM forms WHERE organization_id = $1 AND form_id = $2", form_id);
    return name && *name ? **name : form_id;
}

std::string told(const db::Reader& db, const RetentionRule& rule, Instant now)
{
    const auto reach = preview(db, rule.form_id, rule.months, now);
    return form_name(db, rule.form_id) + ": leads are erased " + std::to_string(rule.months)
        + (rule.months == 1 ? " month" : " months")
        + " after the last that happened with them, beginning on "
        + rfc3339(rule.begins_at).substr(0, 10) + ". Today that is " + std::to_string(reach.leads)
        + (reach.leads == 1 ? " lead." : " leads.");
}

}  // namespace

void order_retention_letters(db::Tx& tx)
{
    const auto owners = tx.rows<UserId>(
        "SELECT user_id FROM memberships WHERE organization_id = $1 AND role = 'owner'");
    for (const auto& owner : owners)
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
        mail::Letter letter{.subject = "Leads will be erased when their time is over",
            .button = "Look at the rules",
            .link = public_url + "/app/settings/privacy",
            .after = {"An owner can change or end a rule until it begins, and afterwards for the "
                      "leads that are still here. What was erased does not come back."}};
        const auto owner = database.read_platform([&](db::PlatformReader& db) {
            const auto reader = db.in_organization(job.organization_id.value());
            auto found = accounts::owner_address(db, *job.organization_id, order.user_id);
            if (found) letter.before.push_back("Hello " + found->name + ",");
            for (const auto& rule : list_rules(reader))
                if (rule.begins_at > now) letter.before.push_back(told(reader, rule, now));
            return found;
        });
        if (!owner || letter.before.size() < 2) return;
        post.deliver(mail::write(letter, owner->email));
    });
}

}  // namespace leadcrm::privacy
