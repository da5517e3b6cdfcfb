// Stands in for the embedded files in a build that has none (cmake/web_assets.cmake).
#include "platform/http/assets.hpp"

namespace leadcrm::http {

std::span<const Asset> all_assets() { return {}; }

}  // namespace leadcrm::http
