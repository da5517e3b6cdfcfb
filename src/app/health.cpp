#include "app/health.hpp"

#include "platform/metrics/metrics.hpp"

namespace leadcrm::app {
namespace {

// What stands between Prometheus' gauge and the database: asked by /readyz too.
struct Readiness {
    std::string database = "ok";
    std::int64_t jobs_waiting = 0;
    BOOST_DESCRIBE_CLASS(Readiness, (), (database, jobs_waiting), (), ())
};

http::Response ready(const Readiness& readiness)
{
    return {200, "application/json", json::text_of(readiness), {{"Cache-Control", "no-store"}}};
}

http::Response not_ready()
{
    return {503, "application/json", R"({"database":"unavailable"})",
        {{"Cache-Control", "no-store"}, {"Retry-After", "2"}}};
}

void answer_readyz(db::Database& database, const http::Respond& respond)
{
    auto readiness = std::make_shared<Readiness>();
    database.start_read(
        [readiness](db::PlatformReader& db) {
            readiness->jobs_waiting =
                db.one<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM jobs WHERE state = "
                                     "'waiting' LIMIT 10000) few");
        },
        [readiness, respond](
            std::exception_ptr trouble) { respond(trouble ? not_ready() : ready(*readiness)); });
}

}  // namespace

void add_health_routes(http::Routes& routes, db::Database& database)
{
    routes.raw("GET", "/healthz",
        [](http::Request, const http::Respond& respond) {
            respond({200, "text/plain", "ok\n"});
        },
        {"Whether the process is alive", http::Right::everybody});
    routes.raw("GET", "/readyz",
        [&database](http::Request, const http::Respond& respond) {
            try {
                answer_readyz(database, respond);
            } catch (const Failure&) {  // the queue is full
                respond(not_ready());
            }
        },
        {"Whether requests can be served", http::Right::everybody});
}

void add_metrics_route(http::Routes& routes)
{
    routes.raw("GET", "/metrics",
        [](http::Request, const http::Respond& respond) {
            respond({200, "text/plain; version=0.0.4; charset=utf-8", metrics::exposition()});
        },
        {"Figures for Prometheus", http::Right::everybody});
}

}  // namespace leadcrm::app
