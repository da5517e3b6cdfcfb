#include "meta/meta_api.hpp"

#include "meta/fetch_store.hpp"
#include "meta/form.hpp"
#include "meta/page.hpp"

#include <map>
#include <utility>

namespace leadcrm::meta {
namespace {

struct PageView {
    std::string page_id;
    std::string name;
    bool connected = true;
    std::string mode;
    std::vector<PageProblem> problems;
    std::optional<Instant> connected_at;
    std::optional<Instant> last_lead_at;
    std::optional<Instant> wait_until;
    std::int64_t waiting_fetches = 0;
};
BOOST_DESCRIBE_STRUCT(PageView, (),
    (page_id, name, connected, mode, problems, connected_at, last_lead_at, wait_until,
        waiting_fetches))

struct FormView {
    std::string form_id;
    std::string name;
    std::string page_id;
    std::string page_name;
    std::string status;
};
BOOST_DESCRIBE_STRUCT(FormView, (), (form_id, name, page_id, page_name, status))

PageView view_of(const Page& page, std::int64_t waiting_fetches, Instant now)
{
    PageView view{.page_id = page.page_id,
        .name = page.name,
        .connected = !page.is_disconnected(),
        .mode = "webhook",
        .problems = {},
        .connected_at = page.connected_at,
        .last_lead_at = page.last_lead_at,
        .wait_until = page.wait_until > now ? page.wait_until : std::nullopt,
        .waiting_fetches = waiting_fetches};
    if (page.problem_code)
        view.problems.push_back({*page.problem_code, page.problem_message.value_or(""),
            page.problem_since.value_or(page.connected_at)});
    return view;
}

http::Page<PageView> list_pages(db::Reader& db, const http::Caller&, const http::Nothing&)
{
    const auto now = Instant::now();
    const auto waiting = store::count_open(db);
    http::Page<PageView> answer;
    for (const auto& page : store::list_pages(db)) {
        const auto found = waiting.find(page.page_id);
        answer.data.push_back(view_of(page, found == waiting.end() ? 0 : found->second, now));
    }
    return answer;
}

http::Page<FormView> list_forms(db::Reader& db, const http::Caller&, const http::Nothing&)
{
    std::map<std::string, std::string> page_names;
    for (auto& page : store::list_pages(db)) page_names[page.page_id] = std::move(page.name);
    http::Page<FormView> answer;
    for (const auto& form : store::list_forms(db))
        answer.data.push_back({.form_id = form.form_id,
            .name = form.name.value_or(form.form_id),
            .page_id = form.page_id,
            .page_name = page_names[form.page_id],
            .status = form.status});
    return answer;
}

}  // namespace

void add_api_routes(http::Routes& api)
{
    api.read("GET", "/api/v1/meta/pages", list_pages,
        {"Connected pages, with what keeps their leads from coming", http::Right::read_leads});
    api.read("GET", "/api/v1/meta/forms", list_forms,
        {"Forms that leads came from", http::Right::read_leads});
}

}  // namespace leadcrm::meta
