#include "meta/test_lead.hpp"

#include "meta/page.hpp"

namespace leadcrm::meta {
namespace {

// At Meta: there is a test lead of this form already.
constexpr std::int64_t exists_already = 1892058;

Failure refused(const GraphProblem& problem)
{
    if (problem.subcode == exists_already)
        return Failure::conflict(
            "Meta still holds an earlier test lead of this form that it does not let us delete. "
            "Delete it in Meta's Lead Ads Testing Tool, then try again.");
    switch (problem.advice) {
    case Advice::wait:
        return Failure::unavailable(
            "Facebook asks us to wait. Please try again in a few minutes.", 120);
    case Advice::retry:
        return Failure::unavailable("Facebook did not answer. Please try again in a moment.", 5);
    case Advice::reconnect:
    case Advice::recover:
        return Failure::conflict(
            "Facebook no longer accepts this page's connection. Please connect the page again.");
    default:
        return Failure::conflict("Facebook refused to make a test lead: " + problem.message);
    }
}

void check(const GraphAnswer& answer)
{
    if (answer.problem) throw refused(*answer.problem).because(answer.problem->text());
}

std::string newest_active_form(GraphClient& graph, const PageAccess& as)
{
    const auto answer = graph.ask(as,
        {.path = as.page_id + "/leadgen_forms",
            .parameters = {{"fields", "id,status"}, {"limit", "100"}}});
    check(answer);
    std::string newest;
    for (const auto& form : list_member(answer.body, "data"))
        if (const auto id = text_member(form, "id"); text_member(form, "status") == "ACTIVE"
            && (id.size() > newest.size() || (id.size() == newest.size() && id > newest)))
            newest = id;
    if (newest.empty())
        throw Failure::conflict("This page has no active form. Make one in Meta's Ads Manager.");
    return newest;
}

void delete_earlier(GraphClient& graph, const PageAccess& as, const std::string& form_id)
{
    const auto earlier =
        graph.ask(as, {.path = form_id + "/test_leads", .parameters = {{"fields", "id"}}});
    check(earlier);
    // Where Meta does not let us, it says so when the next one is made.
    for (const auto& lead : list_member(earlier.body, "data"))
        if (const auto id = text_member(lead, "id"); !id.empty())
            graph.ask(as, {.method = "DELETE", .path = id});
}

}  // namespace

TestLead order_test_lead(db::Database& database, const crypto::Vault& vault, const Apps& apps,
    OrganizationId organization, const std::string& page_id,
    const std::optional<std::string>& form_id)
{
    const auto page =
        database.read(organization, [&](db::Reader& db) { return store::find_page(db, page_id); });
    if (!page || page->disconnected_at) throw Failure::not_found("This page is not connected.");
    if (page->is_disconnected())
        throw Failure::conflict(
            "Facebook no longer accepts this page's connection. Please connect the page again.");
    const PageAccess as{page_id, open_token(vault, organization, *page), organization};
    const auto app = apps.of(page->app_id);
    auto& graph = app->graph;

    TestLead lead{.page_id = page_id, .ordered_at = Instant::now()};
    lead.form_id = form_id ? *form_id : newest_active_form(graph, as);
    delete_earlier(graph, as, lead.form_id);
    const auto made = graph.ask(as, {.method = "POST", .path = lead.form_id + "/test_leads"});
    check(made);
    lead.leadgen_id = text_member(made.body, "id");
    if (lead.leadgen_id.empty())
        throw Failure::unavailable("Facebook did not answer. Please try again in a moment.", 5);
    database.write(organization, [&](db::Tx& tx) {
        tx.store("INSERT INTO test_leads (organization_id, {columns}) VALUES ($1, {values})"
                 " ON CONFLICT (organization_id, leadgen_id) DO NOTHING",
            lead);
    });
    return lead;
}

std::optional<RoundTrip> last_round_trip(const db::Reader& db, const std::string& page_id)
{
    return db.row<RoundTrip>(
        "SELECT t.leadgen_id, t.form_id, t.ordered_at, s.lead_id, s.submitted_at, s.received_at,"
        " l.visible_at FROM test_leads AS t"
        " LEFT JOIN submissions AS s ON s.organization_id = $1 AND s.leadgen_id = t.leadgen_id"
        " LEFT JOIN leads AS l ON l.organization_id = $1 AND l.id = s.lead_id"
        " WHERE t.organization_id = $1 AND t.page_id = $2 ORDER BY t.ordered_at DESC LIMIT 1",
        page_id);
}

}  // namespace leadcrm::meta
