#include "pipeline/stage.hpp"

#include <boost/json/array.hpp>

#include <array>
#include <string_view>

namespace leadcrm::pipeline {
namespace {

constexpr std::array<std::string_view, 4> kinds{"new", "open", "won", "lost"};

struct Default {
    std::string_view name;
    std::string_view kind;
};
constexpr std::array<Default, 6> defaults{{{"New", "new"}, {"Contacted", "open"},
    {"Qualified", "open"}, {"Proposal", "open"}, {"Won", "won"}, {"Lost", "lost"}}};

}  // namespace

StageKind StageKind::check(std::string text)
{
    for (const auto kind : kinds)
        if (text == kind) return {std::move(text)};
    throw BadField("enum", "Please choose one of new, open, won and lost.");
}

boost::json::object StageKind::schema()
{
    return {{"type", "string"}, {"enum", boost::json::array(kinds.begin(), kinds.end())}};
}

void add_default_stages(db::Tx& tx)
{
    std::int64_t position = 0;
    for (const auto& stage : defaults)
        tx.store("INSERT INTO stages (organization_id, {columns}) VALUES ($1, {values})",
            Stage{StageId::make(), std::string(stage.name), {std::string(stage.kind)}, ++position});
}

std::vector<Stage> list_stages(const db::Reader& db)
{
    return db.rows<Stage>(
        "SELECT {columns} FROM stages WHERE organization_id = $1 ORDER BY position, id");
}

std::optional<Stage> find_stage(const db::Reader& db, const StageId& id)
{
    return db.row<Stage>("SELECT {columns} FROM stages WHERE organization_id = $1 AND id = $2", id);
}

Stage first_stage(const db::Reader& db)
{
    auto first = db.row<Stage>(R"sql(
        SELECT {columns} FROM stages WHERE organization_id = $1 ORDER BY position, id LIMIT 1
    )sql");
    if (!first) throw Failure::internal("the organization has no stages");
    return std::move(*first);
}

}  // namespace leadcrm::pipeline
