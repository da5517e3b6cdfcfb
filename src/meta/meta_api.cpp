#include "meta/meta_api.hpp"

#include "meta/fetch_store.hpp"
#include "meta/page.hpp"
#include "meta/page_pulse.hpp"

#include <map>
#include <utility>

namespace leadcrm::meta {
namespace {

struct BackfillView {
    BackfillState state = BackfillState::waiting;
    std::int64_t found = 0;
    std::int64_t stored = 0;
    std::optional<Instant> started_at;
    std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(BackfillView, (), (state, found, stored, started_at, ended_at))

struct ConnectedBy {
    UserId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(ConnectedBy, (), (id, name))

struct PageView {
    std::string page_id;
    std::string name;
    bool connected = true;
    PageMode mode = PageMode::webhook;
    std::vector<PageProblem> problems;
    std::optional<Instant> connected_at;
    std::optional<Instant> last_lead_at;
    std::optional<Instant> wait_until;
    std::int64_t waiting_fetches = 0;
    Rhythm rhythm;
    std::vector<std::int64_t> hours;  // leads an hour of the last day, the oldest first
    std::optional<BackfillView> backfill;
    std::optional<ConnectedBy> connected_by;
    std::optional<Instant> token_expires_at;  // nothing: never
};
BOOST_DESCRIBE_STRUCT(PageView, (),
    (page_id, name, connected, mode, problems, connected_at, last_lead_at, wait_until,
        waiting_fetches, rhythm, hours, backfill, connected_by, token_expires_at))

PageView view_of(
    const Page& page, const PagePulse& pulse, std::int64_t waiting_fetches, Instant now)
{
    PageView view{.page_id = page.page_id,
        .name = page.name,
        .connected = !page.is_disconnected(),
        .mode = pulse.mode,
        .problems = {},
        .connected_at = page.connected_at,
        .last_lead_at = page.last_lead_at,
        .wait_until = page.wait_until > now ? page.wait_until : std::nullopt,
        .waiting_fetches = waiting_fetches,
        .rhythm = pulse.page.rhythm,
        .hours = pulse.page.hours,
        .token_expires_at = page.token_expires_at};
    if (page.problem_code)
        view.problems.push_back({*page.problem_code, page.problem_message.value_or(""),
            page.problem_since.value_or(page.connected_at)});
    return view;
}

std::optional<ConnectedBy> connected_by(const db::Reader& db, const Page& page)
{
    if (!page.connected_by) return std::nullopt;
    const auto name =
        db.row<std::string>("SELECT name FROM users WHERE id = $2", *page.connected_by);
    return name ? std::optional(ConnectedBy{*page.connected_by, *name}) : std::nullopt;
}

http::Page<PageView> list_pages(db::Reader& db, const http::Caller&, const http::Nothing&)
{
    const auto now = Instant::now();
    const auto waiting = store::count_open(db);
    const auto backfills = store::list_backfills(db);
    http::Page<PageView> answer;
    for (const auto& page : store::list_pages(db)) {
        const auto found = waiting.find(page.page_id);
        auto view =
            view_of(page, pulse_of(db, page, now), found == waiting.end() ? 0 : found->second, now);
        if (const auto fill = backfills.find(page.page_id); fill != backfills.end())
            view.backfill = BackfillView{fill->second.state, fill->second.found,
                fill->second.stored, fill->second.started_at, fill->second.ended_at};
        view.connected_by = connected_by(db, page);
        answer.data.push_back(std::move(view));
    }
    return answer;
}

}  // namespace

void add_api_routes(http::Routes& api)
{
    api.read("GET", "/api/v1/meta/pages", list_pages,
        {"Connected pages, with what keeps their leads from coming", http::Right::read_leads});
}

}  // namespace leadcrm::meta
