// Finds the endpoint of a request by its path and method. A tree of path segments: an exact segment
// wins over a {parameter}, and of two routes the one that is exact for longer.
#pragma once

#include "platform/http/routes.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::http {

class Router {
public:
    explicit Router(const Routes& routes);

    struct Match {
        const Route* route = nullptr;
        std::map<std::string, std::string> path_values;
        // The methods of this path, when there is one but not for the method asked.
        std::vector<std::string_view> allowed;
    };

    // `path` as sent, still encoded: an encoded "/" belongs to its segment. HEAD finds what GET
    // does. Throws Failure::malformed for a path that is badly encoded.
    Match find(std::string_view method, std::string_view path) const;

private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> exact;
        std::unique_ptr<Node> parameter;
        std::vector<const Route*> routes;
    };

    void add(const Route& route);
    // Values of parameters are left in `values`, in the order of the path.
    const Node* find(const Node& from, const std::vector<std::string>& segments, std::size_t at,
        std::vector<std::string>& values) const;

    Node root_;
};

// "GET, HEAD, PATCH, OPTIONS", for an Allow header.
std::string allow_text(const std::vector<std::string_view>& methods);

}  // namespace leadcrm::http
