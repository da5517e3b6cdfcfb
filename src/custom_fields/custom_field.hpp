// The fields an organization gives its leads besides the standard ones: typed, made in a moment,
// without touching a lead. What a value of each type is: field_value.hpp. Where values stand:
// leads/lead.hpp, `custom`. Over HTTP: custom_field_api.hpp.
#pragma once

#include "platform/db/session.hpp"
#include "platform/fields.hpp"
#include "platform/http/ask.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::custom_fields {

using FieldId = Id<"field">;

BOOST_DEFINE_ENUM_CLASS(FieldType, text, long_text, number, money, date, date_time, yes_no, select,
    multi_select, phone, email, link)

// A choice. The key stands in the leads; the label may change.
struct FieldOption {
    std::string key;
    std::string label;
    bool operator==(const FieldOption&) const = default;
};
BOOST_DESCRIBE_STRUCT(FieldOption, (), (key, label))

struct CustomField {
    FieldId id;
    std::string key;  // the name in a lead's `custom`; stays for ever
    std::string label;
    FieldType type = FieldType::text;
    std::vector<FieldOption> options;  // of select and multi_select
    std::optional<std::string> currency;  // of money: ISO 4217
    bool is_archived = false;  // out of sight and not filled any more; leads keep their values
    Instant created_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(
    CustomField, (), (id, key, label, type, options, currency, is_archived, created_at, version))

// An option as people give it: a new one has no key yet.
struct GivenOption {
    std::optional<Text<1, 200>> key;
    Text<1, 200> label;
};
BOOST_DESCRIBE_STRUCT(GivenOption, (), (key, label))

struct NewField {
    Text<1, 100> label;
    FieldType type = FieldType::text;
    std::optional<std::vector<GivenOption>> options;
    std::optional<Text<3, 3>> currency;
};
BOOST_DESCRIBE_STRUCT(NewField, (), (label, type, options, currency))

// Options that are not named stay: leads may hold them.
struct FieldChange {
    FieldId id;
    http::IfMatch if_match;
    std::optional<Text<1, 100>> label;
    std::optional<std::vector<GivenOption>> options;
    std::optional<bool> is_archived;
};
BOOST_DESCRIBE_STRUCT(FieldChange, (), (id, if_match, label, options, is_archived))

bool has_options(FieldType type);

// In the order they were made, the archived ones too.
std::vector<CustomField> list_fields(const db::Reader& db);
std::optional<CustomField> find_field(const db::Reader& db, const FieldId& id);

// Throws Failure::invalid: a label that is taken, a select without options, too many fields.
CustomField add_field(db::Tx& tx, const NewField& ask);
// Throws Failure: not_found, stale, invalid.
CustomField change_field(db::Tx& tx, const FieldChange& ask);
// Those the field does not have yet, by label and by key. Returns whether there were any.
bool add_options(db::Tx& tx, CustomField& field, const std::vector<FieldOption>& options);

}  // namespace leadcrm::custom_fields
