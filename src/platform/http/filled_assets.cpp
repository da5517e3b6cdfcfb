#include "platform/http/filled_assets.hpp"

#include "platform/crypto/crypto.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <utility>

namespace leadcrm::http {
namespace {

// What begins every mark.
constexpr std::string_view mark_begin = "@@";

// In one pass: what was filled in is not looked at again.
std::string filled(std::string_view text, const FilledWords& words)
{
    std::string full;
    while (!text.empty()) {
        const auto plain = std::min(text.find(mark_begin), text.size());
        full += text.substr(0, plain);
        text.remove_prefix(plain);
        const auto word = std::find_if(words.begin(), words.end(),
            [&](const auto& known) { return text.starts_with(known.first); });
        const auto taken = word == words.end() ? text.substr(0, 1) : std::string_view(word->first);
        full += word == words.end() ? taken : std::string_view(word->second);
        text.remove_prefix(taken.size());
    }
    return full;
}

std::string gzipped(std::string_view bytes)
{
    constexpr int gzip_window_bits = 15 + 16;  // the 16 asks for gzip's header
    constexpr int memory_level_max = 9;
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window_bits, memory_level_max,
            Z_DEFAULT_STRATEGY)
        != Z_OK)
        throw std::bad_alloc();
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    // zlib only reads it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

bool may_have_marks(const Asset& asset)
{
    return asset.content_type.starts_with("text/html")
        || asset.content_type.starts_with("text/plain") || asset.content_type == "application/xml";
}

}  // namespace

FilledAssets::FilledAssets(std::span<const Asset> assets, const FilledWords& words)
    : assets_(assets.begin(), assets.end())
{
    for (auto& asset : assets_)
        if (may_have_marks(asset)) fill(asset, words);
}

std::string_view FilledAssets::keep(std::string text)
{
    return texts_.emplace_back(std::move(text));
}

void FilledAssets::fill(Asset& asset, const FilledWords& words)
{
    auto text = filled(asset.identity, words);
    if (text == asset.identity) return;
    const auto hash = crypto::hex(crypto::sha256(text)).substr(0, 32);
    asset.gzip = keep(gzipped(text));
    asset.brotli = {};
    asset.etag = keep('"' + hash + '"');
    asset.identity = keep(std::move(text));
}

}  // namespace leadcrm::http
