#include "leads/lead_intake.hpp"

#include "events/counter.hpp"
#include "events/log.hpp"
#include "leads/clean_contact.hpp"
#include "leads/erased_submission.hpp"
#include "leads/folded_text.hpp"
#include "leads/lead_custom.hpp"
#include "leads/lead_rules.hpp"
#include "leads/lead_store.hpp"

#include <utility>

namespace leadcrm::leads {
namespace {

constexpr std::size_t key_bytes_max = 200;  // of what stands in an index

std::optional<std::string> clean_key(const std::optional<std::string>& text)
{
    if (!text || text->empty()) return std::nullopt;
    return cut(storable(*text), key_bytes_max);
}

void make_storable(std::optional<std::string>& text)
{
    if (text) text = storable(*text);
}

Source storable_source(Source source)
{
    source.channel = storable(source.channel);
    for (auto* text : {&source.platform, &source.page_id, &source.page_name, &source.form_id,
             &source.form_name, &source.ad_id, &source.ad_name, &source.adset_id,
             &source.adset_name, &source.campaign_id, &source.campaign_name})
        make_storable(*text);
    return source;
}

std::vector<Answer> storable_answers(std::vector<Answer> answers)
{
    for (auto& answer : answers) {
        answer.key = storable(answer.key);
        answer.label = storable(answer.label);
        for (auto& value : answer.values) value = storable(value);
    }
    return answers;
}

std::vector<Disclaimer> storable_disclaimers(std::vector<Disclaimer> disclaimers)
{
    for (auto& disclaimer : disclaimers) {
        disclaimer.key = storable(disclaimer.key);
        disclaimer.text = storable(disclaimer.text);
    }
    return disclaimers;
}

SubmissionRow submission_row(const Submission& submission, const LeadId& lead)
{
    return {SubmissionId::make(), lead, submission.leadgen_id, submission.submitted_at,
        submission.received_at, submission.is_test,
        {json::text_of(storable_source(submission.source))},
        {json::text_of(storable_answers(submission.answers))},
        {json::text_of(storable_disclaimers(submission.disclaimers))}, submission.form_version};
}

// The phone first, then the e-mail: two look-ups, each by its own index.
std::optional<LeadRow> find_same_person(const db::Reader& db, const CleanContact& contact)
{
    if (contact.phone)
        if (auto lead = store::find_by_phone(db, *contact.phone)) return lead;
    if (contact.email) return store::find_by_email(db, *contact.email);
    return std::nullopt;
}

void show_latest(LeadRow& lead, const Submission& submission, const SubmissionRow& row)
{
    lead.platform = clean_key(submission.source.platform);
    lead.page_id = clean_key(submission.source.page_id);
    lead.form_id = clean_key(submission.source.form_id);
    lead.source = row.source;
    lead.answers = row.answers;
    lead.submitted_at = row.submitted_at;
    lead.received_at = row.received_at;
    lead.visible_at = std::nullopt;
}

void add_lead(db::Tx& tx, const Submission& submission, const CleanContact& contact)
{
    LeadRow lead;
    lead.id = LeadId::make();
    lead.number = events::take_numbers(tx, "lead_number");
    lead.name = contact.name;
    lead.email = contact.email;
    lead.phone = contact.phone;
    lead.phone_raw = contact.phone_raw;
    fold_contact(lead);
    lead.stage_id = pipeline::first_stage(tx).id;
    lead.updated_at = Instant::now();
    lead.is_test = submission.is_test;
    take_over_custom(lead, submission, {}, true);

    const auto row = submission_row(submission, lead.id);
    show_latest(lead, submission, row);
    store::insert(tx, lead);
    store::insert(tx, row, submission.raw_sealed);
    events::announce(tx, {"lead.created", lead.id, std::nullopt});
}

// What we did not know about the person is taken over; what we knew stays.
bool fill_gaps(LeadRow& lead, const CleanContact& contact)
{
    const auto before = lead.search_text;
    if (lead.name.empty()) lead.name = contact.name;
    if (!lead.email) lead.email = contact.email;
    if (!lead.phone && contact.phone) {
        lead.phone = contact.phone;
        lead.phone_raw = contact.phone_raw;
    }
    fold_contact(lead);
    return lead.search_text != before;
}

// Submissions may arrive in any order: the latest is the one that was sent last.
void add_to_lead(
    db::Tx& tx, LeadRow lead, const Submission& submission, const CleanContact& contact)
{
    const auto row = submission_row(submission, lead.id);
    store::insert(tx, row, submission.raw_sealed);

    ++lead.submission_count;
    ++lead.version;
    lead.updated_at = Instant::now();
    store::set_submission_count(tx, lead);
    const bool is_latest = row.submitted_at >= lead.submitted_at;
    const auto by_hand = submission.custom.empty() ? HandEdits{} : edited_by_hand(tx, lead.id);
    if (take_over_custom(lead, submission, by_hand, is_latest)) store::set_custom(tx, lead);
    if (is_latest) {
        show_latest(lead, submission, row);
        store::set_latest(tx, lead);
    }
    const auto old_text = lead.search_text;
    if (fill_gaps(lead, contact)) store::set_contact(tx, lead, old_text);
    events::announce(
        tx, {"lead.came_back", lead.id, std::nullopt, {json::text_of(CameBack{row.id})}});
}

}  // namespace

Intake take_in(db::Tx& tx, const Submission& submission)
{
    if (store::has_submission(tx, submission.leadgen_id)) return Intake::already_known;
    if (is_erased(tx, submission.leadgen_id)) return Intake::erased;

    const auto contact = clean(submission.contact, store::organization_country(tx));
    if (!submission.is_test) {
        if (auto known = find_same_person(tx, contact)) {
            add_to_lead(tx, std::move(*known), submission, contact);
            return Intake::came_back;
        }
    }
    add_lead(tx, submission, contact);
    return Intake::added;
}

}  // namespace leadcrm::leads
