#include "meta/testing/meta_workspace.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using testing::MetaWorkspace;
using Asked = std::vector<std::string>;
using namespace std::chrono_literals;

// Acme holds page 1, and Meta has told of these leads.
struct Acme : MetaWorkspace {
    explicit Acme(const std::vector<std::string>& leadgen_ids = {"11"})
        : id(organization_with_page("1"))
    {
        graph.nodes["77"] = R"({"id":"77","name":"Implants","status":"ACTIVE","questions":[]})";
        for (const auto& leadgen_id : leadgen_ids)
            graph.nodes[leadgen_id] = lead("Ana" + leadgen_id);
        deliver(delivery("1", leadgen_ids));
    }
    std::string state(const std::string& leadgen_id = "11") { return state_of(id, leadgen_id); }
    std::string problem() { return page_of(id, "1").problem_code.value_or(""); }
    void later()
    {
        let_all_be_due(id);
        graph.asked.clear();
        fetch(id, "1");
    }

    OrganizationId id;
};

TEST_CASE("one lead is read by itself, with the page's token, and stored")
{
    Acme acme;
    acme.sort_and_fetch();
    CHECK(acme.state() == "done");
    CHECK(acme.submissions_of(acme.id) == 1);
    CHECK(acme.graph.asked == Asked{"GET 11", "GET 77"});
    CHECK(acme.graph.tokens.front() == "Bearer EAAG-token");
    CHECK(acme.page_of(acme.id, "1").last_lead_at);
}

TEST_CASE("several leads are read in batches, and all that are due are read in one job")
{
    std::vector<std::string> many;
    for (int i = 100; i < 160; ++i) many.push_back(std::to_string(i));
    Acme acme(many);
    acme.sort_and_fetch();
    CHECK(acme.submissions_of(acme.id) == 60);
    REQUIRE(acme.graph.asked.size() == 3);
    CHECK(acme.graph.asked[0].starts_with("POST 1"));
    CHECK(acme.graph.asked[1] == "GET 77");
    CHECK(acme.graph.asked[2].starts_with("POST 1"));
}

TEST_CASE("fetching again changes nothing")
{
    Acme acme;
    acme.sort_and_fetch();
    acme.graph.asked.clear();
    acme.sort_and_fetch();
    CHECK(acme.graph.asked.empty());
    CHECK(acme.submissions_of(acme.id) == 1);
}

TEST_CASE("a form is read once, for all its leads")
{
    Acme acme({"11", "12"});
    acme.sort_and_fetch();
    acme.graph.nodes["13"] = acme.lead("Cid");
    acme.deliver(acme.delivery("1", {"13"}));
    acme.sort_and_fetch();
    CHECK(acme.graph.asked == Asked{"POST 11,12", "GET 77", "GET 13"});
}

TEST_CASE("a lead whose form cannot be read is taken in all the same")
{
    Acme acme;
    acme.graph.refusals["77"] = R"("code":200)";
    acme.sort_and_fetch();
    CHECK(acme.state() == "done");
    CHECK(acme.submissions_of(acme.id) == 1);
}

TEST_CASE("where the fields about ads are refused, the lead is read without them")
{
    for (const auto refusal : {R"("code":200)", R"("code":100)"}) {
        CAPTURE(refusal);
        Acme acme;
        acme.graph.refusal_of_ads = refusal;
        acme.sort_and_fetch();
        CHECK(acme.state() == "done");
        CHECK(acme.fetch_of(acme.id, "11")->reason == "attribution missing: needs ads permission");
        CHECK(acme.problem().empty());
    }
}

TEST_CASE("one unreadable lead of a batch does not fail the others")
{
    Acme acme({"11", "12", "13"});
    acme.graph.nodes.erase("12");
    acme.sort_and_fetch();
    CHECK(acme.state("11") == "done");
    CHECK(acme.state("12") == "waiting");
    CHECK(acme.state("13") == "done");
    CHECK(acme.fetch_of(acme.id, "12")->reason == "100/33 No.");
}

TEST_CASE("trouble on the way is retried, and the lead comes in late")
{
    Acme acme;
    acme.graph.trouble.trouble = "timed out";
    acme.sort_and_fetch();
    CHECK(acme.state() == "waiting");
    CHECK(acme.fetch_of(acme.id, "11")->attempts == 1);

    acme.graph.trouble = {.status = 200, .body = "<html>Service Unavailable"};
    acme.later();
    CHECK(acme.fetch_of(acme.id, "11")->attempts == 2);

    acme.graph.trouble = {};
    acme.later();
    CHECK(acme.state() == "done");
    CHECK(acme.submissions_of(acme.id) == 1);
}

