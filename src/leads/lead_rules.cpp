#include "leads/lead_rules.hpp"

#include "events/audience.hpp"
#include "events/log.hpp"
#include "leads/folded_text.hpp"
#include "leads/lead_custom.hpp"
#include "leads/lead_store.hpp"
#include "platform/phone/phone.hpp"

#include <utility>

namespace leadcrm::leads {
namespace {

using FieldErrors = std::vector<FieldError>;

std::optional<StageChanged> change_stage(
    db::Tx& tx, LeadRow& lead, const std::optional<pipeline::StageId>& stage_id, FieldErrors& wrong)
{
    if (!stage_id || *stage_id == lead.stage_id) return std::nullopt;
    const auto to = pipeline::find_stage(tx, *stage_id);
    if (!to) {
        wrong.push_back(
            {"stage_id", "unknown", "This stage is not there any more. Please choose another."});
        return std::nullopt;
    }
    const auto from = pipeline::find_stage(tx, lead.stage_id);
    lead.stage_id = to->id;
    return StageChanged{{from ? from->id : to->id, from ? from->name : ""}, {to->id, to->name}};
}

void change_email(LeadRow& lead, const std::string& text, FieldErrors& wrong)
{
    if (text.empty()) {
        lead.email = std::nullopt;
        return;
    }
    try {
        lead.email = Email::check(text).value;
    } catch (const BadField& bad) {
        wrong.push_back({"email", bad.code, bad.what()});
    }
}

void change_phone(db::Tx& tx, LeadRow& lead, const std::string& text, FieldErrors& wrong)
{
    if (text.empty()) {
        lead.phone = lead.phone_raw = std::nullopt;
        return;
    }
    lead.phone = phone::to_e164(text, store::organization_country(tx));
    lead.phone_raw = text;
    if (!lead.phone)
        wrong.push_back({"phone", "phone",
            "Please give the number with its country code, such as +34 600 000 000."});
}

// The names of the fields that are different now.
std::vector<std::string> change_contact(
    db::Tx& tx, LeadRow& lead, const LeadChange& ask, FieldErrors& wrong)
{
    const auto before = lead;
    if (ask.name) lead.name = ask.name->value;
    if (ask.email) change_email(lead, ask.email->value, wrong);
    if (ask.phone) change_phone(tx, lead, ask.phone->value, wrong);

    std::vector<std::string> fields;
    if (lead.name != before.name) fields.emplace_back("name");
    if (lead.email != before.email) fields.emplace_back("email");
    if (lead.phone != before.phone || lead.phone_raw != before.phone_raw)
        fields.emplace_back("phone");
    return fields;
}

}  // namespace

LeadRow change(db::Tx& tx, const http::Caller& caller, const LeadChange& ask)
{
    auto found = store::find(tx, ask.id, caller);
    if (!found)
        throw Failure::not_found(
            "This lead is not here any more. It may have been given to somebody else or deleted.");
    if (found->version != ask.if_match.version)
        throw Failure::stale("Somebody changed this lead in the meantime. Look at it again, then "
                             "repeat your change.");

    // Nobody writes over what they do not see, nor finds out by trying.
    if ((ask.name || ask.email || ask.phone || ask.custom)
        && !events::may_see_contact(caller, found->owner_id))
        throw Failure::forbidden(
            "Take this lead first: then you see its contact and may change it.");

    auto lead = std::move(*found);
    const auto old_text = lead.search_text;
    FieldErrors wrong;
    const auto stage = change_stage(tx, lead, ask.stage_id, wrong);
    const auto fields = change_contact(tx, lead, ask, wrong);
    std::vector<std::string> custom;
    if (ask.custom) custom = change_custom(tx, lead, *ask.custom, wrong);
    if (!wrong.empty()) throw Failure::invalid(std::move(wrong));
    if (!stage && fields.empty() && custom.empty()) return lead;

    ++lead.version;
    lead.updated_at = Instant::now();
    if (stage) {
        store::set_stage(tx, lead);
        events::announce(
            tx, {"lead.stage_changed", lead.id, caller.user_id, {json::text_of(*stage)}});
    }
    if (!fields.empty()) {
        fold_contact(lead);
        store::set_contact(tx, lead, old_text);
        events::announce(tx,
            {"lead.contact_changed", lead.id, caller.user_id,
                {json::text_of(ContactChanged{fields})}});
    }
    if (!custom.empty()) {
        store::set_custom(tx, lead);
        events::announce(tx,
            {"lead.fields_changed", lead.id, caller.user_id,
                {json::text_of(ContactChanged{custom})}});
    }
    return lead;
}

void fold_contact(LeadRow& lead)
{
    lead.name_key = name_key_of(lead.name);
    lead.search_text = search_text_of(lead.name, lead.email, lead.phone, lead.phone_raw);
}

}  // namespace leadcrm::leads
