// All forms of a page, from Graph's list: at connect, every day, and when a lead comes with a form
// nobody has heard of. What a form is: form.hpp.
#pragma once

#include "meta/apps.hpp"
#include "meta/form.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace leadcrm::meta {

constexpr auto forms_job = "meta.forms";  // key: the page

// Sees to it that the page's forms are listed, in `delay`.
void order_forms(db::Tx& tx, const std::string& page_id, std::chrono::milliseconds delay = {});

class FormLister {
public:
    FormLister(db::Database& database, const crypto::Vault& vault, const Apps& apps);

    // Lists the page's forms and orders the next time. Throws jobs::TryAgain when a limit or
    // trouble at Meta is in the way. Without the right to list forms (pages_manage_ads) those that
    // leads came with are all that is known, and that is enough to take leads in.
    void list(OrganizationId organization, const std::string& page_id);

private:
    std::optional<GraphProblem> read_all(
        GraphClient& graph, OrganizationId organization, const PageAccess& as, const char* fields);

    db::Database& database_;
    const crypto::Vault& vault_;
    const Apps& apps_;
};

}  // namespace leadcrm::meta
