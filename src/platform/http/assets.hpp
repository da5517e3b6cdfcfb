// The files of the web app that are compiled into the binary, ready to send: found by the path a
// browser asks for. Who puts them there: web/embed.mjs and cmake/web_assets.cmake. A build without
// them (every preset but release) finds nothing.
#pragma once

#include <span>
#include <string_view>

namespace leadcrm::http {

struct Asset {
    std::string_view path;  // "/app/assets/lead_list-4f0c2b.js"
    std::string_view content_type;
    std::string_view etag;  // quoted, of the identity bytes
    std::string_view identity;
    std::string_view gzip;  // empty when compression would save nothing
    std::string_view brotli;  // likewise
    bool immutable = false;  // its name holds a hash of its contents: cache it for ever
};

// Null when there is no such file. Paths are compared as they are: no "..", no default document.
const Asset* find_asset(std::string_view path);

// Every file, sorted by path.
std::span<const Asset> all_assets();

}  // namespace leadcrm::http
