// What a person's login at Facebook gave us: who they are, what they granted, and the pages they
// were shown. How a login goes: oauth.hpp. Connecting one of the pages: page_connection.hpp. A page
// that is connected: page.hpp.
#pragma once

#include "meta/page.hpp"
#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::meta {

// business: Facebook Login for Business, where everything is granted or nothing.
BOOST_DEFINE_ENUM_CLASS(LoginKind, classic, business)

// A permission we ask for, and what it is for: in words of the person who is asked, and in the
// sentences Meta's App Review wants from whoever has an app of their own.
struct Scope {
    std::string_view name;
    std::string_view needed_for;
    bool is_vital;  // without it a page cannot be connected
    std::string_view review_text;
};

inline constexpr std::array scopes{
    Scope{"pages_show_list", "Listing the pages you manage", true,
        "After signing in with Facebook, a person sees the Pages they manage and chooses those whose "
        "leads should come into our CRM. Without it there is no list to choose from."},
    Scope{"pages_read_engagement", "Reading the page's name and details", false,
        "We show the name of each connected Page beside its leads and its connection's state, so "
        "that our team knows which Page a lead came from. We read no posts and no messages."},
    Scope{"pages_manage_metadata", "Being told at once when a lead comes in", true,
        "We subscribe our app to the leadgen webhook of each Page a person connects, so that a new "
        "lead reaches our team within seconds, and end the subscription when the Page is "
        "disconnected. We change nothing else about the Page."},
    Scope{"pages_manage_ads", "Reading your forms, their questions and older leads", false,
        "We list the lead forms of connected Pages and read their questions, so that each answer "
        "stands beside its question, and read leads that no webhook told of. We create and change no "
        "ads."},
    Scope{"leads_retrieval", "Reading the leads themselves", true,
        "We read the leads that people send through the forms of connected Pages and show them to "
        "our own team, who then call or write to those people as they asked for."},
    Scope{"ads_management", "Showing which campaign and ad a lead came from", false,
        "We read the names of the campaign, ad set and ad of each lead, so that our team sees which "
        "ads bring good leads. We create and change no ads."},
};

struct Connection {
    std::string person_id;
    std::string person_name;
    LoginKind kind = LoginKind::classic;
    db::Blob token_sealed;
    UserId user_id;  // who of ours logged in
    Instant connected_at;
    std::optional<Instant> expires_at;  // nothing: never
    std::optional<Instant> data_access_expires_at;
    std::vector<std::string> granted;
    std::vector<std::string> declined;
    std::optional<std::string> problem_code;
    std::optional<std::string> problem_message;
    std::optional<Instant> problem_since;
    std::optional<std::string> app_id;  // the own app it came through; nothing: the platform's
};
BOOST_DESCRIBE_STRUCT(Connection, (),
    (person_id, person_name, kind, token_sealed, user_id, connected_at, expires_at,
        data_access_expires_at, granted, declined, problem_code, problem_message, problem_since,
        app_id))

// A page as Facebook showed it to the person, connected or not.
struct ShownPage {
    std::string page_id;
    std::string person_id;
    std::string name;
    std::optional<db::Blob> token_sealed;  // nothing: Facebook gave none
    std::vector<std::string> tasks;  // of the person on the page; none: Facebook did not say
    std::vector<std::string> scopes;  // granted for this page
    Instant shown_at;
    std::optional<std::string> app_id;  // the own app it came through; nothing: the platform's
};
BOOST_DESCRIBE_STRUCT(
    ShownPage, (), (page_id, person_id, name, token_sealed, tasks, scopes, shown_at, app_id))

BOOST_DEFINE_ENUM_CLASS(Lack, scope, task, token)

// What a page lacks, and what the person can do about it.
struct Missing {
    Lack kind = Lack::scope;
    std::string name;
    std::string message;
    bool is_vital = true;
};

std::vector<Missing> missing_of(const ShownPage& page);
bool can_connect(const std::vector<Missing>& missing);
// The messages of what keeps the page from being connected; empty when nothing does.
std::string vital_messages(const std::vector<Missing>& missing);

// What the tokens are sealed with.
std::string person_token_context(OrganizationId organization, const std::string& person_id);
std::string page_token_context(OrganizationId organization, const std::string& page_id);

namespace store {

// The newest login through an app.
std::optional<Connection> find_connection(
    const db::Reader& db, const std::optional<std::string>& app_id);
std::vector<Connection> list_connections(const db::Reader& db);
void upsert(db::Tx& tx, const Connection& connection);
void set_problem(db::Tx& tx, const Connection& connection, const PageProblem& problem);
void clear_problem(db::Tx& tx, const Connection& connection);
void remove_connections(db::Tx& tx);
// One person's, through an app. True when there was one.
bool remove_connection(
    db::Tx& tx, const std::string& person_id, const std::optional<std::string>& app_id);

// Through another app than this.
bool is_logged_in_elsewhere(
    const db::Reader& db, const std::string& person_id, const std::optional<std::string>& app_id);

std::optional<ShownPage> find_shown_page(const db::Reader& db, const std::string& page_id);
std::vector<ShownPage> list_shown_pages(const db::Reader& db);
// All that came through one of the organization's own apps.
void remove_logins_through(db::Tx& tx, const std::string& app_id);
// What this person was shown before is forgotten.
void replace_shown_pages(
    db::Tx& tx, const std::string& person_id, const std::vector<ShownPage>& pages);
void remove_shown_pages(db::Tx& tx);

void insert_person_route(
    db::PlatformTx& tx, const std::string& person_id, const OrganizationId& to);
std::vector<OrganizationId> organizations_of_person(
    const db::PlatformReader& db, const std::string& person_id);
void remove_person_route(
    db::PlatformTx& tx, const std::string& person_id, const OrganizationId& to);

}  // namespace store
}  // namespace leadcrm::meta
