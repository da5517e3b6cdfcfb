// A server with a few plain routes on a port of the system's choice, for tests over real
// sockets.
#pragma once

#include "platform/http/server.hpp"
#include "platform/testing/raw_client.hpp"
#include "platform/testing/tableless_database.hpp"

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace leadcrm::testing {

// "ana" may read leads, "bob" is signed in and nothing more.
inline std::optional<http::Caller> ana_or_bob(db::PlatformReader&, const http::Credentials& by)
{
    auto rights = http::Rights().with(http::Right::signed_in);
    if (by.session_token == "ana") rights = rights.with(http::Right::read_leads);
    if (by.session_token != "ana" && by.session_token != "bob") return std::nullopt;
    return http::Caller{UserId{}, OrganizationId{}, by.session_token, rights};
}

struct RunningServer {
    // Everything is set before start(): routes, what the database knows, limits.
    TablelessDatabase database;
    http::Routes routes;
    http::Site site{.database = &database, .authenticate = ana_or_bob};
    http::ServerSettings settings{.listen = "127.0.0.1:0", .threads = 2};
    std::unique_ptr<http::Dispatcher> dispatcher;
    std::unique_ptr<http::Server> server;

    RunningServer()
    {
        using http::Right;
        routes.raw("GET", "/hello",
            [](const http::Request&, const http::Respond& respond) {
                respond({200, "text/plain", "hello"});
            },
            {"Says hello", Right::everybody});
        routes.raw(
            "POST", "/echo",
            [](const http::Request& request, const http::Respond& respond) {
                respond({200, "application/octet-stream", request.body,
                    {{"X-Client", request.client_address},
                        {"X-Secure", request.secure ? "yes" : "no"}}});
            },
            {"Says it back", Right::everybody}, 1000);
    }

    void start()
    {
        dispatcher = std::make_unique<http::Dispatcher>(routes, site);
        server = std::make_unique<http::Server>(*dispatcher, settings);
        server->start();
    }
    std::uint16_t port() const { return server->port(); }
};

inline std::string get(std::string_view path, std::string_view headers = {})
{
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(headers) + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body, std::string_view headers = {})
{
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

}  // namespace leadcrm::testing
