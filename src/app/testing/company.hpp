// A company with teams, people of every role and leads of some of them, for tests that ask who
// gets to see what.
#pragma once

#include "accounts/device.hpp"
#include "accounts/membership_caller.hpp"
#include "accounts/sign_in.hpp"
#include "app/testing/whole_product.hpp"
#include "leads/lead_intake.hpp"

#include <boost/mp11/algorithm.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace leadcrm::app::testing {

using accounts::AgentSees;
using accounts::Role;
using Words = std::set<std::string>;

struct Person {
    std::string name;
    Role role = Role::agent;
    accounts::Permissions may;
    UserId id = UserId::make();
    std::unique_ptr<HttpClient> browser;
    Words sees;  // the leads, by the word that only they have
};

// North (led by Tess: Nia, Nick) and South (led by Tom: Sol); each word stands in the name, the
// address and an answer of one lead.
struct Company {
    Product product;
    OrganizationId acme;
    OrganizationId globex;
    UserId owner;
    std::deque<Person> people;
    std::map<std::string, std::string> leads;  // ids by word

    Company() : acme(organization_of(product.owner)), owner(user_of(product.owner))
    {
        add({.name = "Tess", .role = Role::team_lead, .sees = {"quince", "medlar", "damson"}});
        add({.name = "Tom", .role = Role::team_lead, .sees = {"loquat", "damson"}});
        add({.name = "Idle", .role = Role::team_lead, .sees = {"damson"}});
        add({.name = "Nia", .sees = {"quince", "damson"}});
        add({.name = "Nick",
            .may = {.sees = AgentSees::team, .may_delete = true},
            .sees = {"medlar", "quince", "damson"}});
        add({.name = "Sol",
            .may = {.sees = AgentSees::own, .may_export = false},
            .sees = {"loquat"}});
        // Sees leads that nobody has, but not how to reach the person.
        add({.name = "Mia",
            .may = {.sees_unassigned_contacts = false, .may_delete = true},
            .sees = {"damson"}});
        auto globex_owner = product.stranger();
        REQUIRE(
            globex_owner
                .post("/api/v1/auth/register",
                    {{"organization_name", "Globex"}, {"name", "Hank"},
                        {"email", "hank@globex.example"}, {"password", "correct horse battery"}})
                .status
            == 201);
        globex = organization_of(globex_owner);
        team("North", {"Tess"}, {"Nia", "Nick"});
        team("South", {"Tom"}, {"Sol"});
        add_lead(acme, "quince", find("Nia").id);
        add_lead(acme, "medlar", find("Nick").id);
        add_lead(acme, "loquat", find("Sol").id);
        add_lead(acme, "damson", std::nullopt);
        add_lead(globex, "foreign", std::nullopt);
    }

    static OrganizationId organization_of(HttpClient& who)
    {
        return *OrganizationId::parse(
            std::string(who.get("/api/v1/me").json().at("organization").at("id").as_string()));
    }
    static UserId user_of(HttpClient& who)
    {
        return *UserId::parse(
            std::string(who.get("/api/v1/me").json().at("user").at("id").as_string()));
    }
    Person& find(const std::string& name)
    {
        return *std::ranges::find(people, name, &Person::name);
    }
    void add(Person person)
    {
        person.browser =
            std::make_unique<HttpClient>(product.program.routes(), product.program.site());
        product.database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO users (id, email, name, password_hash, created_at)"
                   " VALUES ($1, $2, $3, '', 0)",
                person.id, person.name + "@acme.example", person.name);
            tx.run("INSERT INTO memberships (user_id, organization_id, role, sees, may_export,"
                   " sees_unassigned_contacts, may_delete, created_at)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
                person.id, acme, person.role, person.may.sees, person.may.may_export,
                person.may.sees_unassigned_contacts, person.may.may_delete);
            const auto device = accounts::remember_device(tx, person.id, "");
            person.browser->cookies["leadcrm_session"] =
                accounts::open_session(tx, person.id, acme, {"192.0.2.1", "test"}, device).token;
        });
        REQUIRE(person.browser->get("/api/v1/me").status == 200);
        people.push_back(std::move(person));
    }
    void team(const std::string& name, const std::vector<std::string>& leads,
        const std::vector<std::string>& members)
    {
        const auto ids = [&](const std::vector<std::string>& names) {
            boost::json::array found;
            for (const auto& each : names) found.emplace_back(find(each).id.text());
            return found;
        };
        REQUIRE(product.owner
                    .post("/api/v1/teams",
                        {{"name", name}, {"leads", ids(leads)}, {"members", ids(members)}})
                    .status
            == 201);
    }
    void add_lead(
        OrganizationId organization, const std::string& word, const std::optional<UserId>& owner_id)
    {
        const leads::Submission submission{.leadgen_id = "7" + word,
            .contact = {"Ana " + word, address_of(word), phone_of(word)},
            .source = {.channel = "meta", .page_id = "1", .page_name = "Page"},
            .answers = {{"why", "Why?", {"because " + word}},
                {"reach", "When may we call?",
                    {"at 5 on 0151" + phone_of(word).substr(6), "or write to " + address_of(word)}},
                {"phone_number", "Phone", {phone_of(word)}}},
            .disclaimers = {{"ok", "You may write to " + address_of(word), true}},
            .submitted_at = Instant::now(),
            .received_at = Instant::now()};
        product.database->write(organization, [&](db::Tx& tx) {
            leads::take_in(tx, submission);
            const auto id = tx.one<leads::LeadId>(
                "SELECT lead_id FROM submissions WHERE organization_id = $1 AND leadgen_id = $2",
                submission.leadgen_id);
            leads[word] = id.text();
            tx.run("UPDATE leads SET owner_id = $3 WHERE organization_id = $1 AND id = $2", id,
                owner_id);
        });
    }
    static std::string address_of(const std::string& word) { return word + ".x@example.com"; }
    // One of its own for each word.
    static std::string phone_of(const std::string& word)
    {
        auto number = 2'000'000 + int(std::hash<std::string>{}(word) % 7'000'000);
        return "+49151" + std::to_string(number) + "4";
    }
    Words words() const
    {
        Words all;
        for (const auto& [word, id] : leads) all.insert(word);
        return all;
    }
};

inline std::string with_id(const http::Route& route, const std::string& id)
{
    auto text = route.path;
    const auto open = text.find('{');
    return text.replace(open, text.find('}') - open + 1, id);
}

inline bool is_of_a_lead(const http::Route& route)
{
    return route.path.starts_with("/api/v1/leads/{");
}

inline void check_tells_nothing_of(const std::string& body, const Words& hidden)
{
    for (const auto& word : hidden) {
        CAPTURE(word);
        CHECK(body.find(word) == std::string::npos);
    }
}

inline Words hidden_from(const Company& company, const Words& seen)
{
    auto hidden = company.words();
    for (const auto& word : seen) hidden.erase(word);
    return hidden;
}

}  // namespace leadcrm::app::testing
