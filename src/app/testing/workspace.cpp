#include "app/testing/workspace.hpp"

#include "leads/lead_api.hpp"
#include "leads/lead_search.hpp"
#include "pipeline/stage.hpp"
#include "pipeline/stage_api.hpp"

#include <stdexcept>
#include <thread>

namespace leadcrm::testing {
namespace {

http::Routes routes_for(leads::Shown& shown, events::Stream& stream)
{
    http::Routes routes;
    pipeline::add_routes(routes);
    leads::add_routes(routes, shown);
    events::add_routes(routes, stream);
    return routes;
}

constexpr auto everything = http::Rights()
                                .with(http::Right::signed_in)
                                .with(http::Right::read_leads)
                                .with(http::Right::write_leads);

}  // namespace

Workspace::Workspace()
    : shown_(*database)
    , stream_(*database, leads::describe_for_stream(),
          [this](const OrganizationId& organization, const std::vector<leads::LeadId>& seen,
              Instant at) { shown_.note(organization, seen, at); })
    , routes_(routes_for(shown_, stream_))
    , client_(routes_,
          {.database = &*database,
              .authenticate = [this](db::PlatformReader&, const http::Credentials&) {
                  return std::optional(caller);
              }})
{
    client_.cookies["leadcrm_session"] = "whoever `caller` is";
    caller = add_organization("Acme");
}

UserId Workspace::add_user(db::PlatformTx& tx, const std::string& name,
    const OrganizationId& organization, const std::string& role)
{
    const auto id = UserId::make();
    tx.run(R"sql(
        INSERT INTO users (id, email, name, password_hash, created_at) VALUES ($1, $2, $3, '', 0)
    )sql",
        id, id.text() + "@acme.example", name);
    tx.run(R"sql(
        INSERT INTO memberships (user_id, organization_id, role, created_at) VALUES ($1, $2, $3, 0)
    )sql",
        id, organization, role);
    return id;
}

http::Caller Workspace::add_organization(const std::string& name, const std::string& country)
{
    http::Caller owner;
    owner.organization_id = OrganizationId::make();
    owner.role = "owner";
    owner.rights = everything;
    owner.sight = http::Sight::all;
    database->write_platform([&](db::PlatformTx& tx) {
        tx.run(R"sql(
            INSERT INTO organizations (id, name, country, time_zone, created_at)
            VALUES ($1, $2, $3, 'UTC', 0)
        )sql",
            owner.organization_id, name, country);
        owner.user_id = add_user(tx, "Owner of " + name, owner.organization_id, "owner");
        auto inside = tx.in_organization(owner.organization_id);
        pipeline::add_default_stages(inside);
        leads::open_search(inside);
    });
    return owner;
}

http::Caller Workspace::add_member(const std::string& name, http::Sight sight)
{
    auto member = caller;
    member.role = "agent";
    member.sight = sight;
    database->write_platform([&](db::PlatformTx& tx) {
        member.user_id = add_user(tx, name, caller.organization_id, "agent");
    });
    return member;
}

leads::Intake Workspace::arrives(const leads::Submission& submission)
{
    return database->write(
        caller.organization_id, [&](db::Tx& tx) { return leads::take_in(tx, submission); });
}

Answer Workspace::get(std::string_view target)
{
    return client_.get("/api/v1" + std::string(target));
}

Answer Workspace::patch(
    std::string_view target, const boost::json::value& body, std::int64_t version)
{
    return client_.patch(
        "/api/v1" + std::string(target), body, {{"If-Match", '"' + std::to_string(version) + '"'}});
}

std::shared_ptr<RecordedStream> Workspace::stream(std::string_view last_event_id)
{
    return client_.stream("/api/v1/stream", last_event_id);
}

Names Workspace::names(std::string_view target)
{
    Names names;
    const auto answer = get(target);
    if (answer.status != 200) throw std::runtime_error(answer.body);
    const auto list = answer.json();
    for (const auto& lead : list.at("data").as_array())
        names.emplace_back(lead.at("name").as_string());
    return names;
}

boost::json::object Workspace::lead(std::string_view name)
{
    const auto list = get("/leads?limit=200").json();
    for (const auto& lead : list.at("data").as_array())
        if (lead.at("name").as_string() == name) return lead.as_object();
    throw std::runtime_error("no lead is called " + std::string(name));
}

std::int64_t Workspace::announced(const std::string& kind)
{
    return database->read(caller.organization_id, [&](db::Reader& db) {
        return db.one<std::int64_t>(
            "SELECT COUNT(*) FROM events WHERE organization_id = $1 AND kind = $2", kind);
    });
}

void Workspace::set_owner(std::string_view name, const std::optional<UserId>& owner)
{
    database->write(caller.organization_id, [&](db::Tx& tx) {
        tx.run(
            "UPDATE leads SET owner_id = $2 WHERE organization_id = $1 AND name = $3", owner, name);
    });
}

void Workspace::settle()
{
    while (!shown_.is_quiet()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

leads::Submission submission_of(const std::string& name, const std::string& email,
    const std::string& phone, const std::string& leadgen_id)
{
    const auto now = Instant::now();
    return {.leadgen_id = leadgen_id,
        .contact = {name, email, phone},
        .source = {.channel = "meta",
            .platform = "ig",
            .page_id = "101010101010101",
            .page_name = "Acme Homes",
            .form_id = "202020202020202",
            .form_name = "Spring offer"},
        .answers = {{"full_name", "Full name", {name}}, {"rooms", "How many rooms?", {"3"}}},
        .disclaimers = {{"consent_phone", "You may call me.", true}},
        .submitted_at = now,
        .received_at = now};
}

}  // namespace leadcrm::testing
