#include "meta/oauth_api.hpp"

#include "meta/failure_reason.hpp"
#include "platform/log/log.hpp"

namespace leadcrm::meta {
namespace {

constexpr auto failed = "/app/sources?trouble=failed";

http::Response go_to(std::string address)
{
    return {.status = 303,
        .body = {},
        .headers = {{"Location", std::move(address)}, {"Cache-Control", "no-store"},
            {"Referrer-Policy", "no-referrer"}}};
}

}  // namespace

LoginDesk::LoginDesk(FacebookLogin& login, const Settings& settings)
    : login_(login), session_cookie_(settings.session_cookie)
{
}

void LoginDesk::answer(http::Respond respond, std::function<std::string()> where_to)
{
    const bool taken = pool_.take_on([respond, where_to = std::move(where_to)] {
        try {
            respond(go_to(where_to()));
        } catch (const std::exception& error) {
            log::error("a login at Facebook failed", {{"why", reason_of(error)}});
            respond(go_to(failed));
        }
    });
    if (!taken) respond(go_to(failed));
}

void LoginDesk::add_routes(http::Routes& routes)
{
    const auto session_of = [cookie = session_cookie_](const http::Request& request) {
        return request.cookie(cookie).value_or("");
    };
    routes.raw("GET", "/meta/oauth/start",
        [this, session_of](http::Request request, http::Respond respond) {
            answer(std::move(respond),
                [this, session = session_of(request), back_to = request.query_value("return")] {
                    return login_.begin(session, back_to);
                });
        },
        {"To Facebook's dialog, to connect pages", http::Right::everybody,
            "For a signed-in person who may change sources; others are sent back to the app."});
    routes.raw("GET", "/meta/oauth/callback",
        [this, session_of](http::Request request, http::Respond respond) {
            const auto text = [&](const char* name) {
                return request.query_value(name).value_or("");
            };
            const Comeback comeback{text("state"), text("code"), text("error")};
            answer(std::move(respond), [this, session = session_of(request), comeback] {
                return login_.finish(comeback, session);
            });
        },
        {"Where Facebook's dialog sends the browser back to", http::Right::everybody});
}

}  // namespace leadcrm::meta
