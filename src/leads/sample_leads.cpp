#include "leads/sample_leads.hpp"

#include "events/counter.hpp"
#include "events/log.hpp"
#include "leads/lead_rules.hpp"
#include "leads/lead_store.hpp"
#include "leads/sample_forms.hpp"
#include "leads/sample_people.hpp"

#include <algorithm>
#include <future>
#include <utility>

namespace leadcrm::leads {
namespace {

using samples::Dice;
using samples::SampleForm;

// One write transaction: long enough to be fast, short enough not to keep others waiting.
constexpr std::int64_t batch_max = 5'000;
constexpr std::chrono::hours year{365 * 24};

struct Batch {
    std::vector<LeadRow> leads;
    std::vector<SubmissionRow> submissions;
    std::vector<events::LoggedEvent> events;
};

// What the leads are made for.
struct Place {
    std::vector<pipeline::Stage> stages;
    std::vector<UserId> members;
    std::int64_t first_number = 1;
};

Place look_at(db::Reader& db)
{
    return {pipeline::list_stages(db),
        db.rows<UserId>(
            "SELECT user_id FROM memberships WHERE organization_id = $1 ORDER BY user_id"),
        events::last_number(db, "lead_number") + 1};
}

class SampleMaker {
public:
    SampleMaker(Place place, std::int64_t count, std::uint64_t seed)
        : place_(std::move(place))
        , count_(count)
        , dice_(seed * 1'000'003 + std::uint64_t(place_.first_number))
        , seed_(seed)
        , now_(Instant::now())
        , forms_(samples::sample_forms())
    {
    }

    Batch make(std::int64_t count)
    {
        Batch batch;
        for (std::int64_t i = 0; i < count; ++i) add_lead(batch);
        std::stable_sort(batch.events.begin(), batch.events.end(),
            [](const auto& a, const auto& b) { return a.at < b.at; });
        return batch;
    }

private:
    // Numbers of ids are like those of real ones: they begin with the time.
    template <class AnyId>
    AnyId make_id(Instant at)
    {
        AnyId id;
        const auto ms = std::uint64_t(at.us / 1000);
        for (int i = 0; i < 6; ++i) id.uuid[std::size_t(i)] = std::uint8_t(ms >> (40 - 8 * i));
        const auto low = dice_.next();
        const auto high = dice_.next();
        for (std::size_t i = 6; i < 16; ++i)
            id.uuid[i] = std::uint8_t((i < 12 ? low : high) >> (8 * (i % 8)));
        id.uuid[6] = std::uint8_t((id.uuid[6] & 0x0F) | 0x70);
        id.uuid[8] = std::uint8_t((id.uuid[8] & 0x3F) | 0x80);
        return id;
    }

    // Leads come in evenly over the year, in order, the last one just now.
    Instant arrival(std::int64_t index)
    {
        const auto step_us =
            std::chrono::microseconds(year).count() / std::max<std::int64_t>(count_, 1);
        const auto age_us = (count_ - 1 - index) * step_us;
        return {now_.us - age_us - std::int64_t(dice_.roll(std::size_t(step_us) / 2 + 1))};
    }

    const SampleForm& form_at(Instant at)
    {
        const double age =
            double((now_ - at).count()) / double(std::chrono::microseconds(year).count());
        for (int tries = 0; tries < 8; ++tries) {
            const auto& form = dice_.one_of(forms_);
            if (age <= form.from_age && age >= form.to_age) return form;
        }
        return forms_.front();
    }

    void add_lead(Batch& batch)
    {
        const auto index = made_++;
        const auto somebody = samples::make_somebody(dice_);
        const auto received = arrival(index);
        LeadRow lead;
        lead.id = make_id<LeadId>(received);
        lead.number = place_.first_number + index;
        lead.name = somebody.name;
        if (!dice_.chance(4)) lead.email = somebody.email;
        if (!dice_.chance(8)) {
            lead.phone = somebody.phone;
            lead.phone_raw = somebody.phone_raw;
        }
        fold_contact(lead);
        lead.is_test = dice_.roll(1000) == 0;
        lead.updated_at = received;
        lead.submission_count = 0;
        add_submission(batch, lead, somebody, received);
        batch.events.push_back(
            {0, "lead.created", lead.id, std::nullopt, received, json::Raw{"{}"}});

        const auto age = now_ - received;
        const auto back = received + age * std::int64_t(dice_.roll(90) + 5) / 100;
        if (!lead.is_test && dice_.chance(6)) {
            add_submission(batch, lead, somebody, back);
            ++lead.version;
            batch.events.push_back({0, "lead.came_back", lead.id, std::nullopt, back,
                {json::text_of(CameBack{batch.submissions.back().id})}});
        }
        work_on(batch, lead, received, age);
        batch.leads.push_back(std::move(lead));
    }

