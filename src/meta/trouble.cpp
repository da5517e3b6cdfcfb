#include "meta/trouble.hpp"

#include "accounts/owner_address.hpp"
#include "letters/words.hpp"
#include "meta/doctor.hpp"
#include "meta/page.hpp"
#include "meta/token_probe.hpp"
#include "platform/json/json.hpp"

#include <algorithm>
#include <tuple>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

constexpr auto letter_job = "meta.trouble_letter";
constexpr auto gathering = 5s;
constexpr auto silence = 6h;

struct LetterOrder {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(LetterOrder, (), (user_id))

std::string subject_of(const letters::Words& say, const std::vector<Trouble>& troubles)
{
    const auto& first = troubles.front();
    const bool is_one_page = std::all_of(troubles.begin(), troubles.end(),
        [&](const Trouble& each) { return each.page_id == first.page_id; });
    const bool ends_soon = std::all_of(troubles.begin(), troubles.end(),
        [](const Trouble& each) { return each.code == "expiring"; });
    const std::string kind = ends_soon ? (is_one_page ? "page_ends_soon" : "pages_end_soon")
                                       : (is_one_page ? "page" : "pages");
    return say.text("trouble.subject." + kind, {{"page", first.page_name}});
}

std::string line_of(const letters::Words& say, const Trouble& trouble)
{
    const auto key = "trouble.what." + trouble.code;
    // It was noted at the latest when so much was left.
    const auto what = say.has(key)
        ? say.text(key, {{"day", say.day(trouble.since + expiry_notice)}})
        : trouble.message;
    return say.text("trouble.line", {{"page", trouble.page_name}, {"what", what}});
}

void note_told(db::Tx& tx, const std::vector<Trouble>& troubles)
{
    for (const auto& trouble : troubles)
        tx.run(R"sql(
            INSERT INTO told_troubles (organization_id, page_id, code, told_at)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (organization_id, page_id, code) DO UPDATE SET told_at = EXCLUDED.told_at
        )sql",
            trouble.page_id, trouble.code, Instant::now());
}

}  // namespace

mail::Letter trouble_letter(const letters::Reader& to, const std::string& name,
    const std::vector<Trouble>& troubles, const std::string& public_url)
{
    const letters::Words say(to);
    auto letter = say.letter(
        "trouble", {{"name", name}}, public_url + "/app/sources?page=" + troubles.front().page_id);
    letter.subject = subject_of(say, troubles);
    for (const auto& trouble : troubles) letter.before.push_back(line_of(say, trouble));
    return letter;
}

std::vector<Trouble> list_troubles(const db::Reader& db)
{
    std::vector<Trouble> troubles;
    for (const auto& page : store::list_pages(db)) {
        if (page.disconnected_at) continue;
        if (page.problem_code) {
            troubles.push_back({page.page_id, page.name, *page.problem_code,
                page.problem_message.value_or(""), page.problem_since.value_or(page.connected_at)});
            continue;
        }
        for (const auto& checkup : store::list_checkups(db, page.page_id))
            for (const auto& check : checkup.checks)
                // One found before the page was connected anew says nothing about it.
                if (check.stops_leads() && checkup.checked_at > page.connected_at)
                    troubles.push_back({page.page_id, page.name, check.code, check.detail,
                        check.since.value_or(*checkup.checked_at)});
    }
    return troubles;
}

void order_trouble_letters(
    db::Tx& tx, const std::string& page_id, const std::vector<std::string>& codes)
{
    const auto told = tx.rows<std::string>(
        "SELECT code FROM told_troubles WHERE organization_id = $1 AND page_id = $2"
        " AND told_at > $3",
        page_id, Instant::now() - silence);
    if (std::all_of(codes.begin(), codes.end(), [&](const std::string& code) {
            return std::find(told.begin(), told.end(), code) != told.end();
        }))
        return;
    for (const auto& owner : accounts::owners_of(tx))
        jobs::enqueue(tx,
            {.kind = letter_job,
                .payload = json::text_of(LetterOrder{owner}),
                .key = owner.text(),
                .delay = gathering});
}

void handle_trouble_letters(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto organization = job.organization_id.value();
        const auto order = json::from_text<LetterOrder>(job.payload);
        std::vector<Trouble> troubles;
        const auto owner = database.read_platform([&](db::PlatformReader& db) {
            troubles = list_troubles(db.in_organization(organization));
            return accounts::owner_address(db, organization, order.user_id);
        });
        if (!owner || troubles.empty()) return;
        post.deliver(mail::write(trouble_letter(owner->reads, owner->name, troubles, public_url),
                         owner->email),
            organization);
        database.write(organization, [&](db::Tx& tx) { note_told(tx, troubles); });
    });
}

}  // namespace leadcrm::meta
