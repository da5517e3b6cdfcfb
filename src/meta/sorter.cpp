#include "meta/sorter.hpp"

#include "meta/delivery_link_store.hpp"
#include "meta/failure_reason.hpp"
#include "meta/fetch_store.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/page.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int batch_deliveries = 64;
constexpr std::size_t batch_changes = 500;  // one delivery may have 1 000
constexpr auto look_every = 2s;  // for what nobody woke us for
constexpr auto keep_house_every = 1h;
constexpr auto keep_deliveries_for = 30 * 24h;

metrics::Counter& elements(const std::string& kind)
{
    return metrics::counter("leadcrm_webhook_elements_total",
        "Elements of Meta's deliveries, by what they are.", {{"kind", kind}});
}

void count(const DeliveryReading& reading)
{
    elements("lead").add(double(reading.changes.size()));
    elements("sample").add(reading.samples);
    elements("update").add(reading.updates);
    elements("nameless").add(reading.nameless);
    elements("foreign").add(reading.foreign);
    elements("broken").add(reading.broken);
    if (reading.samples > 0) log::info("the app dashboard's sample arrived: the webhook works");
    if (reading.nameless > 0)
        log::error("deliveries come without values: switch on \"Include values\" at Meta");
    if (reading.broken > 0)
        log::warn("a delivery has elements that cannot be read",
            {{"elements", std::to_string(reading.broken)}});
}

void observe_lag(Instant received_at)
{
    static auto& lag = metrics::histogram("leadcrm_webhook_sort_lag_seconds",
        "From the arrival of a delivery until it is sorted.",
        {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 10, 60, 600});
    lag.observe(double((Instant::now() - received_at).count()) / 1e6);
}

using Routes = std::map<std::string, std::vector<OrganizationId>>;

Routes routes_for(const db::PlatformReader& db, const std::vector<ReadDelivery>& deliveries)
{
    std::set<std::string> pages;
    for (const auto& delivery : deliveries)
        for (const auto& change : delivery.reading.changes) pages.insert(change.page_id);
    return store::routes_of(db, {pages.begin(), pages.end()});
}

// What a person should know about a delivery; nothing when it held leads of known pages only.
std::optional<std::string> note_for(
    const ReadDelivery& delivery, const std::set<std::string>& nobodys_pages)
{
    auto note = note_about(delivery.reading);
    for (const auto& page_id : nobodys_pages)
        note += (note.empty() ? "" : "; ") + ("no organization holds page " + page_id);
    return note.empty() ? std::nullopt : std::optional(note);
}

// Those that hold the page; of an organization's own app, that one only.
std::vector<OrganizationId> receivers(
    const ReadDelivery& delivery, const Change& change, const Routes& routes)
{
    const auto route = routes.find(change.page_id);
    if (route == routes.end()) return {};
    if (!delivery.only_for) return route->second;
    const auto& holders = route->second;
    const bool is_held =
        std::find(holders.begin(), holders.end(), *delivery.only_for) != holders.end();
    return is_held ? std::vector{*delivery.only_for} : std::vector<OrganizationId>();
}

// What one organization is told.
struct News {
    std::vector<Fetch> fetches;
    std::set<store::DeliveryLink> links;
};

// By organization, in the order of their ids: whoever locks several does it in one order.
std::map<OrganizationId, News> news_of(
    const std::vector<ReadDelivery>& deliveries, const Routes& routes)
{
    std::map<OrganizationId, News> all;
    for (const auto& delivery : deliveries)
        for (const auto& change : delivery.reading.changes)
            for (const auto& organization : receivers(delivery, change, routes)) {
                auto& news = all[organization];
                news.fetches.push_back(fetch_of(change, delivery.received_at));
                news.links.emplace(delivery.id, change.page_id);
            }
    return all;
}

// Marks the deliveries as sorted and remembers those about pages nobody holds.
void close(db::PlatformTx& tx, const std::vector<ReadDelivery>& deliveries, const Routes& routes)
{
    std::map<std::optional<std::string>, std::vector<DeliveryId>> by_note;
    for (const auto& delivery : deliveries) {
        std::set<std::string> nobodys;
        for (const auto& change : delivery.reading.changes)
            if (receivers(delivery, change, routes).empty()) nobodys.insert(change.page_id);
        for (const auto& page_id : nobodys) store::insert_unrouted(tx, page_id, delivery.id);
        by_note[note_for(delivery, nobodys)].push_back(delivery.id);
    }
    for (const auto& [note, ids] : by_note) store::set_sorted(tx, ids, note);
}

// Whom a delivery that cannot be sorted concerns is written down all the same, so that they see it.
// What keeps it from being sorted may keep this from being stored too.
void show_failed(db::Database& database, const ReadDelivery& delivery)
{
    try {
        database.write_platform([&](db::PlatformTx& db) {
            for (const auto& [organization, news] :
                news_of({delivery}, routes_for(db, {delivery}))) {
                auto tx = db.in_organization(organization);
                store::link(tx, news.links);
            }
        });
    } catch (const Failure& failure) {
        log::error("whom the delivery concerns could not be stored", {{"why", reason_of(failure)}});
    }
}

}  // namespace

Sorter::Sorter(db::Database& database, Refusals& refusals)
    : database_(database), refusals_(refusals)
{
    database.on_signal(deliveries_channel, [this](std::string_view) { wake(); });
}

