// The embedded files with what only this server knows filled in. Pages are built once, for every
// server, and carry marks such as @@PUBLIC_URL@@ where its own address and operator belong.
#pragma once

#include "platform/http/assets.hpp"

#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::http {

// By mark, "@@PUBLIC_URL@@", what takes its place in HTML: escaped already.
using FilledWords = std::map<std::string, std::string>;

// Made once, at start. A file with marks is compressed again, by gzip only, and has an ETag of its
// own; the others stay as they were embedded. Answers point into it, so it outlives the server.
class FilledAssets {
public:
    FilledAssets(std::span<const Asset> assets, const FilledWords& words);

    std::span<const Asset> all() const { return assets_; }  // sorted by path

private:
    std::string_view keep(std::string text);
    void fill(Asset& asset, const FilledWords& words);

    std::deque<std::string> texts_;
    std::vector<Asset> assets_;
};

}  // namespace leadcrm::http