    void add_submission(
        Batch& batch, LeadRow& lead, const samples::Somebody& somebody, Instant received)
    {
        const auto& form = form_at(received);
        const auto submitted = received - std::chrono::milliseconds(300 + dice_.roll(9000));
        samples::Writing writing{somebody, lead.email, lead.phone_raw};
        lead.platform = form.platform;
        lead.page_id = form.page_id;
        lead.form_id = form.form_id;
        lead.source = {form.source_json};
        lead.answers = {samples::answers_json(form, writing, dice_)};
        lead.submitted_at = submitted;
        lead.received_at = received;
        lead.visible_at = received + std::chrono::milliseconds(20 + dice_.roll(600'000));
        lead.updated_at = received;
        ++lead.submission_count;
        batch.submissions.push_back({make_id<SubmissionId>(received), lead.id,
            "sample-" + std::to_string(seed_) + '-'
                + std::to_string(lead.number * 10 + lead.submission_count),
            submitted, received, lead.is_test, lead.source, lead.answers, {form.disclaimers_json}});
    }

    // The older a lead, the further it is; who moved it is its owner.
    void work_on(Batch& batch, LeadRow& lead, Instant received, std::chrono::microseconds age)
    {
        const auto& stages = place_.stages;
        lead.stage_id = stages.front().id;
        if (place_.members.empty()) return;
        const bool is_fresh = age < std::chrono::hours(6);
        if (dice_.chance(is_fresh ? 40 : 94)) lead.owner_id = dice_.one_of(place_.members);
        const int untouched = is_fresh ? 85 : age < std::chrono::hours(24 * 7) ? 35 : 6;
        if (!lead.owner_id || dice_.chance(untouched)) return;

        const auto& stage = stages[stage_index(age)];
        const auto moved = received + std::chrono::minutes(2 + dice_.roll(3000));
        const auto at = std::min(moved, now_);
        if (stage.id == lead.stage_id) return;
        batch.events.push_back({0, "lead.stage_changed", lead.id, lead.owner_id, at,
            {json::text_of(
                StageChanged{{stages.front().id, stages.front().name}, {stage.id, stage.name}})}});
        lead.stage_id = stage.id;
        lead.updated_at = std::max(lead.updated_at, at);
        ++lead.version;
    }

    std::size_t stage_index(std::chrono::microseconds age)
    {
        const auto last = place_.stages.size() - 1;
        const bool is_old = age > std::chrono::hours(24 * 45);
        if (dice_.chance(is_old ? 92 : 25))
            return dice_.chance(22) ? last - std::min<std::size_t>(last, 1) : last;
        return dice_.roll(place_.stages.size());
    }

    const Place place_;
    const std::int64_t count_;
    Dice dice_;
    const std::uint64_t seed_;
    const Instant now_;
    const std::vector<SampleForm> forms_;
    std::int64_t made_ = 0;
};

void store_batch(db::Tx& tx, const Batch& batch)
{
    events::take_numbers(tx, "lead_number", std::int64_t(batch.leads.size()));
    for (const auto& lead : batch.leads) store::insert(tx, lead);
    for (const auto& submission : batch.submissions) store::insert(tx, submission, "");
    auto events = batch.events;
    events::record(tx, events);
}

}  // namespace

void make_samples(db::Database& database, const OrganizationId& organization, std::int64_t count,
    std::uint64_t seed, const std::function<void(std::int64_t)>& progress)
{
    SampleMaker maker(
        database.read(organization, [](db::Reader& db) { return look_at(db); }), count, seed);
    // One batch is made up while the one before is stored.
    const auto make_next = [&](std::int64_t made) {
        const auto size = std::min(batch_max, count - made);
        return std::async(std::launch::async, [&maker, size] { return maker.make(size); });
    };
    std::int64_t made = 0;
    auto next = make_next(0);
    while (made < count) {
        const auto batch = next.get();
        made += std::int64_t(batch.leads.size());
        if (made < count) next = make_next(made);
        database.write(organization, [&](db::Tx& tx) { store_batch(tx, batch); });
        if (progress) progress(made);
    }
}

}  // namespace leadcrm::leads
