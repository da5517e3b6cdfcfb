// What Meta posted to the webhook about an organization's pages. One POST may tell of several
// organizations: such a one stays until it is as old as all that are kept.
#pragma once

#include "deletion/deletion_order.hpp"
#include "platform/db/database.hpp"

namespace leadcrm::deletion {

void remove_deliveries(db::Database& database, const DeletionOrder& order);
// The count of refused ones, of the organization's own app. Before the app goes.
void remove_refusals(db::Database& database, const OrganizationId& organization);

}  // namespace leadcrm::deletion
