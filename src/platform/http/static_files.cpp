#include "platform/http/static_files.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/http/problem.hpp"
#include "platform/http/wire.hpp"

#include <algorithm>
#include <string>

namespace leadcrm::http {

namespace {

// What the built pages carry wherever the nonce belongs.
constexpr std::string_view nonce_mark = "__CSP_NONCE__";

const Asset* find(std::span<const Asset> assets, std::string_view path)
{
    const auto found = std::ranges::lower_bound(assets, path, {}, &Asset::path);
    return found != assets.end() && found->path == path ? &*found : nullptr;
}

// Files have a dot in their name, addresses of the app do not.
bool is_app_address(std::string_view path)
{
    if (path == "/app") return true;
    return path.starts_with("/app/")
        && path.substr(path.rfind('/')).find('.') == std::string_view::npos;
}

const Asset* find_page(std::span<const Asset> assets, std::string_view path)
{
    if (const auto* file = find(assets, path)) return file;
    std::string page(path);
    page += page.ends_with('/') ? "index.html" : "/index.html";
    if (const auto* file = find(assets, page)) return file;
    return is_app_address(path) ? find(assets, "/app/index.html") : nullptr;
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Calls take(item) for each item of a comma-separated header.
template <class Take>
void each_item(std::string_view list, const Take& take)
{
    while (!list.empty()) {
        const auto item = list.substr(0, list.find(','));
        list.remove_prefix(std::min(item.size() + 1, list.size()));
        take(trimmed(item));
    }
}

bool names_etag(std::string_view header, std::string_view etag)
{
    bool is_named = false;
    each_item(header, [&](std::string_view item) {
        if (item.starts_with("W/")) item.remove_prefix(2);
        is_named = is_named || item == etag || item == "*";
    });
    return is_named;
}

Response page_with_nonce(const Asset& page)
{
    const auto nonce = crypto::random_token(16);
    std::string text;
    auto rest = page.identity;
    for (auto at = rest.find(nonce_mark); at != std::string_view::npos;
         at = rest.find(nonce_mark)) {
        text += rest.substr(0, at);
        text += nonce;
        rest.remove_prefix(at + nonce_mark.size());
    }
    text += rest;
    // Never kept: a second reader would get the nonce of the first.
    return {200, std::string(page.content_type), std::move(text), page_headers(nonce)};
}

Response file_in_best_coding(const Asset& file, const Request& request)
{
    Response answer{200, std::string(file.content_type), {}, page_headers({})};
    const auto coding = choose_coding(
        request.header("Accept-Encoding").value_or(""), !file.gzip.empty(), !file.brotli.empty());
    std::string etag(file.etag);
    const auto encoded = [&](std::string_view bytes, const char* name) {
        answer.asset = bytes;
        answer.headers.emplace_back("Content-Encoding", name);
        etag.insert(etag.size() - 1, std::string("-") + name);
    };
    if (coding == Coding::brotli)
        encoded(file.brotli, "br");
    else if (coding == Coding::gzip)
        encoded(file.gzip, "gzip");
    else
        answer.asset = file.identity;
    answer.headers.emplace_back(
        "Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    answer.headers.emplace_back("Vary", "Accept-Encoding");
    answer.headers.emplace_back("ETag", etag);
    if (names_etag(request.header("If-None-Match").value_or(""), etag)) {
        answer.status = 304;
        answer.asset = {};
    }
    return answer;
}

}  // namespace

void add_static_files(Routes& routes)
{
    routes.otherwise(
        [](const Request& request, const Respond& respond) { respond(static_file(request)); });
}

Coding choose_coding(std::string_view accepted, bool has_gzip, bool has_brotli)
{
    bool takes_gzip = false;
    bool takes_brotli = false;
    each_item(accepted, [&](std::string_view item) {
        const auto name = trimmed(item.substr(0, item.find(';')));
        const auto quality = item.find("q=");
        const bool is_refused = quality != std::string_view::npos
            && item.substr(quality + 2).find_first_not_of("0.") == std::string_view::npos;
        if (is_refused) return;
        takes_gzip = takes_gzip || same_name(name, "gzip");
        takes_brotli = takes_brotli || same_name(name, "br");
    });
    if (takes_brotli && has_brotli) return Coding::brotli;
    return takes_gzip && has_gzip ? Coding::gzip : Coding::identity;
}

Response static_file(const Request& request, std::span<const Asset> assets)
{
    const auto* file = find_page(assets, request.path);
    const bool is_found = file != nullptr;
    if (!file) file = find(assets, "/404.html");
    if (!file) return problem(404, "There is nothing at this address.", request.request_id);
    const bool has_nonce = file->content_type.starts_with("text/html")
        && file->identity.find(nonce_mark) != std::string_view::npos;
    auto answer = has_nonce ? page_with_nonce(*file) : file_in_best_coding(*file, request);
    if (!is_found) answer.status = 404;
    return answer;
}

}  // namespace leadcrm::http
