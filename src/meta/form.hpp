// A form: its questions with the labels and options people saw, as Graph tells them. A cache: leads
// are taken in without it too, with the raw keys. What is made of it: lead_mapping.hpp.
#pragma once

#include "meta/graph_client.hpp"
#include "platform/db/database.hpp"

#include <boost/describe.hpp>

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
};
BOOST_DESCRIBE_STRUCT(Form, (), (form_id, page_id, name, status, questions, disclaimers, read_at))

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
void upsert(db::Tx& tx, const Form& form);

}  // namespace store
}  // namespace leadcrm::meta
