#include "meta/form_version.hpp"

#include <boost/json/object.hpp>

namespace leadcrm::meta {
namespace {

constexpr auto nothing = "{}";

std::optional<FormVersion> find_newest(const db::Reader& db, const std::string& form_id)
{
    return db.row<FormVersion>("SELECT {columns} FROM form_versions WHERE organization_id = $1"
                               " AND form_id = $2 ORDER BY version DESC LIMIT 1",
        form_id);
}

// Databases print JSON in their own way.
bool same_json(const std::string& a, const std::string& b)
{
    return json::parse(a) == json::parse(b);
}

bool says_the_same(const FormVersion& a, const FormVersion& b)
{
    return a.privacy_url == b.privacy_url && same_json(a.legal.text, b.legal.text)
        && same_json(json::text_of(a.questions), json::text_of(b.questions));
}

}  // namespace

void keep_version(db::Tx& tx, const Form& form)
{
    FormVersion seen{.form_id = form.form_id,
        .read_at = form.read_at,
        .name = form.name,
        .locale = form.locale,
        .privacy_url = form.privacy_url,
        .questions = form.questions,
        .legal = form.legal};
    if (const auto newest = find_newest(tx, form.form_id)) {
        // Graph refused the legal fields this time; that is no change of the form.
        if (seen.legal.text == nothing) seen.legal = newest->legal;
        if (seen.privacy_url.empty()) seen.privacy_url = newest->privacy_url;
        if (says_the_same(seen, *newest)) return;
        seen.version = newest->version + 1;
    }
    tx.store("INSERT INTO form_versions (organization_id, {columns}) VALUES ($1, {values})", seen);
}

std::optional<std::int64_t> newest_version(const db::Reader& db, const std::string& form_id)
{
    return db.row<std::int64_t>("SELECT version FROM form_versions WHERE organization_id = $1"
                                " AND form_id = $2 ORDER BY version DESC LIMIT 1",
        form_id);
}

namespace store {

std::vector<FormVersion> list_versions(const db::Reader& db, const std::string& form_id)
{
    return db.rows<FormVersion>("SELECT {columns} FROM form_versions WHERE organization_id = $1"
                                " AND form_id = $2 ORDER BY version DESC",
        form_id);
}

}  // namespace store
}  // namespace leadcrm::meta
