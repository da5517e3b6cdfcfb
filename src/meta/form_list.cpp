#include "meta/form_list.hpp"

#include "meta/form_mapping.hpp"
#include "meta/form_version.hpp"
#include "meta/graph_list.hpp"
#include "meta/page.hpp"
#include "platform/log/log.hpp"

#include <vector>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

constexpr auto list_again_after = 24h;
constexpr int hops_max = 500;

}  // namespace

void order_forms(db::Tx& tx, const std::string& page_id, std::chrono::milliseconds delay)
{
    jobs::enqueue(
        tx, {.kind = forms_job, .key = page_id, .delay = delay, .attempts_max = 1'000'000});
}

FormLister::FormLister(db::Database& database, const crypto::Vault& vault, const Apps& apps)
    : database_(database), vault_(vault), apps_(apps)
{
}

void FormLister::list(OrganizationId organization, const std::string& page_id)
{
    const auto page =
        database_.read(organization, [&](db::Reader& db) { return store::find_page(db, page_id); });
    if (!page) return;
    database_.write(organization, [&](db::Tx& tx) { order_forms(tx, page_id, list_again_after); });
    if (page->is_disconnected()) return;

    const auto app = apps_.of(page->app_id);
    const PageAccess as{page_id, open_token(vault_, organization, *page), organization};
    auto problem = read_all(app->graph, organization, as, form_fields);
    if (problem && problem->advice == Advice::fewer_fields)
        problem = read_all(app->graph, organization, as, form_fields_min);
    if (!problem) return;
    log::warn("the forms of a page cannot be listed",
        {{"organization_id", organization.text()}, {"page_id", page_id},
            {"problem", problem->text()}});
    if (problem->advice == Advice::retry || problem->advice == Advice::wait) {
        const auto wait = app->graph.unhurried_free_at(page_id) - Instant::now();
        throw jobs::TryAgain(std::max(std::chrono::ceil<std::chrono::milliseconds>(wait), 10'000ms),
            problem->text());
    }
}

std::optional<GraphProblem> FormLister::read_all(
    GraphClient& graph, OrganizationId organization, const PageAccess& as, const char* fields)
{
    GraphList list(
        graph, as, {.edge = as.page_id + "/leadgen_forms", .fields = fields, .hops_max = hops_max});
    while (!list.is_at_end()) {
        const auto answer = list.patient_step();
        if (answer.problem) return answer.problem;
        std::vector<Form> forms;
        for (const auto& found : list_member(answer.body, "data"))
            if (auto form_id = text_member(found, "id"); !form_id.empty())
                forms.push_back(form_in(found, form_id, as.page_id));
        database_.write(organization, [&](db::Tx& tx) {
            for (const auto& form : forms) {
                store::upsert(tx, form);
                keep_version(tx, form);
                keep_mapping(tx, form);
            }
        });
    }
    return std::nullopt;
}

}  // namespace leadcrm::meta
