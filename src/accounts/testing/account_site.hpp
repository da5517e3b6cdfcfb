// An installation where people register, sign in and look after their accounts, over HTTP and
// without a mail server. Tests derive from it whoever sits at the browsers.
#pragma once

#include "accounts/account_api.hpp"
#include "audit/audit.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"
#include "platform/testing/vault.hpp"

#include <string>

namespace leadcrm::testing {

struct AccountSite {
    const std::string public_url = "https://crm.example.com";
    TestDatabase database;
    http::Routes routes;

    AccountSite()
    {
        accounts::add_routes(
            routes, *database, vault(), {.public_url = public_url}, [](db::Tx&) {});
        routes.read("GET", "/api/v1/leads",
            [](const db::Reader&, const http::Caller&, const http::Nothing&) {
                return http::Nothing();
            },
            {"Stands for the rest of the product", http::Right::read_leads});
    }

    http::Site site()
    {
        return {.database = &*database,
            .authenticate = accounts::authenticator(*database),
            .session_cookie = accounts::cookie_name(false),
            .public_url = public_url,
            .record = audit::recorder()};
    }

    // Nobody has signed in at it yet.
    HttpClient browser() { return {routes, site()}; }
};

}  // namespace leadcrm::testing
