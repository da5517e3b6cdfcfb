#include "leads/lead_shown.hpp"

#include "leads/lead_store.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace leadcrm::leads {
namespace {

constexpr std::size_t batch_max = 500;
// Of one organization; more are forgotten rather than kept.
constexpr std::size_t waiting_max = 20'000;

struct Note {
    LeadId lead;
    Instant at;
};

}  // namespace

// One write at a time: while it runs, the next batch gathers by itself.
struct Shown::State : std::enable_shared_from_this<State> {
    explicit State(db::Database& database) : database(&database) { }

    std::mutex mutex;
    db::Database* database;  // null once nobody may write any more
    std::unordered_map<OrganizationId, std::vector<Note>> waiting;
    bool is_writing = false;

    void write_next(std::unique_lock<std::mutex> lock)
    {
        is_writing = database != nullptr && !waiting.empty();
        if (!is_writing) return;
        const auto first = waiting.begin();
        const auto organization = first->first;
        auto& notes = first->second;
        const auto count = std::min(notes.size(), batch_max);
        std::vector<LeadId> leads;
        const auto at = notes.front().at;
        for (std::size_t i = 0; i < count; ++i) leads.push_back(notes[i].lead);
        notes.erase(notes.begin(), notes.begin() + std::ptrdiff_t(count));
        if (notes.empty()) waiting.erase(first);
        auto* db = database;
        lock.unlock();
        write(*db, organization, std::move(leads), at);
    }

    void write(
        db::Database& db, const OrganizationId& organization, std::vector<LeadId> leads, Instant at)
    {
        auto work = [=](db::PlatformTx& tx) {
            auto inside = tx.in_organization(organization);
            store::set_visible(inside, leads, at);
        };
        auto self = shared_from_this();
        try {
            db.start_write(std::move(work), [self](const std::exception_ptr& error) {
                if (error) log::warn("when leads were first seen could not be noted");
                self->write_next(std::unique_lock(self->mutex));
            });
        } catch (const Failure&) {
            // The database is busy with more important things; the next note tries again.
            const std::lock_guard lock(mutex);
            is_writing = false;
        }
    }
};

Shown::Shown(db::Database& database) : state_(std::make_shared<State>(database)) { }

Shown::~Shown()
{
    const std::lock_guard lock(state_->mutex);
    state_->database = nullptr;
}

void Shown::note(const OrganizationId& organization, const std::vector<LeadId>& leads, Instant at)
{
    if (leads.empty()) return;
    std::unique_lock lock(state_->mutex);
    auto& notes = state_->waiting[organization];
    for (const auto& lead : leads)
        if (notes.size() < waiting_max) notes.push_back({lead, at});
    if (!state_->is_writing) state_->write_next(std::move(lock));
}

bool Shown::is_quiet() const
{
    const std::lock_guard lock(state_->mutex);
    return !state_->is_writing && state_->waiting.empty();
}

std::vector<LeadId> unseen_of(const std::vector<ShownRow>& leads)
{
    std::vector<LeadId> unseen;
    for (const auto& lead : leads)
        if (!lead.visible_at) unseen.push_back(lead.id);
    return unseen;
}

}  // namespace leadcrm::leads
