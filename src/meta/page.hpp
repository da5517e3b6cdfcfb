// A Facebook Page an organization has connected: its token, its health. The SQL is here too; the
// routes from pages to organizations, which are the platform's, are in delivery_store.hpp.
#pragma once

#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

// What keeps a page's leads from being read. `code` is for programs, `message` for people.
struct PageProblem {
    std::string code;  // reconnect, recover, needs_access, unclear, operate: see graph_answer.hpp
    std::string message;
    Instant since;
};
BOOST_DESCRIBE_STRUCT(PageProblem, (), (code, message, since))

struct Page {
    std::string page_id;
    std::string name;
    db::Blob token_sealed;
    Instant connected_at;
    std::optional<Instant> last_lead_at;
    std::optional<std::string> problem_code;
    std::optional<std::string> problem_message;
    std::optional<Instant> problem_since;
    std::optional<Instant> probe_at;  // when to try one of the blocked fetches again
    std::optional<Instant> wait_until;  // Meta's limit
    std::optional<std::string> person_id = {};  // whose token it is; nobody: it was imported
    std::optional<UserId> connected_by = {};
    std::optional<Instant> token_expires_at = {};  // nothing: never
    std::optional<Instant> disconnected_at = {};  // by one of ours; what it brought stays
    std::optional<std::string> app_id = {};  // the own app it came through; nothing: the platform's

    // There is no token or it is dead: nothing is asked with it but a probe.
    bool is_disconnected() const;
};
BOOST_DESCRIBE_STRUCT(Page, (),
    (page_id, name, token_sealed, connected_at, last_lead_at, problem_code, problem_message,
        problem_since, probe_at, wait_until, person_id, connected_by, token_expires_at,
        disconnected_at, app_id))

// Connects a page with a token somebody has got already, or gives a connected one a new token. What
// was blocked goes on, and deliveries that came before anybody held the page are sorted again.
// Blocking. Throws Failure::invalid.
void import_page(db::Database& database, const crypto::Vault& vault, OrganizationId organization,
    const std::string& page_id, const std::string& name, const std::string& token);

// The same for a page whose token is sealed already, as part of a transaction.
void connect_page(db::PlatformTx& db, OrganizationId organization, const Page& page);

// Ends the connection: nothing more comes in, what is there stays.
void disconnect_page(db::PlatformTx& db, OrganizationId organization, const std::string& page_id);

// Its token is taken away: leads wait until Facebook is connected again. `why` is for people.
void take_token_away(db::Tx& tx, const std::string& page_id, const std::string& why, Instant now);

// Signalled when there may be something to sort.
constexpr auto deliveries_channel = "meta_deliveries";

std::string open_token(const crypto::Vault& vault, OrganizationId organization, const Page& page);

namespace store {

std::optional<Page> find_page(const db::Reader& db, const std::string& page_id);
std::vector<Page> list_pages(const db::Reader& db);
// Replaces token and name, and forgets problems.
void connect(db::Tx& tx, const Page& page);
// Also forgets the token.
void disconnect(db::Tx& tx, const std::string& page_id, Instant now);
void set_name(db::Tx& tx, const std::string& page_id, const std::string& name);
void set_token_expiry(db::Tx& tx, const std::string& page_id, std::optional<Instant> at);
void remove_token(db::Tx& tx, const std::string& page_id);
void set_problem(db::Tx& tx, const std::string& page_id, const PageProblem& problem);
void set_probe_at(db::Tx& tx, const std::string& page_id, std::optional<Instant> at);
void set_wait_until(db::Tx& tx, const std::string& page_id, Instant at);
// One that was submitted then has come, by whatever way.
void note_lead(db::Tx& tx, const std::string& page_id, Instant submitted_at);
void clear_problem(db::Tx& tx, const std::string& page_id);
// A lead has been read: the page is well.
void set_well(db::Tx& tx, const std::string& page_id, Instant now);

}  // namespace store
}  // namespace leadcrm::meta
