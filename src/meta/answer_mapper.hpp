// Makes of a submission's answers what its form's mapping says: contact and custom fields, and
// names the version of the form. Reads
// what it needs in the session it is given, once for each form, so that it is as current as the
// transaction that stores the lead, in whichever process.
#pragma once

#include "custom_fields/field_value.hpp"
#include "leads/submission.hpp"
#include "meta/form_mapping.hpp"
#include "platform/db/session.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

class AnswerMapper {
public:
    // Not longer than the session's function.
    explicit AnswerMapper(const db::Reader& db) : db_(db) { }

    // A form without a mapping leaves the contact as it is. An answer that does not fit its field
    // is noted as a misfit; all answers stay.
    void apply(leads::Submission& submission);

private:
    struct Fields {
        std::vector<custom_fields::CustomField> all;
        custom_fields::Region region;
    };

    const std::optional<FormMapping>& mapping_of(const std::string& form_id);
    std::optional<std::int64_t> version_of(const std::string& form_id);
    const Fields& fields();
    void set_field(leads::Submission& submission, const custom_fields::FieldId& id,
        const std::vector<std::string>& values);

    const db::Reader& db_;
    std::map<std::string, std::optional<FormMapping>> mappings_;
    std::map<std::string, std::optional<std::int64_t>> versions_;
    std::optional<Fields> fields_;
};

}  // namespace leadcrm::meta
