#include "platform/http/assets.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace leadcrm::http;

TEST_CASE("every embedded file is found by its own path, and nothing else is")
{
    for (const Asset& asset : all_assets()) CHECK(find_asset(asset.path) == &asset);
    CHECK(std::ranges::is_sorted(all_assets(), {}, &Asset::path));

    CHECK(find_asset("/app/no-such-file.js") == nullptr);
    CHECK(find_asset("/app/../etc/passwd") == nullptr);
    CHECK(find_asset("") == nullptr);
}
