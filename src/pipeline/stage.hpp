// The pipeline: the stages an organization's leads go through. Which lead is in which stage:
// leads/lead.hpp. Over HTTP: stage_api.hpp.
#pragma once

#include "platform/db/session.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::pipeline {

using StageId = Id<"stage">;

// new, open, won or lost.
struct StageKind {
    std::string value;

    static StageKind check(std::string text);
    static boost::json::object schema();
    bool operator==(const StageKind&) const = default;
};

struct Stage {
    StageId id;
    std::string name;
    StageKind kind;
    std::int64_t position = 0;
};
BOOST_DESCRIBE_STRUCT(Stage, (), (id, name, kind, position))

// New, Contacted, Qualified, Proposal, Won, Lost: what a new organization begins with.
void add_default_stages(db::Tx& tx);

// In the order of the pipeline.
std::vector<Stage> list_stages(const db::Reader& db);
std::optional<Stage> find_stage(const db::Reader& db, const StageId& id);
// Where leads come in.
Stage first_stage(const db::Reader& db);

}  // namespace leadcrm::pipeline
