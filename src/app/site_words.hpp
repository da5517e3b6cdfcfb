// What the public site says about this server: where it is, who runs it and how to reach them. The
// pages are in web/site/.
#pragma once

#include "app/config.hpp"
#include "platform/http/filled_assets.hpp"

namespace leadcrm::app {

// What is not set is said to be not set.
http::FilledWords site_words(const Config& config);

}  // namespace leadcrm::app
