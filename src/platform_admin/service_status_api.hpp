// The service's status over HTTP: as JSON, and as a page of the public site that needs no script.
#pragma once

#include "platform/http/cpu_pool.hpp"
#include "platform/http/filled_assets.hpp"
#include "platform/http/routes.hpp"
#include "platform_admin/service_status.hpp"

namespace leadcrm::platform_admin {

class StatusDesk {
public:
    // All of it must outlive this.
    StatusDesk(db::Database& database, bool sends_mail, const http::FilledAssets& files)
        : watch_(database, sends_mail), files_(files)
    {
    }
    void add_routes(http::Routes& api);

private:
    http::Response page(const http::Request& request);

    StatusWatch watch_;
    const http::FilledAssets& files_;
    http::CpuPool pool_{1, 64};  // pages: nobody else waits for a database that does not answer
};

// What takes the place of the page's mark.
std::string status_html(const ServiceStatus& status);

}  // namespace leadcrm::platform_admin
