#include "features/feature_switches.hpp"

#include "platform/http/feature_off.hpp"
#include "platform/log/log.hpp"

#include <atomic>
#include <mutex>

namespace leadcrm::features {
namespace {

std::int64_t steady_ms()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

const char* what_is_off(Feature feature)
{
    switch (feature) {
    case Feature::api_keys:
        return "API keys are";
    case Feature::company_sign_in:
        return "Setting up sign-in with a company's account is";
    case Feature::own_meta_app:
        break;
    }
    return "Setting up a Meta app of one's own is";
}

}  // namespace

struct Switches::State : std::enable_shared_from_this<State> {
    explicit State(db::Database& database) : database(database) { }

    db::Database& database;
    std::mutex mutex;
    std::shared_ptr<const FeatureSettings> settings = std::make_shared<FeatureSettings>();
    std::atomic<std::int64_t> read_at_ms = -1;
    std::atomic<bool> is_reading = false;
    std::atomic<bool> wants_again = false;

    void keep(FeatureSettings fresh)
    {
        const std::lock_guard lock(mutex);
        settings = std::make_shared<const FeatureSettings>(std::move(fresh));
        read_at_ms = steady_ms();
    }
    std::shared_ptr<const FeatureSettings> known()
    {
        const auto at = read_at_ms.load();
        if (at < 0 || steady_ms() - at > std::chrono::milliseconds(kept).count()) read_anew();
        const std::lock_guard lock(mutex);
        return settings;
    }
    // One reading at a time; what changes meanwhile is read after it.
    void read_anew()
    {
        if (is_reading.exchange(true)) return;
        wants_again = false;
        auto fresh = std::make_shared<FeatureSettings>();
        try {
            database.start_read([fresh](db::PlatformReader& db) { *fresh = read_settings(db); },
                [self = shared_from_this(), fresh](const std::exception_ptr& error) {
                    self->end_reading(error ? nullptr : fresh.get());
                });
        } catch (const Failure&) {  // the queue is full, or closed: the next request tries again
            is_reading = false;
        }
    }
    void end_reading(FeatureSettings* fresh)
    {
        if (fresh)
            keep(std::move(*fresh));
        else
            log::warn("the features could not be read");
        is_reading = false;
        if (wants_again.exchange(false)) read_anew();
    }
    void hear()
    {
        wants_again = true;
        read_anew();
    }
};

Switches::Switches(db::Database& database) : state_(std::make_shared<State>(database))
{
    database.on_signal(features_channel, [state = std::weak_ptr(state_)](std::string_view) {
        if (const auto there = state.lock()) there->hear();
    });
}

void Switches::load()
{
    state_->keep(
        state_->database.read_platform([](db::PlatformReader& db) { return read_settings(db); }));
}

bool Switches::is_on(const OrganizationId& organization, Feature feature) const
{
    return state_->known()->is_on(organization, feature);
}

http::Admission Switches::gate() const
{
    return [state = state_](const http::Admitted& who, const http::Route& route) {
        const auto need = [&](Feature feature) {
            if (state->known()->is_on(who.organization_id, feature)) return;
            throw http::FeatureOff(name_of(feature),
                std::string(what_is_off(feature))
                    + " turned off here by whoever runs this service. Please ask them.");
        };
        if (who.key) need(Feature::api_keys);
        if (route.endpoint.feature.empty()) return;
        Feature feature{};
        if (boost::describe::enum_from_string(route.endpoint.feature.c_str(), feature))
            need(feature);
    };
}

}  // namespace leadcrm::features
