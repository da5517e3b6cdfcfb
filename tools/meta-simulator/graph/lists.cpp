#include "meta-simulator/graph/lists.hpp"

#include "meta-simulator/graph/meta_text.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>

namespace leadcrm::simulator {

namespace {

// Cursors mean nothing to a client. These hold the place itself, so that they survive what is added
// or deleted around it.
constexpr std::string_view cursor_begin = "QVFI";

std::string cursor_text(ListKey key)
{
    char text[48];
    char* at = std::to_chars(text, std::end(text), key.rank, 16).ptr;
    *at++ = 'Z';
    at = std::to_chars(at, std::end(text), key.id, 16).ptr;
    return std::string(cursor_begin) + std::string(text, at);
}

ListKey parse_cursor(std::string_view text)
{
    ListKey key;
    const auto middle = text.find('Z');
    if (text.starts_with(cursor_begin) && middle != text.npos) {
        const char* end = text.data() + text.size();
        const char* z = text.data() + middle;
        const auto rank = std::from_chars(text.data() + cursor_begin.size(), z, key.rank, 16);
        const auto id = std::from_chars(z + 1, end, key.id, 16);
        if (rank.ec == std::errc() && rank.ptr == z && id.ec == std::errc() && id.ptr == end)
            return key;
    }
    throw invalid_parameter("Invalid cursors values");
}

std::int64_t read_limit(const GraphCall& call, const GraphSettings& settings)
{
    const auto text = call.parameter("limit");
    if (!text) return settings.limit_default;
    std::int64_t limit = 0;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), limit);
    if (read.ec != std::errc() || read.ptr != text->data() + text->size() || limit < 0)
        throw invalid_parameter("Param limit must be an integer greater than or equal to zero");
    if (limit > settings.limit_too_much) throw too_much_data();
    return std::min(limit == 0 ? settings.limit_default : limit, settings.limit_max);
}

std::string link(const GraphCall& call, const std::string& cursor_name, const std::string& cursor)
{
    std::string url = call.origin + "/" + call.version;
    for (const auto& part : call.path) url += "/" + percent_encoded(part);
    char joint = '?';
    const auto add = [&](std::string_view name, std::string_view text) {
        url += joint;
        joint = '&';
        ((url += name) += '=') += percent_encoded(text);
    };
    if (call.token_in_query) add("access_token", call.token);
    for (const auto& [name, text] : call.parameters)
        if (name != "after" && name != "before" && name != "appsecret_proof") add(name, text);
    add(cursor_name, cursor);
    return url;
}

}  // namespace

ListAsk read_list_ask(const GraphCall& call, const GraphSettings& settings)
{
    ListAsk ask{.limit = read_limit(call, settings)};
    if (const auto after = call.parameter("after"); after && !after->empty())
        ask.after = parse_cursor(*after);
    if (const auto before = call.parameter("before"); before && !before->empty())
        ask.before = parse_cursor(*before);
    return ask;
}

ListCut cut(const ListKeys& keys, const ListAsk& ask)
{
    // In walking order, `after` and `before` fence off the part of the list that is asked for.
    const auto behind = ask.newest_first ? ask.before : ask.after;  // larger keys only
    const auto ahead = ask.newest_first ? ask.after : ask.before;  // smaller keys only
    const auto all_begin = keys.lower_bound(ask.lowest);
    const auto all_end = keys.lower_bound(ask.end);
    auto begin = behind && *behind >= ask.lowest ? keys.upper_bound(*behind) : all_begin;
    auto end = ahead && *ahead < ask.end ? keys.lower_bound(*ahead) : all_end;
    ListCut cut;
    if (begin == keys.end() || (end != keys.end() && *end <= *begin)) begin = end;

    // A walk forward starts at the list's own beginning; with `before` it starts next to the
    // cursor.
    const bool from_the_end = ask.newest_first != ask.before.has_value();
    for (auto left = ask.limit; left > 0 && begin != end; --left)
        cut.keys.push_back(from_the_end ? *--end : *begin++);
    if (ask.before) std::ranges::reverse(cut.keys);

    if (cut.keys.empty()) return cut;
    const auto [smallest, largest] = std::ranges::minmax(cut.keys);
    const bool smaller_left = all_begin != keys.end() && *all_begin < smallest;
    const bool larger_left = all_end != keys.begin() && *std::prev(all_end) > largest;
    cut.has_next = ask.newest_first ? smaller_left : larger_left;
    cut.has_previous = ask.newest_first ? larger_left : smaller_left;
    return cut;
}

json::object list_answer(
    const GraphCall& call, const ListCut& cut, const std::function<json::value(ListKey)>& element)
{
    json::array data;
    data.reserve(cut.keys.size());
    for (const auto key : cut.keys) data.push_back(element(key));
    json::object answer{{"data", std::move(data)}};
    if (cut.keys.empty() && !cut.resume_after) return answer;

    const auto before = cursor_text(cut.resume_after ? *cut.resume_after : cut.keys.front());
    const auto after = cursor_text(cut.resume_after ? *cut.resume_after : cut.keys.back());
    json::object paging{{"cursors", json::object{{"before", before}, {"after", after}}}};
    if (cut.has_next) paging["next"] = link(call, "after", after);
    if (cut.has_previous) paging["previous"] = link(call, "before", before);
    answer["paging"] = std::move(paging);
    return answer;
}

}  // namespace leadcrm::simulator
