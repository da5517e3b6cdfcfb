// Whether the service works, for everybody to see: taking in leads, the app, mail, and Meta's API,
// from what is really waiting and failing. It names no organization and tells no number, of which
// one could count customers. Over HTTP: service_status_api.hpp.
#pragma once

#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <mutex>
#include <optional>
#include <vector>

namespace leadcrm::platform_admin {

BOOST_DEFINE_ENUM_CLASS(ServicePart, leads, app, mail, meta)
BOOST_DEFINE_ENUM_CLASS(ServiceState, working, slow, not_working)

struct PartStatus {
    ServicePart part = ServicePart::app;
    ServiceState state = ServiceState::working;
};
BOOST_DESCRIBE_STRUCT(PartStatus, (), (part, state))

struct ServiceStatus {
    Instant looked_at;
    std::vector<PartStatus> parts;  // mail only where the server sends any
};
BOOST_DESCRIBE_STRUCT(ServiceStatus, (), (looked_at, parts))

// What a state is judged by.
struct ServiceFigures {
    std::chrono::seconds lead_waits{0};  // the oldest that a webhook told of and is not stored
    std::chrono::seconds work_waits{0};  // the oldest job of others that is due
    std::chrono::seconds letter_waits{0};  // the oldest that should have left
    bool lead_work_died = false;  // in the last hour; so the next two
    bool work_died = false;
    bool letter_died = false;
    std::int64_t meta_calls = 0;  // of this hour and the one before
    std::int64_t meta_errors = 0;  // that are Meta's own, or the app's limit
    std::chrono::milliseconds answered_in{0};  // the database
};

ServiceFigures read_figures(const db::PlatformReader& db, Instant now);
ServiceState state_of(ServicePart part, const ServiceFigures& figures);

// The status, looked at again when it is older than this: however many ask, the database is asked
// once. Thread-safe; blocking.
class StatusWatch {
public:
    static constexpr std::chrono::seconds kept{15};

    StatusWatch(db::Database& database, bool sends_mail)
        : database_(database), sends_mail_(sends_mail)
    {
    }
    // A database that does not answer is a status too.
    ServiceStatus now(Instant at = Instant::now());

private:
    ServiceStatus look(Instant at) const;

    db::Database& database_;
    const bool sends_mail_;
    std::mutex mutex_;
    std::optional<ServiceStatus> last_;
};

}  // namespace leadcrm::platform_admin
