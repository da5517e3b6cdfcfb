#include "meta/testing/meta_workspace.hpp"

#include "leads/lead_search.hpp"
#include "meta/delivery_store.hpp"
#include "pipeline/stage.hpp"
#include "platform/http/message.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace leadcrm::testing {
namespace {

std::string quoted(const std::string& text) { return json::print(json::value(text)); }

std::string fields_in(std::string_view query)
{
    for (const auto& [name, value] : http::parse_form(query))
        if (name == "fields") return value;
    return {};
}

}  // namespace

net::Answer ScriptedGraph::answer(const net::Request& request)
{
    for (const auto& [name, value] : request.headers)
        if (name == "Authorization") tokens.push_back(value);
    if (trouble.status != 0 || !trouble.trouble.empty()) {
        asked.push_back(request.method);
        return trouble;
    }
    int status = 200;
    if (request.method == "GET") {
        const auto from = request.url.rfind('/') + 1;
        const auto query = request.url.find('?');
        const auto node = request.url.substr(from, query - from);
        asked.push_back("GET " + node);
        auto body = element(node, fields_in(request.url.substr(query + 1)), status);
        return {.status = status, .body = std::move(body)};
    }
    std::vector<std::string> elements;
    std::vector<std::string> nodes;
    const auto batch = json::parse(http::parse_form(request.body).at(1).second);
    for (const auto& call : batch.as_array()) {
        const auto url = meta::text_member(call, "relative_url");
        const auto query = url.find('?');
        nodes.push_back(url.substr(0, query));
        const auto body = element(nodes.back(), fields_in(url.substr(query + 1)), status);
        elements.push_back(fmt::format(R"({{"code":{},"body":{}}})", status, quoted(body)));
    }
    asked.push_back(fmt::format("POST {}", fmt::join(nodes, ",")));
    return {.status = 200, .body = fmt::format("[{}]", fmt::join(elements, ","))};
}

std::string ScriptedGraph::element(
    const std::string& node, const std::string& fields, int& status) const
{
    std::string refusal = refusal_of_all;
    if (refusal.empty() && fields.find("ad_id") != std::string::npos) refusal = refusal_of_ads;
    if (const auto found = refusals.find(node); refusal.empty() && found != refusals.end())
        refusal = found->second;
    const auto known = nodes.find(node);
    if (refusal.empty() && known == nodes.end()) refusal = R"("code":100,"error_subcode":33)";
    status = refusal.empty() ? 200 : 400;
    if (refusal.empty()) return known->second;
    return fmt::format(R"({{"error":{{"message":"No.",{}}}}})", refusal);
}

KeyFile::KeyFile()
    : path(std::filesystem::temp_directory_path() / ("leadcrm-meta-" + crypto::random_token(9)))
{
}

KeyFile::~KeyFile() { std::filesystem::remove(path); }

MetaWorkspace::MetaWorkspace()
    : vault(key_file.path)
    , apps(*database, vault,
          [this](const net::Request& request) {
              return other_graph ? other_graph(request) : graph.answer(request);
          },
          {.app_id = "555", .app_secrets = {"s3cr3t"}, .graph_url = "http://graph.test"})
    , fetcher(*database, vault, apps)
    , lister(*database, vault, apps)
    , walker(*database, vault, apps)
    , backfiller(*database, lister, walker, apps)
    , reconciler(*database, walker, apps, std::chrono::seconds(300))
    , sorter(*database, refusals)
{
}

OrganizationId MetaWorkspace::organization()
{
    const auto id = database.add_organization();
    database->write(id, [](db::Tx& tx) {
        pipeline::add_default_stages(tx);
        leads::open_search(tx);
    });
    organizations.push_back(id);
    return id;
}

OrganizationId MetaWorkspace::organization_with_page(const std::string& page_id)
{
    const auto id = organization();
    connect(id, page_id);
    return id;
}

void MetaWorkspace::connect(
    OrganizationId organization, const std::string& page_id, const std::string& token)
{
    meta::import_page(*database, vault, organization, page_id, "Smile Clinic", token);
}

std::string MetaWorkspace::delivery(
    const std::string& page_id, const std::vector<std::string>& leadgen_ids)
{
    std::vector<std::string> changes;
    for (const auto& id : leadgen_ids)
        changes.push_back(fmt::format(
            R"({{"field":"leadgen","value":{{"leadgen_id":"{}","page_id":"{}","form_id":"77","created_time":{}}}}})",
            id, page_id, Instant::now().unix_seconds() - 5));
    return fmt::format(R"({{"object":"page","entry":[{{"id":"{}","time":{},"changes":[{}]}}]}})",
        page_id, Instant::now().unix_seconds(), fmt::join(changes, ","));
}

std::string MetaWorkspace::lead(const std::string& name)
{
    return fmt::format(
        R"({{"created_time":"2025-12-06T05:46:41+0000","form_id":"77","ad_id":"3","field_data":[{{"name":"full_name","values":[{}]}},{{"name":"email","values":["{}@example.com"]}}]}})",
        quoted(name), name);
}

void MetaWorkspace::deliver(const std::string& body)
{
    const meta::store::NewDelivery delivery{
        .id = meta::delivery_id(body, meta::glance_at(body).value_or(meta::Glance{})),
        .app_id = "555",
        .body = {body},
        .received_at = Instant::now()};
    database->write_platform([&](db::PlatformTx& tx) { meta::store::insert(tx, delivery); });
}

void MetaWorkspace::sort_and_fetch()
{
    sorter.sort_all();
    for (const auto& organization : organizations) {
        const auto pages = database->read(
            organization, [](db::Reader& db) { return meta::store::list_pages(db); });
        for (const auto& page : pages) fetch(organization, page.page_id);
    }
}

void MetaWorkspace::fetch(OrganizationId organization, const std::string& page_id)
{
    fetcher.fetch_page(organization, page_id);
}

void MetaWorkspace::let_all_be_due(OrganizationId organization)
{
    database->write(organization, [](db::Tx& tx) {
        tx.run("UPDATE lead_fetches SET next_at = 0"
               " WHERE organization_id = $1 AND next_at IS NOT NULL");
        tx.run("UPDATE pages SET probe_at = 0, wait_until = NULL"
               " WHERE organization_id = $1 AND probe_at IS NOT NULL");
    });
}

std::optional<meta::Fetch> MetaWorkspace::fetch_of(
    OrganizationId organization, const std::string& leadgen_id)
{
    return database->read(
        organization, [&](db::Reader& db) { return meta::store::find_fetch(db, leadgen_id); });
}

std::string MetaWorkspace::state_of(OrganizationId organization, const std::string& leadgen_id)
{
    const auto fetch = fetch_of(organization, leadgen_id);
    return fetch ? boost::describe::enum_to_string(fetch->state, "") : "none";
}

meta::Page MetaWorkspace::page_of(OrganizationId organization, const std::string& page_id)
{
    return database
        ->read(organization, [&](db::Reader& db) { return meta::store::find_page(db, page_id); })
        .value();
}

std::int64_t MetaWorkspace::submissions_of(OrganizationId organization)
{
    return database->read(organization, [](db::Reader& db) {
        return db.one<std::int64_t>("SELECT COUNT(*) FROM submissions WHERE organization_id = $1");
    });
}

std::string MetaWorkspace::last_delivery()
{
    return database->read_platform([](db::PlatformReader& db) {
        const auto [state, note] = db.one<std::tuple<std::string, std::optional<std::string>>>(
            "SELECT state, note FROM webhook_deliveries ORDER BY received_at DESC LIMIT 1");
        return note ? state + ": " + *note : state;
    });
}

}  // namespace leadcrm::testing
