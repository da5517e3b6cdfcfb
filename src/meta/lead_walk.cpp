#include "meta/lead_walk.hpp"

#include "leads/erased_submission.hpp"
#include "meta/failure_reason.hpp"
#include "meta/graph_list.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/lead_mapping.hpp"
#include "platform/log/log.hpp"

#include <memory>
#include <set>
#include <utility>

namespace leadcrm::meta {
namespace {

json::object filter(const char* operation, std::int64_t seconds)
{
    return {{"field", "time_created"}, {"operator", operation}, {"value", seconds}};
}

std::string filtering_of(const WalkAsk& ask)
{
    json::array filters;
    if (ask.from) filters.push_back(filter("GREATER_THAN", ask.from->unix_seconds() - 1));
    if (ask.before) filters.push_back(filter("LESS_THAN", ask.before->unix_seconds()));
    return filters.empty() ? std::string() : json::print(filters);
}

GraphList list_of(GraphClient& graph, const PageAccess& as, const WalkAsk& ask, FieldSet fields)
{
    return {graph, as,
        {.edge = ask.form_id + "/leads",
            .fields = std::string(fields_of(fields)),
            .filtering = filtering_of(ask)}};
}

}  // namespace

// One walk on its way.
struct LeadWalker::Round {
    const WalkAsk& ask;
    std::shared_ptr<App> app;
    PageAccess as;
    FieldSet fields = FieldSet::all;
    std::set<std::string> seen = {};  // while a list grows, a lead may move on to its next page
    std::optional<Form> form = {};
    WalkEnd end = {};
};

LeadWalker::LeadWalker(db::Database& database, const crypto::Vault& vault, const Apps& apps)
    : database_(database), vault_(vault), apps_(apps)
{
}

WalkEnd LeadWalker::walk(const WalkAsk& ask)
{
    Round round{ask, apps_.of(ask.page.app_id),
        {ask.page.page_id, open_token(vault_, ask.organization, ask.page), ask.organization}};
    auto list = std::make_unique<GraphList>(list_of(round.app->graph, round.as, ask, round.fields));
    while (!list->is_at_end()) {
        const auto answer = list->patient_step();
        if (const auto fewer = fewer_than(round.fields, answer)) {
            round.fields = *fewer;
            list =
                std::make_unique<GraphList>(list_of(round.app->graph, round.as, ask, round.fields));
            continue;
        }
        if (answer.problem) {
            round.end.problem = answer.problem;
            return round.end;
        }
        ListTally known;
        const auto fresh = read_new(round, list_member(answer.body, "data"), known);
        round.end.tally.add(store_piece(round, fresh, known));
    }
    return round.end;
}

// Those of a page of the list that are not done with. The others are counted in `known`.
std::vector<ListedLead> LeadWalker::read_new(
    Round& round, const json::array& leads, ListTally& known)
{
    const auto& ask = round.ask;
    std::vector<std::string> ids;
    for (const auto& lead : leads) ids.push_back(text_member(lead, "id"));
    const auto done = database_.read(ask.organization, [&](db::Reader& db) {
        auto found = store::list_done(db, ids);
        found.merge(leads::erased_among(db, ids));  // at Meta for 90 days, and never again here
        return found;
    });

    std::vector<ListedLead> fresh;
    const auto now = Instant::now();
    for (std::size_t i = 0; i < leads.size(); ++i) {
        const auto& lead = leads[i];
        if (ids[i].empty() || !round.seen.insert(ids[i]).second) continue;
        if (done.contains(ids[i])) {
            known.add({.found = 1, .newest = parse_time(text_member(lead, "created_time"))});
            continue;
        }
        if (!round.form || !explains(*round.form, lead))
            round.form = form_for(
                lead, ask.form_id, database_, ask.organization, round.app->graph, round.as);
        const Fetch fetch{.leadgen_id = ids[i],
            .page_id = ask.page.page_id,
            .form_id = ask.form_id,
            .received_at = now};
        ListedLead listed{.page_id = ask.page.page_id,
            .submission = submission_from(lead, *round.form, fetch, ask.page.name),
            .missing = missing_from(round.fields)};
        listed.submission.raw_sealed =
            vault_.seal(json::print(lead), raw_context(ask.organization, ids[i]));
        fresh.push_back(std::move(listed));
    }
    return fresh;
}

ListTally LeadWalker::store_piece(
    Round& round, const std::vector<ListedLead>& leads, const ListTally& known)
{
    const auto& ask = round.ask;
    const auto store = [&](const std::vector<ListedLead>& some, const ListTally& before) {
        return database_.write(ask.organization, [&](db::Tx& tx) {
            auto piece = before;
            piece.add(take_in_listed(tx, some, ask.by));
            if (!ask.on_piece) return piece;
            auto so_far = round.end.tally;
            so_far.add(piece);
            ask.on_piece(tx, so_far, piece);
            return piece;
        });
    };
    if (leads.empty() && !ask.on_piece) return known;
    try {
        return store(leads, known);
    } catch (const Failure& failure) {
        if (failure.kind == Failure::Kind::unavailable || leads.size() <= 1) throw;
    }
    // One of them cannot be stored. The others must not wait for it.
    auto piece = known;
    for (const auto& lead : leads) {
        try {
            piece.add(store({lead}, {}));
        } catch (const Failure& failure) {
            if (failure.kind == Failure::Kind::unavailable) throw;
            round.end.is_all_stored = false;
            log::error("a lead could not be stored, trying again with the next walk",
                {{"leadgen_id", lead.submission.leadgen_id}, {"why", reason_of(failure)}});
        }
    }
    return piece;
}

}  // namespace leadcrm::meta
