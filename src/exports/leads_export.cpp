#include "exports/leads_export.hpp"

#include "accounts/membership_caller.hpp"
#include "exports/lead_page.hpp"
#include "leads/lead_list.hpp"
#include "leads/lead_view.hpp"
#include "platform/jobs/jobs.hpp"

#include <array>
#include <future>

namespace leadcrm::exports {
namespace {

constexpr int page_leads = 1000;

LeadFileFacts facts_of(const db::Reader& db, const Export& made)
{
    const auto [name, zone] =
        db.row<std::tuple<std::string, std::optional<std::string>>>(
              "SELECT name, time_zone FROM users WHERE id = $2", made.ordered_by)
            .value_or(std::tuple<std::string, std::optional<std::string>>());
    const auto [organization, its_zone] = db.one<std::tuple<std::string, std::string>>(
        "SELECT name, time_zone FROM organizations WHERE id = $1");
    return {.organization = organization,
        .asked_by = name,
        .asked_at = made.ordered_at,
        .read_at = Instant::now(),
        .filter = made.question.filter ? json::print(*made.question.filter) : "",
        .time_zone = zone.value_or(its_zone),
        .fields = custom_fields::list_fields(db)};
}

LeadPage page_of(const db::Reader& db, const http::Caller& caller, Instant now,
    std::vector<leads::ShownRow> rows, bool with_consents)
{
    LeadPage page{leads::present(db, caller, std::move(rows), now), {}};
    if (!with_consents) return page;
    std::vector<leads::LeadId> ids;
    ids.reserve(page.leads.size());
    for (const auto& lead : page.leads) ids.push_back(lead.id);
    page.disclaimers = leads::newest_disclaimers(db, ids);
    return page;
}

}  // namespace

Written write_leads(const db::Reader& db, const Export& made, const std::filesystem::path& path,
    const Progress& progress)
{
    const auto caller = accounts::find_caller(db, made.ordered_by);
    if (!caller || !caller->rights.has(http::Right::export_leads))
        throw jobs::GiveUp("whoever ordered it may not export any more");
    leads::ListOrder order{
        leads::read_filter(made.question, *caller), {}, std::nullopt, page_leads};

    const auto file = make_lead_file(path, made.format, facts_of(db, made));
    std::int64_t count = 0;
    // The next page is read while the last one is written.
    std::array<LeadPage, 2> pages;
    std::size_t turn = 0;
    std::future<void> writing;
    for (;;) {
        auto& page = pages[turn++ % pages.size()];
        page = {};  // by the thread that allocated it, which costs less than freeing it over there
        auto rows = leads::list_leads(db, order);
        if (rows.empty()) break;
        order.after = leads::place_of(rows.back(), order.sort);
        page = page_of(db, *caller, made.ordered_at, std::move(rows), file->tells_consents());
        if (writing.valid()) writing.get();
        progress(count);
        count += std::int64_t(page.leads.size());
        writing = std::async(std::launch::async, [&file, &page] { file->add(page); });
    }
    if (writing.valid()) writing.get();
    return {count, file->finish(count)};
}

}  // namespace leadcrm::exports
