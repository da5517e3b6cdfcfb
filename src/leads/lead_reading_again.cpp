#include "leads/lead_reading_again.hpp"

#include "custom_fields/field_value.hpp"
#include "events/log.hpp"
#include "leads/clean_contact.hpp"
#include "leads/lead_custom.hpp"
#include "leads/lead_rules.hpp"
#include "leads/lead_store.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <utility>

namespace leadcrm::leads {
namespace {

constexpr std::string_view custom_prefix = "custom.";

// A lead as its submissions make it.
struct Reading {
    CleanContact contact;
    LeadRow custom;  // of it, custom and misfits only
    std::vector<Submission> submissions;
};

// What leads are compared by: the organization's fields, and what people did to this lead.
struct Ground {
    std::vector<custom_fields::CustomField> fields;
    custom_fields::Region region;
    HandEdits by_hand = {};

    // Nothing for one that is archived: nothing fills it any more, and what leads hold of it stays.
    const custom_fields::CustomField* find(const std::string& key) const
    {
        const auto found = std::find_if(fields.begin(), fields.end(),
            [&](const auto& field) { return field.key == key && !field.is_archived; });
        return found == fields.end() ? nullptr : &*found;
    }
};

// What a lead holds that none of its answers says came from elsewhere, and no reading of answers
// may judge it.
template <class Is>
bool some_answer(const Reading& reading, Is is_it)
{
    for (const auto& submission : reading.submissions)
        for (const auto& answer : submission.answers)
            if (is_it(answer.values)) return true;
    return false;
}

bool is_answered(const Reading& reading, const custom_fields::CustomField& field,
    const json::value& value, const Ground& ground)
{
    return some_answer(reading, [&](const std::vector<std::string>& values) {
        return custom_fields::read_answer(field, values, ground.region) == value;
    });
}

// First and last name may be two answers.
bool is_answered_name(const Reading& reading, const std::string& name)
{
    std::istringstream words(name);
    for (std::string word; words >> word;)
        if (!some_answer(reading, [&](const std::vector<std::string>& values) {
                return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
                    return value.find(word) != std::string::npos;
                });
            }))
            return false;
    return true;
}

json::value value_of(const std::optional<std::string>& text)
{
    return text ? json::value(*text) : json::value();
}

std::optional<std::string> text_in(const json::value& value)
{
    const auto* text = value.if_string();
    return text ? std::optional<std::string>({text->data(), text->size()}) : std::nullopt;
}

std::optional<std::string> member_text(const json::object& tree, const std::string& key)
{
    const auto* found = tree.if_contains(key);
    return found ? text_in(*found) : std::nullopt;
}

json::value member(const json::object& tree, const std::string& key)
{
    const auto* found = tree.if_contains(key);
    return found ? *found : json::value();
}

json::object object_in(const json::Raw& raw) { return json::parse(raw.text).as_object(); }

// Gaps of the contact are filled in the order the submissions came, as intake does.
void add_contact(CleanContact& known, CleanContact next)
{
    if (known.name.empty()) known.name = std::move(next.name);
    if (!known.email) known.email = std::move(next.email);
    if (known.phone || !next.phone) return;
    known.phone = std::move(next.phone);
    known.phone_raw = std::move(next.phone_raw);
}

Reading read_all(
    const std::vector<SubmissionRow>& rows, const ReadAnswers& read, const Ground& ground)
{
    Reading reading;
    auto& submissions = reading.submissions;
    for (const auto& row : rows) {
        Submission submission{.leadgen_id = row.leadgen_id,
            .source = json::from_text<Source>(row.source.text),
            .answers = json::from_text<std::vector<Answer>>(row.answers.text),
            .submitted_at = row.submitted_at};
        read(submission);
        add_contact(reading.contact, clean(submission.contact, ground.region.country));
        submissions.push_back(std::move(submission));
    }
    std::stable_sort(submissions.begin(), submissions.end(),
        [](const Submission& a, const Submission& b) { return a.submitted_at < b.submitted_at; });
    for (const auto& submission : submissions)
        take_over_custom(reading.custom, submission, {}, true);
    return reading;
}

void compare_contact(
    LeadDifference& difference, const LeadRow& lead, const Reading& reading, const Ground& ground)
{
    using custom_fields::FieldType;
    const auto& contact = reading.contact;
    const auto add = [&](const char* field, const json::value& before, const json::value& after) {
        if (!after.is_null() && before != after)
            difference.fields.push_back({field, before, after});
    };
    const auto stems = [&](FieldType type, const std::optional<std::string>& text) {
        return !text || is_answered(reading, {.type = type}, json::value(*text), ground);
    };
    const auto& by_hand = ground.by_hand;
    if (!contact.name.empty() && (by_hand.contains("name") || is_answered_name(reading, lead.name)))
        add("name", json::value(lead.name), json::value(contact.name));
    if (by_hand.contains("email") || stems(FieldType::email, lead.email))
        add("email", value_of(lead.email), value_of(contact.email));
    if (!contact.phone || contact.phone == lead.phone) return;
    if (!by_hand.contains("phone") && !stems(FieldType::phone, lead.phone)) return;
    add("phone", value_of(lead.phone), value_of(contact.phone));
    add("phone_raw", value_of(lead.phone_raw), value_of(contact.phone_raw));
}

