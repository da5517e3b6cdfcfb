#include "custom_fields/custom_field.hpp"

#include "events/change.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <utility>

namespace leadcrm::custom_fields {
namespace {

constexpr std::size_t fields_max = 200;
constexpr std::size_t options_max = 500;
constexpr std::size_t key_bytes_max = 60;

bool is_word_character(utf8proc_int32_t code)
{
    const auto category = utf8proc_category(code);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

// "How soon?" -> "how_soon"; letters and digits of every script stay.
std::string key_of(std::string_view label)
{
    std::string key;
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(label.data());
    auto left = utf8proc_ssize_t(label.size());
    bool is_gap = false;
    while (left > 0) {
        utf8proc_int32_t code = 0;
        const auto used = utf8proc_iterate(at, left, &code);
        if (used <= 0) break;
        at += used;
        left -= used;
        if (!is_word_character(code)) {
            is_gap = !key.empty();
            continue;
        }
        utf8proc_uint8_t bytes[4];
        const auto size = utf8proc_encode_char(utf8proc_tolower(code), bytes);
        if (key.size() + std::size_t(size) + 1 > key_bytes_max) break;
        if (std::exchange(is_gap, false)) key += '_';
        key.append(reinterpret_cast<const char*>(bytes), std::size_t(size));
    }
    return key.empty() ? "field" : key;
}

template <class IsTaken>
std::string free_key(std::string_view label, IsTaken is_taken)
{
    auto key = key_of(label);
    if (!is_taken(key)) return key;
    for (int number = 2;; ++number)
        if (auto next = key + "_" + std::to_string(number); !is_taken(next)) return next;
}

FieldOption* find_option(std::vector<FieldOption>& options, const std::string& key)
{
    const auto found = std::find_if(options.begin(), options.end(),
        [&](const FieldOption& option) { return option.key == key; });
    return found == options.end() ? nullptr : &*found;
}

bool has_label(const std::vector<FieldOption>& options, const std::string& label)
{
    return std::any_of(options.begin(), options.end(),
        [&](const FieldOption& option) { return option.label == label; });
}

void add_option(std::vector<FieldOption>& options, const std::string& label)
{
    options.push_back(
        {free_key(label, [&](const std::string& key) { return find_option(options, key); }),
            label});
}

// What is given under a known key renames it; what has no key, or a new one, is added.
void put_options(std::vector<FieldOption>& options, const std::vector<GivenOption>& given)
{
    for (const auto& each : given) {
        if (each.key) {
            if (auto* known = find_option(options, each.key->value))
                known->label = each.label.value;
            else
                options.push_back({each.key->value, each.label.value});
        } else if (!has_label(options, each.label.value)) {
            add_option(options, each.label.value);
        }
    }
}

void check_label(const std::vector<CustomField>& fields, const CustomField& field)
{
    for (const auto& other : fields)
        if (other.id != field.id && other.label == field.label && !other.is_archived)
            throw Failure::invalid("label", "taken",
                "There is a field of this name already. Use that one, or choose another name.");
}

void check_options(const CustomField& field)
{
    if (!has_options(field.type)) {
        if (!field.options.empty())
            throw Failure::invalid(
                "options", "not_allowed", "Only a choice has options. Leave them away.");
        return;
    }
    if (field.options.empty())
        throw Failure::invalid("options", "required", "Please give at least one option.");
    if (field.options.size() > options_max)
        throw Failure::invalid("options", "too_many", "A choice may have up to 500 options.");
}

bool is_currency(const std::string& text)
{
    return text.size() == 3
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void update(db::Tx& tx, const CustomField& field)
{
    tx.run("UPDATE custom_fields SET label = $3, options = $4, is_archived = $5, version = $6"
           " WHERE organization_id = $1 AND id = $2",
        field.id, field.label, field.options, field.is_archived, field.version);
    events::tell_change(tx, events::Topic::fields);
}

}  // namespace

bool has_options(FieldType type)
{
    return type == FieldType::select || type == FieldType::multi_select;
}

std::vector<CustomField> list_fields(const db::Reader& db)
{
    return db.rows<CustomField>(
        "SELECT {columns} FROM custom_fields WHERE organization_id = $1 ORDER BY id");
}

std::optional<CustomField> find_field(const db::Reader& db, const FieldId& id)
{
    return db.row<CustomField>(
        "SELECT {columns} FROM custom_fields WHERE organization_id = $1 AND id = $2", id);
}

CustomField add_field(db::Tx& tx, const NewField& ask)
{
    const auto fields = list_fields(tx);
    if (fields.size() >= fields_max)
        throw Failure::conflict("An organization may have 200 fields of its own, and you have them "
                                "all. Use one that is there.");
    CustomField field{.id = FieldId::make(),
        .key = free_key(ask.label.value,
            [&](const std::string& key) {
                return std::any_of(fields.begin(), fields.end(),
                    [&](const CustomField& other) { return other.key == key; });
            }),
        .label = ask.label.value,
        .type = ask.type,
        .options = {},
        .currency = std::nullopt,
        .created_at = Instant::now()};
    if (ask.options) put_options(field.options, *ask.options);
    if (ask.type == FieldType::money) {
        if (!ask.currency || !is_currency(ask.currency->value))
            throw Failure::invalid(
                "currency", "currency", "Please give the currency by its three letters: EUR.");
        field.currency = ask.currency->value;
    }
    check_label(fields, field);
    check_options(field);
    tx.store("INSERT INTO custom_fields (organization_id, {columns}) VALUES ($1, {values})", field);
    events::tell_change(tx, events::Topic::fields);
    return field;
}

CustomField change_field(db::Tx& tx, const FieldChange& ask)
{
    auto field = find_field(tx, ask.id);
    if (!field) throw Failure::not_found("There is no such field.");
    if (field->version != ask.if_match.version)
        throw Failure::stale("Somebody changed this field in the meantime. Look at it again, then "
                             "repeat your change.");
    if (ask.label) field->label = ask.label->value;
    if (ask.options) put_options(field->options, *ask.options);
    if (ask.is_archived) field->is_archived = *ask.is_archived;
    if (!field->is_archived) check_label(list_fields(tx), *field);
    check_options(*field);
    ++field->version;
    update(tx, *field);
    return *field;
}

bool add_options(db::Tx& tx, CustomField& field, const std::vector<FieldOption>& options)
{
    const auto before = field.options.size();
    for (const auto& option : options) {
        if (field.options.size() >= options_max || has_label(field.options, option.label)) continue;
        if (option.key.empty() || find_option(field.options, option.key))
            add_option(field.options, option.label);
        else
            field.options.push_back(option);
    }
    if (field.options.size() == before) return false;
    ++field.version;
    update(tx, field);
    return true;
}

}  // namespace leadcrm::custom_fields
