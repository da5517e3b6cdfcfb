// A form: its questions with the labels and options people saw, as Graph tells them. A cache: leads
// are taken in without it too, with the raw keys. What is made of it: lead_mapping.hpp.
#pragma once

#include "meta/graph_client.hpp"
#include "platform/db/database.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

// A choice is answered with the key or the value, depending on the form.
struct Option {
    std::string key;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(Option, (), (key, value))

struct Question {
    std::string key;  // the name of the answer in a lead
    std::string label;
    std::string type;  // FULL_NAME, EMAIL, PHONE, CUSTOM, … new ones come
    std::vector<Option> options;
};
BOOST_DESCRIBE_STRUCT(Question, (), (key, label, type, options))

struct Consent {
    std::string key;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Consent, (), (key, text))

struct Form {
    std::string form_id;
    std::string page_id;
    std::optional<std::string> name;  // nothing: Graph does not let us read the form
    std::string status;  // ACTIVE, ARCHIVED, …
    std::vector<Question> questions;
    std::vector<Consent> disclaimers;
    Instant read_at;
    std::string locale;  // de_DE
    std::string privacy_url;
    std::optional<Instant> created_at;  // at Meta
    std::optional<std::int64_t> leads_count;  // Meta's own counters
    std::optional<std::int64_t> organic_leads_count;
    std::optional<std::int64_t> expired_leads_count;
    bool is_on = true;  // off: its leads are left at Meta
    json::Raw legal{"{}"};  // legal_content just read; kept by form_version.hpp, not here
};
BOOST_DESCRIBE_STRUCT(Form, (),
    (form_id, page_id, name, status, questions, disclaimers, read_at, locale, privacy_url,
        created_at, leads_count, organic_leads_count, expired_leads_count, is_on))

// What is asked about a form, and the least of it, for where a field is refused.
extern const char* const form_fields;
extern const char* const form_fields_min;

// What Graph answered about a form.
Form form_in(const json::value& graph_form, const std::string& form_id, const std::string& page_id);

// False when the lead has a choice the form does not know: the form was changed since.
bool explains(const Form& form, const json::value& lead);

// The form of a lead: from the cache, or read now when it is not there, a day old, or does not
// explain the lead. Never throws for a form that cannot be read.
Form form_for(const json::value& lead, const std::string& form_id, db::Database& database,
    OrganizationId organization, GraphClient& graph, const PageAccess& as);

namespace store {

std::optional<Form> find_form(const db::Reader& db, const std::string& form_id);
std::vector<Form> list_forms(const db::Reader& db);
std::vector<Form> list_forms_of(const db::Reader& db, const std::string& page_id);
// Those that somebody switched off.
std::vector<std::string> list_forms_off(const db::Reader& db);
// Whether it is on stays as it is.
void upsert(db::Tx& tx, const Form& form);
// False when there is no such form.
bool set_form_on(db::Tx& tx, const std::string& form_id, bool is_on);

}  // namespace store
}  // namespace leadcrm::meta
