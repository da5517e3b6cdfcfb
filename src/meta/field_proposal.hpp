// The custom field a question could fill, made from the question itself and what people answered.
#pragma once

#include "custom_fields/custom_field.hpp"
#include "meta/form.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

struct FieldProposal {
    std::optional<custom_fields::FieldId> field_id;  // one of this name and kind that is there
    std::string label;
    custom_fields::FieldType type = custom_fields::FieldType::text;
    std::vector<custom_fields::FieldOption> options;
};
BOOST_DESCRIBE_STRUCT(FieldProposal, (), (field_id, label, type, options))

// `answers`: what was answered last, each with all its values.
FieldProposal propose(const Question& question,
    const std::vector<std::vector<std::string>>& answers,
    const std::vector<custom_fields::CustomField>& fields);

}  // namespace leadcrm::meta
