#include "app/testing/workspace.hpp"
#include "pipeline/stage.hpp"

#include <doctest/doctest.h>

namespace leadcrm::pipeline {

TEST_CASE("a new organization has stages from New to Lost, in order")
{
    testing::Workspace crm;
    std::vector<std::string> stages;
    const auto answer = crm.get("/stages").json();
    for (const auto& stage : answer.at("data").as_array())
        stages.push_back(std::string(stage.at("name").as_string()) + ":"
            + std::string(stage.at("kind").as_string()));
    CHECK(stages
        == std::vector<std::string>{"New:new", "Contacted:open", "Qualified:open", "Proposal:open",
            "Won:won", "Lost:lost"});
    CHECK(answer.at("data").at(0).at("position").as_int64() == 1);
}

TEST_CASE("a stage has one of four kinds")
{
    CHECK(StageKind::check("won").value == "won");
    CHECK_THROWS_AS(StageKind::check("closed"), BadField);
}

}  // namespace leadcrm::pipeline
