// What the objects of entries are called today. Nothing of it is in the log: what was renamed has
// its new name, what was erased has none.
#pragma once

#include "audit/audit.hpp"

#include <map>
#include <string>
#include <vector>

namespace leadcrm::audit {

class ObjectNames {
public:
    // One query for each kind of object there is among them.
    ObjectNames(const db::Reader& db, const std::vector<Entry>& entries);

    // Empty when it has no name, or belongs to no organization of the reader's.
    std::string of(const std::string& object) const;

private:
    std::map<std::string, std::string> names_;
};

}  // namespace leadcrm::audit
