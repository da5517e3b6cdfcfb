#include "platform/http/static_files.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace leadcrm::http;

namespace {

constexpr std::string_view app_page =
    "<meta property=\"csp-nonce\" nonce=\"__CSP_NONCE__\"><style nonce=\"__CSP_NONCE__\"></style>";

// Sorted by path, as the embedded ones are.
const std::array files{
    Asset{"/404.html", "text/html; charset=utf-8", "\"n\"", "nothing here", "", ""},
    Asset{
        "/app/assets/list-4f0c2b.js", "text/javascript", "\"js\"", "plain", "zipped", "brot", true},
    Asset{"/app/index.html", "text/html; charset=utf-8", "\"app\"", app_page, "zipped", "brot"},
    Asset{"/app/manifest.webmanifest", "application/manifest+json", "\"m\"", "{}", "", ""},
    Asset{"/features/index.html", "text/html; charset=utf-8", "\"f\"", "features", "zf", "bf"},
    Asset{"/index.html", "text/html; charset=utf-8", "\"i\"", "home", "", ""},
};

Response file(std::string_view path, Headers headers = {})
{
    return static_file(
        {.method = "GET", .path = std::string(path), .headers = std::move(headers)}, files);
}

std::string header(const Response& response, std::string_view name)
{
    for (const auto& [known, value] : response.headers)
        if (same_name(known, name)) return value;
    return {};
}

}  // namespace

TEST_CASE("a file with a hash in its name is compressed and kept for ever")
{
    const auto answer =
        file("/app/assets/list-4f0c2b.js", {{"Accept-Encoding", "gzip, deflate, br"}});
    CHECK(answer.status == 200);
    CHECK(answer.asset == "brot");
    CHECK(header(answer, "Content-Encoding") == "br");
    CHECK(header(answer, "Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(header(answer, "Vary") == "Accept-Encoding");
    CHECK(header(answer, "ETag") == "\"js-br\"");
    CHECK(file("/app/assets/list-4f0c2b.js", {{"Accept-Encoding", "gzip"}}).asset == "zipped");
    CHECK(file("/app/assets/list-4f0c2b.js").asset == "plain");
}

TEST_CASE("a file that the browser has is not sent again")
{
    const auto answer = file("/features", {{"If-None-Match", "\"old\", W/\"f\""}});
    CHECK(answer.status == 304);
    CHECK(answer.asset.empty());
    CHECK(header(answer, "Cache-Control") == "no-cache");
    CHECK(file("/features", {{"If-None-Match", "\"old\""}}).asset == "features");
    // The same page in another coding is another representation.
    CHECK(file("/features", {{"If-None-Match", "\"f\""}, {"Accept-Encoding", "br"}}).status == 200);
}

TEST_CASE("the app answers for every address of its own making, with a nonce of its own")
{
    for (const auto* path : {"/app", "/app/", "/app/leads/lead_01h455vb4pex5vsknk084sn02q"}) {
        const auto answer = file(path, {{"Accept-Encoding", "br"}});
        CHECK(answer.status == 200);
        CHECK(answer.body.find("__CSP_NONCE__") == std::string::npos);
        CHECK(answer.body.find("<style nonce=\"") != std::string::npos);
        const auto begin = answer.body.find("nonce=\"") + 7;
        const auto nonce = answer.body.substr(begin, answer.body.find('"', begin) - begin);
        CHECK(nonce.size() >= 20);
        CHECK(header(answer, "Content-Security-Policy").find("'nonce-" + nonce + "'")
            != std::string::npos);
        CHECK(header(answer, "ETag").empty());
    }
    CHECK(file("/app").body != file("/app").body);
    CHECK(header(file("/app"), "Content-Security-Policy").find("unsafe") == std::string::npos);
}

TEST_CASE("a file that is not there is not the app")
{
    CHECK(file("/app/assets/gone-123456.js").status == 404);
    CHECK(file("/app/assets/gone-123456.js").asset == "nothing here");
    CHECK(file("/nowhere").status == 404);
    CHECK(file("/application").status == 404);
    CHECK(static_file({.path = "/nowhere"}, {}).content_type == "application/problem+json");
}

TEST_CASE("pages of the public site are found without their file names")
{
    CHECK(file("/").asset == "home");
    CHECK(file("/features/").asset == "features");
    CHECK(file("/app/manifest.webmanifest").content_type == "application/manifest+json");
}

TEST_CASE("a coding is chosen by what is accepted and what is there")
{
    CHECK(choose_coding("gzip, br", true, true) == Coding::brotli);
    CHECK(choose_coding("GZIP;q=1.0, br;q=0", true, true) == Coding::gzip);
    CHECK(choose_coding("br", true, false) == Coding::identity);
    CHECK(choose_coding("br;q=0.5", true, true) == Coding::brotli);
    CHECK(choose_coding("", true, true) == Coding::identity);
    CHECK(choose_coding("identity, gzip;q=0.0", true, true) == Coding::identity);
}
