// Somebody signed in to an organization of a MetaWorkspace, with every right about sources.
#pragma once

#include "custom_fields/custom_field_api.hpp"
#include "meta/form_api.hpp"
#include "meta/leads_file_api.hpp"
#include "meta/ledger_api.hpp"
#include "meta/mapping_api.hpp"
#include "meta/mapping_run_api.hpp"
#include "meta/meta_api.hpp"
#include "meta/testing/meta_workspace.hpp"
#include "platform/testing/http_client.hpp"

#include <utility>

namespace leadcrm::testing {

class MetaClient {
public:
    MetaClient(MetaWorkspace& crm, OrganizationId organization)
        : routes_(routes_of(crm))
        , client_(routes_,
              {.database = &*crm.database,
                  .authenticate = [organization](db::PlatformReader&, const http::Credentials&) {
                      return std::optional(http::Caller{.organization_id = organization,
                          .role = "owner",
                          .rights = http::Rights()
                                        .with(http::Right::signed_in)
                                        .with(http::Right::read_leads)
                                        .with(http::Right::read_sources)
                                        .with(http::Right::write_sources),
                          .sight = http::Sight::all});
                  }})
    {
        client_.cookies["leadcrm_session"] = "whoever it is";
    }

    HttpClient* operator->() { return &client_; }

    Answer send_file(std::string bytes, const std::string& type = "text/csv")
    {
        http::Request request{.method = "POST", .target = "/api/v1/meta/leads-file"};
        request.headers = {{"Content-Type", type}};
        request.body = std::move(bytes);
        return client_.send(std::move(request));
    }

private:
    static http::Routes routes_of(MetaWorkspace& crm)
    {
        http::Routes routes;
        meta::add_api_routes(routes);
        meta::add_form_routes(routes);
        meta::add_mapping_routes(routes);
        meta::add_mapping_run_routes(routes);
        custom_fields::add_routes(routes);
        meta::add_ledger_routes(routes);
        meta::add_leads_file_route(routes, *crm.database, crm.vault);
        return routes;
    }

    http::Routes routes_;
    HttpClient client_;
};

}  // namespace leadcrm::testing
