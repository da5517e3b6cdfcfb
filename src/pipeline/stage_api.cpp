#include "pipeline/stage_api.hpp"

#include "pipeline/stage.hpp"

namespace leadcrm::pipeline {
namespace {

http::Page<Stage> list(db::Reader& db, const http::Caller&, const http::Nothing&)
{
    return {list_stages(db), std::nullopt};
}

}  // namespace

void add_routes(http::Routes& api)
{
    api.read("GET", "/api/v1/stages", list,
        {"The stages of the pipeline, in order", http::Right::read_leads});
}

}  // namespace leadcrm::pipeline
