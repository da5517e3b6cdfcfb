#include "platform/http/router.hpp"

#include "platform/failure.hpp"

#include <algorithm>

namespace leadcrm::http {

namespace {

bool is_parameter(std::string_view segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

template <class Take>
void each_segment(std::string_view path, const Take& take)
{
    if (!path.empty() && path.front() == '/') path.remove_prefix(1);
    for (;;) {
        const auto segment = path.substr(0, path.find('/'));
        take(segment);
        if (segment.size() == path.size()) return;
        path.remove_prefix(segment.size() + 1);
    }
}

// A stream is no document whose head could be asked for.
bool answers(const Route& route, std::string_view method)
{
    if (route.method == method) return true;
    return method == "HEAD" && route.method == "GET"
        && !std::holds_alternative<Route::Stream>(route.run);
}

}  // namespace

Router::Router(const Routes& routes)
{
    for (const auto& route : routes.all()) add(route);
}

void Router::add(const Route& route)
{
    Node* node = &root_;
    each_segment(route.path, [&](std::string_view segment) {
        auto& next = is_parameter(segment) ? node->parameter : node->exact[std::string(segment)];
        if (!next) next = std::make_unique<Node>();
        node = next.get();
    });
    node->routes.push_back(&route);
}

const Router::Node* Router::find(const Node& from, const std::vector<std::string>& segments,
    std::size_t at, std::vector<std::string>& values) const
{
    if (at == segments.size()) return from.routes.empty() ? nullptr : &from;
    if (const auto exact = from.exact.find(segments[at]); exact != from.exact.end())
        if (const auto* found = find(*exact->second, segments, at + 1, values)) return found;
    if (!from.parameter || segments[at].empty()) return nullptr;
    values.push_back(segments[at]);
    if (const auto* found = find(*from.parameter, segments, at + 1, values)) return found;
    values.pop_back();
    return nullptr;
}

Router::Match Router::find(std::string_view method, std::string_view path) const
{
    std::vector<std::string> segments;
    each_segment(path, [&](std::string_view segment) {
        auto plain = decode_path(segment);
        if (!plain) throw Failure::malformed("The address of this request cannot be read.");
        segments.push_back(std::move(*plain));
    });

    Match match;
    std::vector<std::string> values;
    const auto* node = find(root_, segments, 0, values);
    if (!node) return match;
    for (const auto* route : node->routes) {
        if (!match.route && answers(*route, method)) match.route = route;
        match.allowed.push_back(route->method);
    }
    if (!match.route) return match;
    std::size_t next = 0;
    each_segment(match.route->path, [&](std::string_view segment) {
        if (is_parameter(segment))
            match.path_values.emplace(segment.substr(1, segment.size() - 2), values[next++]);
    });
    return match;
}

std::string allow_text(const std::vector<std::string_view>& methods)
{
    std::string text;
    const auto add = [&](std::string_view method) {
        if (!text.empty()) text += ", ";
        text += method;
    };
    for (const auto method : methods) {
        add(method);
        if (method == "GET") add("HEAD");
    }
    add("OPTIONS");
    return text;
}

}  // namespace leadcrm::http
