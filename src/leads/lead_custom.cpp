#include "leads/lead_custom.hpp"

#include "custom_fields/field_value.hpp"
#include "leads/clean_contact.hpp"
#include "leads/folded_text.hpp"

#include <algorithm>
#include <utility>

namespace leadcrm::leads {
namespace {

constexpr std::size_t misfit_bytes_max = 2000;

json::object object_in(const json::Raw& raw) { return json::parse(raw.text).as_object(); }

void put(LeadRow& lead, const json::object& custom, const json::object& misfits)
{
    lead.custom.text = json::print(custom);
    lead.misfits.text = json::print(misfits);
}

std::string short_text(const json::value& text)
{
    auto clean = text.is_string() ? storable(std::string_view(text.get_string())) : std::string();
    return cut(std::move(clean), misfit_bytes_max);
}

void note_edits(HandEdits& edits, const std::string& kind, const json::Raw& data)
{
    const std::string prefix = kind == "lead.fields_changed" ? "custom." : "";
    for (const auto& field : json::from_text<ContactChanged>(data.text).fields)
        edits.insert(prefix + field);
}

}  // namespace

HandEdits edited_by_hand(const db::Reader& db, const LeadId& lead)
{
    return edited_by_hand(db, std::vector{lead})[lead];
}

std::map<LeadId, HandEdits> edited_by_hand(const db::Reader& db, const std::vector<LeadId>& leads)
{
    db::Sql sql("SELECT lead_id, kind, data FROM events WHERE organization_id = $1"
                " AND kind IN ('lead.contact_changed', 'lead.fields_changed')"
                " AND actor_id IS NOT NULL");
    sql.add_in("lead_id", leads);
    std::map<LeadId, HandEdits> edits;
    for (const auto& [lead, kind, data] : db.rows<std::tuple<LeadId, std::string, json::Raw>>(sql))
        note_edits(edits[lead], kind, data);
    return edits;
}

bool take_over_custom(
    LeadRow& lead, const Submission& submission, const HandEdits& by_hand, bool is_latest)
{
    if (submission.custom.empty() && submission.misfits.empty()) return false;
    auto custom = object_in(lead.custom);
    auto misfits = object_in(lead.misfits);
    bool is_changed = false;
    const auto may_set = [&](const std::string& key) {
        return !by_hand.contains("custom." + key) && (is_latest || !custom.contains(key));
    };
    for (const auto& [key, value] : submission.custom) {
        const auto* known = custom.if_contains(key);
        if (!may_set(std::string(key)) || (known && *known == value)) continue;
        custom[key] = value;
        misfits.erase(key);
        is_changed = true;
    }
    for (const auto& [key, text] : submission.misfits) {
        if (custom.contains(key) || !may_set(std::string(key))) continue;
        misfits[key] = short_text(text);
        is_changed = true;
    }
    if (is_changed) put(lead, custom, misfits);
    return is_changed;
}

std::vector<std::string> change_custom(const db::Reader& db, LeadRow& lead,
    const std::map<std::string, json::value>& given, std::vector<FieldError>& wrong)
{
    const auto fields = custom_fields::list_fields(db);
    const auto region = custom_fields::region_of(db);
    auto custom = object_in(lead.custom);
    auto misfits = object_in(lead.misfits);
    std::vector<std::string> changed;
    for (const auto& [key, value] : given) {
        const auto field = std::find_if(
            fields.begin(), fields.end(), [name = key](const custom_fields::CustomField& each) {
                return each.key == name && !each.is_archived;
            });
        if (field == fields.end()) {
            wrong.push_back({"custom." + key, "unknown", "There is no such field."});
            continue;
        }
        try {
            const auto before = custom.contains(key) ? custom.at(key) : json::value();
            const auto after =
                value.is_null() ? value : custom_fields::check_value(*field, value, region);
            const bool had_misfit = misfits.erase(key) > 0;
            if (before == after && !had_misfit) continue;
            after.is_null() ? (void)custom.erase(key) : (void)(custom[key] = after);
            changed.push_back(key);
        } catch (const BadField& bad) {
            wrong.push_back({"custom." + key, bad.code, bad.what()});
        }
    }
    if (!changed.empty()) put(lead, custom, misfits);
    return changed;
}

}  // namespace leadcrm::leads
