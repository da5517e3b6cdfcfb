// The page of the public site that says what a place on this server costs: with the plans as they
// are in the database, which the operator may change.
#pragma once

#include "platform/http/filled_assets.hpp"
#include "platform/http/routes.hpp"
#include "platform_admin/plan.hpp"

namespace leadcrm::platform_admin {

// What takes the place of the page's mark. Empty when there are no plans.
std::string plans_html(const std::vector<Plan>& plans);

// Both must outlive the routes.
void add_pricing_page(
    http::Routes& routes, db::Database& database, const http::FilledAssets& files);

}  // namespace leadcrm::platform_admin
