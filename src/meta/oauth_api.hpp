// GET /meta/oauth/start and /meta/oauth/callback: every answer is a redirect, so that a person
// never sees a page of ours that is not the app.
#pragma once

#include "meta/oauth.hpp"
#include "platform/http/cpu_pool.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::meta {

// Logins wait for Facebook, so they have threads of their own.
class LoginDesk {
public:
    LoginDesk(FacebookLogin& login, const Settings& settings);
    void add_routes(http::Routes& routes);

private:
    void answer(http::Respond respond, std::function<std::string()> where_to);

    FacebookLogin& login_;
    const std::string session_cookie_;
    http::CpuPool pool_{4, 64};
};

}  // namespace leadcrm::meta
