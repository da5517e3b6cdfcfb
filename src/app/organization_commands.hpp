// "leadcrm admin …" about one organization: its plan, its features, and whether it may work. What
// they do is in the organization's audit log.
#pragma once

#include <string>
#include <vector>

namespace leadcrm::app {

int set_plan(const std::vector<std::string>& words);
// Of one organization, or of everybody.
int set_feature(const std::vector<std::string>& words);
int suspend(const std::vector<std::string>& words);
int restore_organization(const std::vector<std::string>& words);

}  // namespace leadcrm::app
