// Answers with the files that are compiled into the binary (assets.hpp): the web app under /app/,
// the public site beside it. Compressed ahead of time, cached by their hash or checked by ETag; a
// page gets a fresh nonce for its inline styles.
#pragma once

#include "platform/http/assets.hpp"
#include "platform/http/message.hpp"
#include "platform/http/routes.hpp"

#include <span>
#include <string_view>

namespace leadcrm::http {

// Answers every GET that no endpoint takes with a file, or the lack of one.
void add_static_files(Routes& routes);

// Finds "/features" as "/features/index.html", and any address of the app's
// own making under /app/ as the app itself. What is not there is 404, with /404.html if there is
// one.
Response static_file(const Request& request, std::span<const Asset> assets = all_assets());

enum class Coding { identity, gzip, brotli };
// The best of what is both there and accepted, by an Accept-Encoding header.
Coding choose_coding(std::string_view accepted, bool has_gzip, bool has_brotli);

}  // namespace leadcrm::http
