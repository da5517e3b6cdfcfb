// The features as a server knows them while it runs: in memory, so that a request asks the database
// nothing. A change is heard at once where it is made through this process or PostgreSQL, and
// within seconds where a command wrote it into the SQLite file.
#pragma once

#include "features/feature.hpp"
#include "platform/http/dispatcher.hpp"

#include <chrono>
#include <memory>

namespace leadcrm::features {

class Switches {
public:
    static constexpr std::chrono::seconds kept{10};

    // Make it before the database's first work.
    explicit Switches(db::Database& database);

    // Blocking.
    void load();
    // Never waits. Until anything has been read, everything is on.
    bool is_on(const OrganizationId& organization, Feature feature) const;

    // For http::Site: refuses routes of what is off, and keys where there are to be none.
    http::Admission gate() const;

private:
    struct State;
    std::shared_ptr<State> state_;  // with readings on their way, and gates
};

}  // namespace leadcrm::features
