#include "audit/object_names.hpp"

namespace leadcrm::audit {
namespace {

// Objects with an id of ours, by its prefix. Of people those alone who are or were members here:
// somebody may have asked for a stranger.
struct Kind {
    std::string_view prefix;
    const char* names;
    const char* id = "id";
};
constexpr Kind kinds[] = {
    {"lead", "SELECT id, name FROM leads WHERE organization_id = $1"},
    {"user",
        "SELECT u.id, u.name FROM memberships m JOIN users u ON u.id = m.user_id"
        " WHERE m.organization_id = $1",
        "u.id"},
    {"user",
        "SELECT u.id, u.name FROM former_members m JOIN users u ON u.id = m.user_id"
        " WHERE m.organization_id = $1",
        "u.id"},
    {"key", "SELECT id, name FROM api_keys WHERE organization_id = $1"},
    {"team", "SELECT id, name FROM teams WHERE organization_id = $1"},
    {"stage", "SELECT id, name FROM stages WHERE organization_id = $1"},
    {"field", "SELECT id, label AS name FROM custom_fields WHERE organization_id = $1"},
};

// Those with an id of Meta's.
constexpr Kind kinds_of_meta[] = {
    {"", "SELECT page_id, name FROM pages WHERE organization_id = $1", "page_id"},
    {"", "SELECT form_id, name FROM forms WHERE organization_id = $1 AND name IS NOT NULL",
        "form_id"},
};

bool is_of_meta(const std::string& object)
{
    return !object.empty() && object.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

ObjectNames::ObjectNames(const db::Reader& db, const std::vector<Entry>& entries)
{
    for (const auto& kind : kinds) {
        std::vector<Uuid> ids;
        for (const auto& entry : entries)
            if (const auto id = parse_typeid(kind.prefix, entry.object)) ids.push_back(*id);
        if (ids.empty()) continue;
        db::Sql sql(kind.names);
        sql.add_in(kind.id, ids);
        for (const auto& [id, name] : db.rows<std::tuple<Uuid, std::string>>(sql))
            names_[typeid_text(kind.prefix, id)] = name;
    }
    std::vector<std::string> ids;
    for (const auto& entry : entries)
        if (is_of_meta(entry.object)) ids.push_back(entry.object);
    if (ids.empty()) return;
    for (const auto& kind : kinds_of_meta) {
        db::Sql sql(kind.names);
        sql.add_in(kind.id, ids);
        for (const auto& [id, name] : db.rows<std::tuple<std::string, std::string>>(sql))
            names_[id] = name;
    }
}

std::string ObjectNames::of(const std::string& object) const
{
    const auto found = names_.find(object);
    return found == names_.end() ? std::string() : found->second;
}

}  // namespace leadcrm::audit
