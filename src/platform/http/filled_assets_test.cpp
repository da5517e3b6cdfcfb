#include "platform/http/filled_assets.hpp"
#include "platform/http/static_files.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <array>

using namespace leadcrm::http;

namespace {

const std::array files{
    Asset{"/app/main.js", "text/javascript", "\"js\"", "@@OPERATOR@@", "zipped", "brot"},
    Asset{"/index.html", "text/html; charset=utf-8", "\"i\"",
        "<p>@@OPERATOR@@ at @@PUBLIC_URL@@/x, @@init@@ and @@</p>", "old zip", "old brotli"},
    Asset{"/terms/index.html", "text/html; charset=utf-8", "\"t\"", "terms", "zt", "bt"},
};

const FilledWords words{
    {"@@OPERATOR@@", "Fern &amp; Co @@PUBLIC_URL@@"}, {"@@PUBLIC_URL@@", "https://crm.example"}};

std::string unzipped(std::string_view packed)
{
    std::string text(1000, '\0');
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    // zlib only reads it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    return text;
}

}  // namespace

TEST_CASE("a page says what this server knows of itself, in every coding it is sent in")
{
    const FilledAssets filled(files, words);
    const auto& page = filled.all()[1];
    CHECK(page.identity
        == "<p>Fern &amp; Co @@PUBLIC_URL@@ at https://crm.example/x, @@init@@ and @@</p>");
    CHECK(unzipped(page.gzip) == page.identity);
    CHECK(page.brotli.empty());
    CHECK(static_file({.path = "/", .headers = {{"Accept-Encoding", "br"}}}, filled.all()).asset
        == page.identity);
}

TEST_CASE("a filled page has an ETag of its own, the same as long as its words are")
{
    const FilledAssets filled(files, words);
    CHECK(filled.all()[1].etag != files[1].etag);
    CHECK(filled.all()[1].etag == FilledAssets(files, words).all()[1].etag);
    const FilledAssets others(files, {{"@@OPERATOR@@", "Somebody else"}});
    CHECK(filled.all()[1].etag != others.all()[1].etag);
}

TEST_CASE("what has no marks, and what is no text, stays as it was embedded")
{
    const FilledAssets filled(files, words);
    CHECK(filled.all()[0].identity == "@@OPERATOR@@");
    CHECK(filled.all()[2].brotli == "bt");
    CHECK(filled.all()[2].etag == files[2].etag);
}
