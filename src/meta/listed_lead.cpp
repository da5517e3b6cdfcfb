#include "meta/listed_lead.hpp"

#include "leads/lead_intake.hpp"
#include "leads/source_names.hpp"
#include "meta/answer_mapper.hpp"

#include <algorithm>
#include <chrono>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

// A webhook may take a few minutes. Whoever finds a lead sooner was only quicker.
constexpr auto webhook_takes_max = 3min;

bool is_repair(const std::optional<Fetch>& known, const ListedLead& lead, BroughtBy by, Instant now)
{
    if (by != BroughtBy::reconciler) return false;
    if (known) return known->state == FetchState::blocked || known->state == FetchState::gave_up;
    return now - lead.submission.submitted_at > webhook_takes_max;
}

Fetch new_fetch(const ListedLead& lead, BroughtBy by)
{
    Fetch fetch;
    fetch.leadgen_id = lead.submission.leadgen_id;
    fetch.page_id = lead.page_id;
    fetch.received_at = lead.submission.received_at;
    fetch.brought_by = by;
    return fetch;
}

}  // namespace

void ListTally::add(const ListTally& other)
{
    found += other.found;
    stored += other.stored;
    repaired += other.repaired;
    if (other.newest) newest = std::max(newest.value_or(*other.newest), *other.newest);
}

ListTally take_in_listed(db::Tx& tx, const std::vector<ListedLead>& leads, BroughtBy by)
{
    const auto now = Instant::now();
    AnswerMapper mapper(tx);
    ListTally tally;
    for (const auto& lead : leads) {
        ListTally one{.found = 1, .newest = lead.submission.submitted_at};
        const auto known = store::find_fetch(tx, lead.submission.leadgen_id);
        if (!known || known->state != FetchState::done) {
            auto fetch = known.value_or(new_fetch(lead, by));
            auto submission = lead.submission;
            mapper.apply(submission);
            const auto intake = leads::take_in(tx, submission);
            if (intake == leads::Intake::erased) {
                tally.add(one);
                continue;
            }
            if (intake != leads::Intake::already_known) {
                one.stored = 1;
                if (is_repair(known, lead, by, now)) fetch.repaired_at = now;
            }
            // A file may be old, and say how things were called then.
            if (by != BroughtBy::file) leads::note_names(tx, lead.submission.source, now);
            one.repaired = fetch.repaired_at ? 1 : 0;
            fetch.state = FetchState::done;
            fetch.form_id = lead.submission.source.form_id;
            fetch.submitted_at = lead.submission.submitted_at;
            fetch.reason = lead.missing;
            fetch.next_at = std::nullopt;
            fetch.ended_at = now;
            if (known)
                store::update(tx, fetch);
            else
                store::insert(tx, fetch);
        }
        tally.add(one);
    }
    return tally;
}

}  // namespace leadcrm::meta
