#include "meta-simulator/graph/faults.hpp"

#include <algorithm>

namespace leadcrm::simulator {

const Fault& Faults::add(Fault fault)
{
    fault.id = ++last_id_;
    return faults_.emplace_back(std::move(fault));
}

bool Faults::remove(std::int64_t id)
{
    return std::erase_if(faults_, [&](const Fault& fault) { return fault.id == id; }) == 1;
}

std::vector<Fault> Faults::strike(
    const std::string& endpoint, const std::string& page_id, Dice& dice)
{
    std::vector<Fault> striking;
    for (auto& fault : faults_) {
        if (fault.endpoint != "any" && fault.endpoint != endpoint) continue;
        if (fault.page_id && *fault.page_id != page_id) continue;
        if (fault.count && *fault.count <= 0) continue;
        if (!dice.chance(fault.probability)) continue;
        if (fault.count) --*fault.count;
        striking.push_back(fault);
    }
    std::erase_if(faults_, [](const Fault& fault) { return fault.count && *fault.count <= 0; });
    return striking;
}

}  // namespace leadcrm::simulator