Sorter::~Sorter() { stop(); }

void Sorter::start()
{
    thread_ = std::thread([this] { run(); });
}

void Sorter::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Sorter::wake()
{
    wakes_.fetch_add(1, std::memory_order_relaxed);
    // Under load the flag is up already, and waking costs nothing.
    if (has_news_.exchange(true)) return;
    {
        const std::lock_guard lock(mutex_);
    }
    changed_.notify_one();
}

bool Sorter::wait_for_news(std::chrono::milliseconds most)
{
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, most, [this] { return stopping_.load() || has_news_.load(); });
    return !stopping_;
}

void Sorter::run()
{
    std::optional<Clock::time_point> house_kept_at;  // the clock may begin with the machine
    auto rest = std::chrono::milliseconds(0);
    while (wait_for_news(rest > 0ms ? rest : look_every)) {
        rest = 0ms;
        try {
            if (!house_kept_at || Clock::now() - *house_kept_at > keep_house_every) {
                keep_house();
                house_kept_at = Clock::now();
            }
            refusals_.write(database_);
            sort_all();
        } catch (const std::exception& error) {
            log::error("deliveries could not be sorted, trying again", {{"why", reason_of(error)}});
            rest = 1s;
        }
    }
}

void Sorter::sort_all()
{
    // Down before the look, so that what arrives during it raises the flag again.
    has_news_ = false;
    while (!stopping_) {
        const auto wakes_before = wakes_.load();
        const auto began = Clock::now();
        if (sort_batch() == 0) return;
        const bool is_pouring = wakes_.load() - wakes_before > batch_deliveries;
        if (!is_pouring) continue;
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, 3 * (Clock::now() - began), [this] { return stopping_.load(); });
    }
}

std::size_t Sorter::sort_batch()
{
    const auto found = database_.read_platform(
        [](db::PlatformReader& db) { return store::list_new(db, batch_deliveries); });
    std::vector<ReadDelivery> batch;
    std::size_t changes = 0;
    for (const auto& delivery : found) {
        auto reading = read_delivery(delivery.body.bytes);
        changes += reading.changes.size();
        if (!batch.empty() && changes > batch_changes) break;
        batch.push_back(
            {delivery.id, delivery.received_at, std::move(reading), delivery.organization_id});
    }
    if (batch.empty()) return 0;
    try {
        sort(batch);
    } catch (const Failure& failure) {
        if (failure.kind == Failure::Kind::unavailable) throw;
        sort_one_by_one(batch);
    }
    for (const auto& delivery : batch) {
        count(delivery.reading);
        observe_lag(delivery.received_at);
    }
    return batch.size();
}

void Sorter::sort(const std::vector<ReadDelivery>& deliveries)
{
    database_.write_platform([&](db::PlatformTx& db) {
        const auto routes = routes_for(db, deliveries);
        close(db, deliveries, routes);
        for (const auto& [organization, news] : news_of(deliveries, routes)) {
            auto tx = db.in_organization(organization);
            store::link(tx, news.links);
            std::set<std::string> pages;
            for (const auto& fetch : news.fetches)
                if (store::insert(tx, fetch)) pages.insert(fetch.page_id);
            for (const auto& page_id : pages) order_fetch(tx, page_id);
        }
    });
}

// One of a batch cannot be stored. The others must not wait for it.
void Sorter::sort_one_by_one(const std::vector<ReadDelivery>& deliveries)
{
    for (const auto& delivery : deliveries) {
        try {
            sort({delivery});
        } catch (const Failure& failure) {
            if (failure.kind == Failure::Kind::unavailable) throw;
            log::error("a delivery could not be sorted and is tried again within the hour",
                {{"delivery_id", delivery.id.text()}, {"why", reason_of(failure)}});
            database_.write_platform([&](db::PlatformTx& tx) {
                store::set_failed(tx, delivery.id, "could not be sorted: " + reason_of(failure));
            });
            show_failed(database_, delivery);
        }
    }
}

void Sorter::keep_house()
{
    database_.write_platform([](db::PlatformTx& tx) { store::retry_failed(tx); });
    const auto before = first_delivery_id_at(Instant::now() - keep_deliveries_for);
    database_.write_platform([&](db::PlatformTx& tx) { store::remove_old_unrouted(tx, before); });
    constexpr int at_once = 500;
    while (database_.write_platform([&](db::PlatformTx& tx) {
        return store::remove_old(tx, before, at_once);
    }) == at_once
        && !stopping_) { }
    database_.write_platform([](db::PlatformTx& tx) {
        store::remove_old_refusals(tx, Instant::now() - keep_deliveries_for);
    });
    // Those that hold no page any more have links too.
    const auto organizations = database_.read_platform([](db::PlatformReader& db) {
        return db.rows<OrganizationId>("SELECT id FROM organizations ORDER BY id");
    });
    for (const auto& organization : organizations) {
        if (stopping_) return;
        const bool has_old = database_.read(
            organization, [&](db::Reader& db) { return store::has_old_links(db, before); });
        if (has_old)
            database_.write(organization, [&](db::Tx& tx) { store::remove_old_links(tx, before); });
    }
}

}  // namespace leadcrm::meta
