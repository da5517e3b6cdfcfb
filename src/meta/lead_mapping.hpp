// From Graph's lead to our submission: who it is, what was answered, what was agreed to, which ad
// it came from. Nothing is dropped: every answer is kept, also those that became a name or a
// number.
#pragma once

#include "leads/submission.hpp"
#include "meta/fetch_store.hpp"
#include "meta/form.hpp"
#include "platform/json/json.hpp"

#include <optional>
#include <string>

namespace leadcrm::meta {

// `form` may be one that Graph did not let us read. Without `raw_sealed`.
leads::Submission submission_from(
    const json::value& lead, const Form& form, const Fetch& fetch, const std::string& page_name);

// The form a lead was made with; nothing when neither lead nor fetch knows.
std::optional<std::string> form_of(const json::value& lead, const Fetch& fetch);

// Made with Meta's Lead Ads Testing Tool, by its placeholder values.
bool is_test(const std::vector<leads::Answer>& answers);

}  // namespace leadcrm::meta
