// Meta for tests of meta/: organizations with connected pages in a real database, and a Graph that
// answers what it is told to.
//
//     testing::MetaWorkspace crm;
//     const auto acme = crm.organization_with_page("1");
//     crm.graph.nodes["11"] = crm.lead("Ana");
//     crm.deliver(crm.delivery("1", {"11"}));
//     crm.sort_and_fetch();
#pragma once

#include "meta/backfill.hpp"
#include "meta/fetch_store.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/page.hpp"
#include "meta/reconciler.hpp"
#include "meta/sorter.hpp"
#include "platform/testing/database.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace leadcrm::testing {

// Answers single reads and batches from its maps; what is in neither is 100/33, as at Meta.
class ScriptedGraph {
public:
    std::map<std::string, std::string> nodes;  // leads and forms: id → JSON
    std::map<std::string, std::string> refusals;  // id → the envelope's inside: "code":190
    std::string refusal_of_ads;  // for reads that ask for fields about ads
    std::string refusal_of_all;
    net::Answer trouble;  // for every call, when its status or trouble is set
    std::vector<std::string> asked;  // "GET 11", "POST 11,12": one for each request
    std::vector<std::string> tokens;

    net::Answer answer(const net::Request& request);

private:
    std::string element(const std::string& node, const std::string& fields, int& status) const;
};

// Where a vault keeps its keys; gone at the end.
struct KeyFile {
    KeyFile();
    ~KeyFile();
    KeyFile(const KeyFile&) = delete;
    KeyFile& operator=(const KeyFile&) = delete;
    std::filesystem::path path;
};

class MetaWorkspace {
public:
    MetaWorkspace();

    OrganizationId organization();
    OrganizationId organization_with_page(const std::string& page_id);
    void connect(OrganizationId organization, const std::string& page_id,
        const std::string& token = "EAAG-token");

    // A delivery that tells of these leads of one page, and a lead as Graph tells it.
    static std::string delivery(
        const std::string& page_id, const std::vector<std::string>& leadgen_ids);
    static std::string lead(const std::string& name);

    // Stores a delivery as the webhook does.
    void deliver(const std::string& body);
    void sort_and_fetch();
    void fetch(OrganizationId organization, const std::string& page_id);
    // As if so much time had passed: whatever waits is due.
    void let_all_be_due(OrganizationId organization);

    std::optional<meta::Fetch> fetch_of(OrganizationId organization, const std::string& leadgen_id);
    std::string state_of(OrganizationId organization, const std::string& leadgen_id);  // or "none"
    meta::Page page_of(OrganizationId organization, const std::string& page_id);
    std::int64_t submissions_of(OrganizationId organization);
    // "sorted: note" of the newest delivery.
    std::string last_delivery();

    TestDatabase database;
    KeyFile key_file;
    crypto::Vault vault;
    ScriptedGraph graph;
    std::function<net::Answer(const net::Request&)> other_graph;  // asked instead, when it is set
    meta::Apps apps;
    meta::LeadFetcher fetcher;
    meta::FormLister lister;
    meta::LeadWalker walker;
    meta::Backfiller backfiller;
    meta::Reconciler reconciler;
    meta::Refusals refusals;
    meta::Sorter sorter;
    std::vector<OrganizationId> organizations;
};

}  // namespace leadcrm::testing
