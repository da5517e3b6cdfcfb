// Signing in with a company's account over HTTP: the redirects of the browser, and what an owner
// sets up. The rules: visit.hpp, company_sign_in.hpp.
#pragma once

#include "company_sign_in/visit.hpp"
#include "platform/http/cpu_pool.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::company_sign_in {

// Visits wait for other people's servers, so they have threads of their own: one that does not
// answer keeps nobody from signing in with a password.
class Desk {
public:
    // All of it must outlive this.
    Desk(db::Database& database, const crypto::Vault& vault, net::Client& net, Settings settings);
    void add_routes(http::Routes& api);

private:
    void add_visit_routes(http::Routes& api);
    void add_owner_routes(http::Routes& api);
    void answer(http::Respond respond, std::function<http::Response()> work);
    http::Response depart(const http::Request& request) const;
    http::Response arrive(const http::Request& request) const;

    db::Database& database_;
    const crypto::Vault& vault_;
    const Settings settings_;
    const Visits visits_;
    http::CpuPool pool_{4, 32};
};

}  // namespace leadcrm::company_sign_in
