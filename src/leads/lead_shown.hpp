// When a lead was first on somebody's screen. Whoever shows leads notes it here; the notes are
// written afterwards, many at once, so that showing a lead never waits for a write.
#pragma once

#include "leads/lead.hpp"
#include "platform/db/database.hpp"

#include <memory>
#include <vector>

namespace leadcrm::leads {

class Shown {
public:
    // `database` must outlive it.
    explicit Shown(db::Database& database);
    ~Shown();
    Shown(const Shown&) = delete;
    Shown& operator=(const Shown&) = delete;

    // Thread-safe; does not wait. Notes may be lost with the process: the next to see the lead sets
    // the time then.
    void note(const OrganizationId& organization, const std::vector<LeadId>& leads, Instant at);

    // Everything noted so far is written.
    bool is_quiet() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

// Those that nobody has seen yet.
std::vector<LeadId> unseen_of(const std::vector<ShownRow>& leads);

}  // namespace leadcrm::leads