void compare_custom(
    LeadDifference& difference, const LeadRow& lead, const Reading& reading, const Ground& ground)
{
    const auto custom = object_in(lead.custom);
    const auto misfits = object_in(lead.misfits);
    const auto new_custom = object_in(reading.custom.custom);
    const auto new_misfits = object_in(reading.custom.misfits);
    std::set<std::string> keys;
    for (const auto* tree : {&custom, &misfits, &new_custom, &new_misfits})
        for (const auto& [key, value] : *tree) keys.insert(std::string(key));
    for (const auto& key : keys) {
        const auto* known = ground.find(key);
        FieldDifference field{.field = std::string(custom_prefix) + key,
            .before = member(custom, key),
            .after = member(new_custom, key),
            .misfit_before = member_text(misfits, key),
            .misfit_after = member_text(new_misfits, key)};
        const bool is_same =
            field.before == field.after && field.misfit_before == field.misfit_after;
        if (!known || is_same) continue;
        if (ground.by_hand.contains(field.field) || field.before.is_null()
            || is_answered(reading, *known, field.before, ground))
            difference.fields.push_back(std::move(field));
    }
}

LeadDifference compare_one(const LeadRow& lead, const Reading& reading, const Ground& ground)
{
    LeadDifference difference{lead.id, lead.number, lead.name, {}};
    compare_contact(difference, lead, reading, ground);
    compare_custom(difference, lead, reading, ground);
    for (auto& field : difference.fields)
        field.is_kept = ground.by_hand.contains(field.field == "phone_raw" ? "phone" : field.field);
    return difference;
}

void set_contact_field(
    LeadRow& lead, const std::string& field, const std::optional<std::string>& text)
{
    if (field == "name") lead.name = text.value_or("");
    if (field == "email") lead.email = text;
    if (field == "phone") lead.phone = text;
    if (field == "phone_raw") lead.phone_raw = text;
}

json::value contact_field(const LeadRow& lead, const std::string& field)
{
    if (field == "name") return json::value(lead.name);
    if (field == "email") return value_of(lead.email);
    return value_of(field == "phone" ? lead.phone : lead.phone_raw);
}

// A lead on its way from one reading to another.
class Edit {
public:
    explicit Edit(LeadRow lead)
        : lead_(std::move(lead))
        , old_text_(lead_.search_text)
        , custom_(object_in(lead_.custom))
        , misfits_(object_in(lead_.misfits))
    {
    }

    bool stands(const std::string& field, const json::value& value,
        const std::optional<std::string>& misfit) const
    {
        if (!field.starts_with(custom_prefix)) return contact_field(lead_, field) == value;
        const auto key = field.substr(custom_prefix.size());
        return member(custom_, key) == value && member_text(misfits_, key) == misfit;
    }

    void set(const std::string& field, const json::value& value,
        const std::optional<std::string>& misfit)
    {
        if (field != "phone_raw") fields_.push_back(field);
        if (!field.starts_with(custom_prefix)) {
            has_contact_ = true;
            return set_contact_field(lead_, field, text_in(value));
        }
        const auto key = field.substr(custom_prefix.size());
        put(custom_, key, value);
        put(misfits_, key, value_of(misfit));
        has_custom_ = true;
    }

    bool store(db::Tx& tx, const char* kind, const UserId& actor)
    {
        if (fields_.empty()) return false;
        ++lead_.version;
        lead_.updated_at = Instant::now();
        if (has_contact_) {
            fold_contact(lead_);
            store::set_contact(tx, lead_, old_text_);
        }
        if (has_custom_) {
            lead_.custom.text = json::print(custom_);
            lead_.misfits.text = json::print(misfits_);
            store::set_custom(tx, lead_);
        }
        events::announce(tx, {kind, lead_.id, actor, {json::text_of(ContactChanged{fields_})}});
        return true;
    }

private:
    static void put(json::object& tree, const std::string& key, const json::value& value)
    {
        if (value.is_null())
            tree.erase(key);
        else
            tree[key] = value;
    }

    LeadRow lead_;
    std::string old_text_;
    json::object custom_;
    json::object misfits_;
    std::vector<std::string> fields_;
    bool has_contact_ = false;
    bool has_custom_ = false;
};

}  // namespace

bool LeadDifference::is_change() const
{
    return std::any_of(
        fields.begin(), fields.end(), [](const FieldDifference& field) { return !field.is_kept; });
}

std::vector<LeadDifference> compare(
    const db::Reader& db, const std::vector<LeadId>& leads, const ReadAnswers& read)
{
    Ground ground{custom_fields::list_fields(db), custom_fields::region_of(db)};
    auto by_hand = edited_by_hand(db, leads);
    std::map<LeadId, std::vector<SubmissionRow>> submissions;
    for (auto& row : store::list_submissions(db, leads))
        submissions[row.lead_id].push_back(std::move(row));

    std::vector<LeadDifference> differences;
    for (const auto& lead : store::find_rows(db, leads)) {
        ground.by_hand = std::move(by_hand[lead.id]);
        const auto reading = read_all(submissions[lead.id], read, ground);
        auto difference = compare_one(lead, reading, ground);
        if (!difference.fields.empty()) differences.push_back(std::move(difference));
    }
    return differences;
}

void apply(db::Tx& tx, const LeadDifference& difference, const UserId& actor)
{
    auto lead = store::find(tx, difference.lead_id);
    if (!lead) return;
    Edit edit(*std::move(lead));
    for (const auto& field : difference.fields)
        if (!field.is_kept) edit.set(field.field, field.after, field.misfit_after);
    edit.store(tx, "lead.read_again", actor);
}

bool take_back(db::Tx& tx, const LeadDifference& difference, const UserId& actor)
{
    auto lead = store::find(tx, difference.lead_id);
    if (!lead) return false;
    Edit edit(*std::move(lead));
    for (const auto& field : difference.fields)
        if (!field.is_kept && edit.stands(field.field, field.after, field.misfit_after))
            edit.set(field.field, field.before, field.misfit_before);
    return edit.store(tx, "lead.reading_undone", actor);
}

}  // namespace leadcrm::leads
