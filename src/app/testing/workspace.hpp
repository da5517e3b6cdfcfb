// A CRM without sockets, for tests: a database with one organization and its owner, and the routes
// of leads, stages and stream. Who asks is `caller`; change it to ask as somebody else.
//
//     testing::Workspace acme;
//     CHECK(acme.arrives(ana()) == leads::Intake::added);
//     CHECK(acme.names("/api/v1/leads") == Names{"Ana Ruiz"});
#pragma once

#include "events/stream.hpp"
#include "leads/lead_intake.hpp"
#include "leads/lead_shown.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace leadcrm::testing {

using Names = std::vector<std::string>;

class Workspace {
public:
    Workspace();

    TestDatabase database;
    http::Caller caller;

    // With stages and search, as registration makes them. Returns its owner.
    http::Caller add_organization(const std::string& name, const std::string& country = "DE");
    // In the caller's organization.
    http::Caller add_member(const std::string& name, http::Sight sight);

    leads::Intake arrives(const leads::Submission& submission);

    // Targets without "/api/v1".
    Answer get(std::string_view target);
    Answer patch(std::string_view target, const boost::json::value& body, std::int64_t version);
    std::shared_ptr<RecordedStream> stream(std::string_view last_event_id = {});

    // The names of the leads in a list, in order.
    Names names(std::string_view target);
    // A lead by its name, as the list shows it. Throws when there is none.
    boost::json::object lead(std::string_view name);
    // How many events of a kind the log of the caller's organization has.
    std::int64_t announced(const std::string& kind);
    void set_owner(std::string_view name, const std::optional<UserId>& owner);
    // Returns once everything that was to be written afterwards is written.
    void settle();

private:
    UserId add_user(db::PlatformTx& tx, const std::string& name, const OrganizationId& organization,
        const std::string& role);

    leads::Shown shown_;
    events::Stream stream_;
    http::Routes routes_;
    HttpClient client_;
};

// Somebody who answered a form; `leadgen_id` makes the submission a different one.
leads::Submission submission_of(const std::string& name, const std::string& email,
    const std::string& phone, const std::string& leadgen_id);

}  // namespace leadcrm::testing
