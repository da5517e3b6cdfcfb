// The doctor and test leads, for the organization's people: /api/v1/meta/doctor.
#pragma once

#include "meta/doctor.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::meta {

void add_doctor_routes(http::Routes& api, Doctor& doctor, db::Database& database,
    const crypto::Vault& vault, const Apps& apps);

}  // namespace leadcrm::meta
