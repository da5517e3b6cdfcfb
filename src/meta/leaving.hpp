// An organization leaves: at Meta its pages are unsubscribed from our app and what its people
// granted is revoked, as far as no other organization uses either.
#pragma once

#include "meta/apps.hpp"
#include "meta/own_app_setup.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"

namespace leadcrm::meta {

// Blocking. Each call to Meta is tried three times and no more: what Meta refuses is logged, and
// does not keep the organization here. Doing it again does what was not done.
class Leaving {
public:
    Leaving(
        db::Database& database, const crypto::Vault& vault, const Apps& apps, OwnAppSetup& own_app);

    void leave(OrganizationId organization);

private:
    void leave_page(OrganizationId organization, const Page& page);
    void revoke(OrganizationId organization, const Connection& login);

    db::Database& database_;
    const crypto::Vault& vault_;
    const Apps& apps_;
    OwnAppSetup& own_app_;
};

}  // namespace leadcrm::meta
