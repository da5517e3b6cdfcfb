#include "meta/capture.hpp"

#include "meta/meta_api.hpp"
#include "meta/webhook.hpp"

namespace leadcrm::meta {

Capture::Capture(
    db::Database& database, const crypto::Vault& vault, net::Client& net, const Settings& settings)
    : database_(database)
    , settings_(settings)
    , graph_([&net](net::Request request) { return net.fetch(std::move(request)); }, settings)
    , fetcher_(database, vault, graph_)
    , sorter_(database)
{
}

void Capture::add_routes(http::Routes& routes)
{
    add_webhook_routes(routes, settings_, database_, [this] { sorter_.wake(); });
    add_api_routes(routes);
}

void Capture::handle_jobs(jobs::Workers& workers) { fetcher_.handle_jobs(workers); }

void Capture::start() { sorter_.start(); }

void Capture::stop() { sorter_.stop(); }

}  // namespace leadcrm::meta
