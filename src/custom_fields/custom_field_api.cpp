#include "custom_fields/custom_field_api.hpp"

#include "custom_fields/custom_field.hpp"

#include <utility>

namespace leadcrm::custom_fields {
namespace {

http::Page<CustomField> list(db::Reader& db, const http::Caller&, const http::Nothing&)
{
    return {list_fields(db), std::nullopt};
}

http::Answer<CustomField> with_version(CustomField field, int status)
{
    const auto version = '"' + std::to_string(field.version) + '"';
    return {std::move(field), status, {{"ETag", version}}};
}

http::Answer<CustomField> make(db::Tx& tx, const http::Caller&, const NewField& ask)
{
    return with_version(add_field(tx, ask), 201);
}

http::Answer<CustomField> change(db::Tx& tx, const http::Caller&, const FieldChange& ask)
{
    return with_version(change_field(tx, ask), 200);
}

}  // namespace

void add_routes(http::Routes& api)
{
    using http::Right;
    api.read("GET", "/api/v1/fields", list,
        {"The organization's own fields of a lead", Right::read_leads,
            "In the order they were made. Their values stand in a lead's `custom`, by key."});
    api.write("POST", "/api/v1/fields", make,
        {"Make a field", Right::write_sources,
            "Leads are not touched. A select needs options, money a currency.", 201});
    api.write("PATCH", "/api/v1/fields/{id}", change,
        {"Rename a field, give a choice more options, or archive it", Right::write_sources,
            "If-Match names the version that the change is based on. An option with a known key is "
            "renamed, others are added; none is taken away, for leads may hold it. An archived field is "
            "not filled any more, and comes back with its values."});
}

}  // namespace leadcrm::custom_fields