TEST_CASE("with a dead token nothing more is asked until the page is connected again")
{
    Acme acme({"11", "12"});
    acme.graph.refusal_of_all = R"("code":190,"error_subcode":460)";
    acme.sort_and_fetch();
    CHECK(acme.state("11") == "blocked");
    CHECK(acme.problem() == "reconnect");

    acme.graph.asked.clear();
    acme.graph.nodes["13"] = acme.lead("Cid");
    acme.deliver(acme.delivery("1", {"13"}));
    acme.sort_and_fetch();
    acme.later();
    CHECK(acme.graph.asked.empty());
    CHECK(acme.state("13") == "blocked");

    acme.graph.refusal_of_all.clear();
    acme.graph.tokens.clear();
    acme.connect(acme.id, "1", "EAAG-new");
    acme.fetch(acme.id, "1");
    CHECK(acme.graph.tokens.front() == "Bearer EAAG-new");
    CHECK(acme.submissions_of(acme.id) == 3);
    CHECK(acme.problem().empty());
}

TEST_CASE("a dead token's last word does not harm a page that was connected anew meanwhile")
{
    Acme acme;
    acme.graph.refusal_of_all = R"("code":190,"error_subcode":460)";
    acme.other_graph = [&](const net::Request& request) {
        auto answer = acme.graph.answer(request);
        if (!acme.graph.refusal_of_all.empty()) acme.connect(acme.id, "1", "EAAG-new");
        acme.graph.refusal_of_all.clear();
        return answer;
    };
    acme.sort_and_fetch();
    CHECK(acme.problem().empty());
    CHECK(acme.state() == "done");
}

TEST_CASE("a token that may recover is probed with one lead")
{
    Acme acme({"11", "12", "13"});
    acme.graph.refusal_of_all = R"("code":190,"error_subcode":459)";
    acme.sort_and_fetch();
    CHECK(acme.problem() == "recover");

    acme.later();
    CHECK(acme.graph.asked.size() == 1);
    CHECK(acme.graph.asked[0].starts_with("GET 1"));

    acme.graph.refusal_of_all.clear();
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 3);
    CHECK(acme.problem().empty());
}

TEST_CASE("without access leads are parked, and all go on when one probe succeeds")
{
    Acme acme({"11", "12", "13"});
    acme.graph.refusal_of_all = R"("code":200)";
    acme.sort_and_fetch();
    CHECK(acme.state("11") == "blocked");
    CHECK(acme.problem() == "needs_access");
    CHECK(acme.page_of(acme.id, "1").probe_at);

    acme.later();
    CHECK(acme.graph.asked == Asked{"GET 11", "GET 11"});  // all fields, then without the ads

    acme.graph.refusal_of_all.clear();
    acme.later();
    CHECK(acme.submissions_of(acme.id) == 3);
    CHECK(acme.problem().empty());
}

TEST_CASE("a limit stops the calls of that page")
{
    Acme acme;
    acme.graph.refusal_of_all = R"("code":80005)";
    acme.sort_and_fetch();
    CHECK(acme.state() == "waiting");
    CHECK(acme.page_of(acme.id, "1").wait_until > Instant::now());
    CHECK(acme.fetch_of(acme.id, "11")->attempts == 0);

    acme.graph.asked.clear();
    acme.let_all_be_due(acme.id);
    acme.fetch(acme.id, "1");
    CHECK(acme.graph.asked.empty());
}

TEST_CASE("a lead Meta does not show for long enough is given up, while others come in")
{
    Acme acme({"11", "12"});
    acme.graph.nodes.erase("11");
    for (int i = 0; i < 10 && acme.state() != "gave_up"; ++i) {
        acme.sort_and_fetch();
        acme.let_all_be_due(acme.id);
    }
    CHECK(acme.state() == "gave_up");
    CHECK(acme.problem().empty());
    CHECK(acme.submissions_of(acme.id) == 1);
}

TEST_CASE("leads of one organization are never read for another")
{
    Acme acme;
    const auto globex = acme.organization_with_page("2");
    acme.sort_and_fetch();
    CHECK(acme.submissions_of(acme.id) == 1);
    CHECK(acme.submissions_of(globex) == 0);
}

TEST_CASE("the raw lead is kept under the vault")
{
    Acme acme;
    acme.sort_and_fetch();
    const auto sealed = acme.database->read(acme.id, [](db::Reader& db) {
        return db.one<db::Blob>("SELECT raw_sealed FROM submissions WHERE organization_id = $1");
    });
    CHECK(sealed.bytes.find("Ana11") == std::string::npos);
    CHECK(acme.vault.open(sealed.bytes, raw_context(acme.id, "11")) == acme.graph.nodes["11"]);
}

}  // namespace
}  // namespace leadcrm::meta
