// What the answers of a form become. Every question of a form has one place to go: a standard field
// (standard_field.hpp), a custom field, or the list of answers, where all of them are kept anyway.
//
// Advertisers cannot change a form; they make a copy, with a new id. So a form begins with what the
// page's other forms do with the same question, and only what nobody has been asked before is new.
// Answers to what is no question of the form (tracking parameters, or all of them while Graph does
// not let us read the form) are mapped the same way, by their key.
// Who uses it: answer_mapper.hpp. Over HTTP: mapping_api.hpp.
#pragma once

#include "custom_fields/custom_field.hpp"
#include "meta/form.hpp"
#include "meta/standard_field.hpp"
#include "platform/db/session.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

struct QuestionMapping {
    std::string key;
    std::string type;  // Meta's word for the question; empty: it is none of the form's
    bool has_options = false;
    Target target = Target::answer;
    std::optional<custom_fields::FieldId> field_id;  // of Target::field
    bool is_new = false;  // nobody has decided yet

    bool operator==(const QuestionMapping&) const = default;
};
BOOST_DESCRIBE_STRUCT(QuestionMapping, (), (key, type, has_options, target, field_id, is_new))

struct FormMapping {
    std::string form_id;
    std::string page_id;
    std::vector<QuestionMapping> questions;  // in the form's order, then what is none of its own
    std::optional<std::string> carried_from;  // the form it began with
    Instant changed_at;
    std::int64_t version = 0;  // 0: not stored yet
};
BOOST_DESCRIBE_STRUCT(
    FormMapping, (), (form_id, page_id, questions, carried_from, changed_at, version))

// By its key, else by one that only differs in case and closing signs, as in Meta's files.
const QuestionMapping* find_question(const FormMapping& mapping, const std::string& key);
bool is_asked(const Form& form, const std::string& key);
std::int64_t count_new(const FormMapping& mapping);

// The mapping of a form as its questions are now. `known` is what is stored, `page` what is known
// of the page's forms, the last changed first.
FormMapping mapping_for(const Form& form, const std::optional<FormMapping>& known,
    const std::vector<FormMapping>& page);

// Stores what has become of the mapping with the form's questions as they are now, and gives the
// fields of its choices the options they lack.
void keep_mapping(db::Tx& tx, const Form& form);

// What a person decided, for this form and for the same question of the page's other forms where
// nobody has decided. The mapping is stored with its next version.
void decide(db::Tx& tx, const Form& form, FormMapping mapping);

namespace store {

std::optional<FormMapping> find_mapping(const db::Reader& db, const std::string& form_id);
std::vector<FormMapping> list_mappings(const db::Reader& db);
// The last changed first.
std::vector<FormMapping> list_mappings_of(const db::Reader& db, const std::string& page_id);

}  // namespace store
}  // namespace leadcrm::meta
