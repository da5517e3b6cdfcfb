#include "backups/restored_letter.hpp"

#include "accounts/owner_address.hpp"
#include "audit/audit.hpp"
#include "letters/words.hpp"
#include "platform/json/json.hpp"

namespace leadcrm::backups {
namespace {

constexpr auto letter_job = "backups.restored_letter";

struct LetterOrder {
    UserId owner;
    std::string organization;
    Instant backed_up_at;
};
BOOST_DESCRIBE_STRUCT(LetterOrder, (), (owner, organization, backed_up_at))

}  // namespace

void tell_owners(db::PlatformTx& db, Instant backed_up_at)
{
    const auto owners = db.rows<std::tuple<OrganizationId, std::string, UserId>>(R"sql(
        SELECT o.id, o.name, m.user_id
        FROM organizations o JOIN memberships m ON m.organization_id = o.id
        WHERE m.role = 'owner' AND o.closed_at IS NULL
        ORDER BY o.id, m.user_id
    )sql");
    std::optional<OrganizationId> before;
    for (const auto& [organization, name, owner] : owners) {
        auto tx = db.in_organization(organization);
        jobs::enqueue(tx,
            {.kind = letter_job,
                .payload = json::text_of(LetterOrder{owner, name, backed_up_at}),
                .key = owner.text()});
        if (before != organization)
            audit::record(tx,
                {.action = "leadcrm restore",
                    .what = "Restore the state of a backup",
                    .object = rfc3339(backed_up_at)});
        before = organization;
    }
}

void handle_restored_letters(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<LetterOrder>(job.payload);
        const auto to = database.read_platform([&](db::PlatformReader& db) {
            return accounts::owner_address(db, job.organization_id.value(), order.owner);
        });
        if (!to) return;
        const letters::Words say(to->reads);
        post.deliver(mail::write(say.letter("restored",
                                     {{"name", to->name}, {"organization", order.organization},
                                         {"time", say.time(order.backed_up_at)}},
                                     public_url + "/app/settings/people"),
                         to->email),
            job.organization_id);
    });
}

}  // namespace leadcrm::backups
