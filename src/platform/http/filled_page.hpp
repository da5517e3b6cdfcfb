// A page of the public site with what is known only when somebody asks for it.
#pragma once

#include "platform/http/filled_assets.hpp"
#include "platform/http/message.hpp"

#include <optional>
#include <string_view>

namespace leadcrm::http {

// Nothing when this build has no such page. `path` is the file's: "/status/index.html".
std::optional<Response> filled_page(
    const FilledAssets& files, std::string_view path, const FilledWords& words);

}  // namespace leadcrm::http
