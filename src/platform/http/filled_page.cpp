#include "platform/http/filled_page.hpp"

#include "platform/http/wire.hpp"

#include <boost/algorithm/string/replace.hpp>

#include <algorithm>

namespace leadcrm::http {

std::optional<Response> filled_page(
    const FilledAssets& files, std::string_view path, const FilledWords& words)
{
    const auto all = files.all();
    const auto found = std::ranges::find(all, path, &Asset::path);
    if (found == all.end()) return std::nullopt;
    std::string text(found->identity);
    for (const auto& [mark, word] : words) boost::algorithm::replace_all(text, mark, word);
    return Response{200, std::string(found->content_type), std::move(text), page_headers({})};
}

}  // namespace leadcrm::http
