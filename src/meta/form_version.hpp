// What people saw when they answered a form, kept for as long as somebody may ask what they agreed
// to. Meta's published forms do not change, but drafts, archived forms and their links do: whenever
// a form is read and differs from before, it is kept as a further version. Each submission names
// its own. Read with the form itself, so that no lead costs a call more.
#pragma once

#include "meta/form.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

struct FormVersion {
    std::string form_id;
    std::int64_t version = 1;
    Instant read_at;
    std::optional<std::string> name;
    std::string locale;
    std::string privacy_url;
    std::vector<Question> questions;
    json::Raw legal{"{}"};  // Meta's legal_content as it came
};
BOOST_DESCRIBE_STRUCT(
    FormVersion, (), (form_id, version, read_at, name, locale, privacy_url, questions, legal))

// Keeps what Graph just said about a form, when it is not what the newest version says.
void keep_version(db::Tx& tx, const Form& form);

// The version a submission that comes now was answered with.
std::optional<std::int64_t> newest_version(const db::Reader& db, const std::string& form_id);

namespace store {

// The newest first.
std::vector<FormVersion> list_versions(const db::Reader& db, const std::string& form_id);

}  // namespace store
}  // namespace leadcrm::meta
