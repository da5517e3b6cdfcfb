// Calls to Meta's Graph API in the name of one app. The token goes in a header and the proof of it
// beside the parameters; limits are watched (graph_limits.hpp) and answers sorted
// (graph_answer.hpp). Blocking: for job workers.
#pragma once

#include "meta/graph_answer.hpp"
#include "meta/graph_limits.hpp"
#include "meta/settings.hpp"
#include "platform/net/fetch.hpp"
#include "platform/net/form.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadcrm::meta {

// In whose name a call is made. Without a token it is nobody's; without a page its limits are kept
// apart.
struct PageAccess {
    std::string page_id;
    std::string token;
    std::optional<OrganizationId> organization = {};  // for the counts alone
};

// A call that is not the reading of a node.
struct GraphRequest {
    std::string method = "GET";
    std::string path;  // "me/accounts"
    net::Parameters parameters = {};
    // A GET whose parameters are secret travels in the body of a batch: addresses are logged on the
    // way.
    bool is_secret = false;
};

// Sends a request and waits for the answer: net::Client, or a test's own idea of Meta.
using Send = std::function<net::Answer(net::Request)>;

// Told how each call ended: "good", or what is advised (graph_answer.hpp). On the calling thread.
using TellResult = std::function<void(const PageAccess& as, std::string_view result)>;

// A page of a list's elements, and where the next one is.
struct GraphListPage {
    GraphAnswer answer;  // body: the elements' array is in "data"
    std::optional<std::string> next;  // nothing: this was the last
};

class GraphClient {
public:
    static constexpr std::size_t batch_max = 50;

    GraphClient(Send send, Settings app, TellResult told = {});

    // In whose name it asks.
    const Settings& app() const { return app_; }
    // Its own access, for what concerns no page. Only with an app id and a secret.
    PageAccess app_access() const;

    const GraphLimits& limits() const { return limits_; }
    // Calls for the page may be made from then on; ask before every call.
    Instant free_at(const std::string& page_id) const;
    // The same for reading that can wait: it leaves room for the leads somebody waits for.
    Instant unhurried_free_at(const std::string& page_id) const;

    // GET /{node}?fields=…
    GraphAnswer get(const PageAccess& as, const std::string& node, const std::string& fields);

    // Any call. The path has no parameters of its own.
    GraphAnswer ask(const PageAccess& as, const GraphRequest& what);

    // The same for up to batch_max nodes in one request; answers are in the order of the nodes, and
    // each counts as a call of its own for Meta's limits. An element Meta did not get to (null) is
    // answered with Advice::retry.
    std::vector<GraphAnswer> get_all(
        const PageAccess& as, const std::vector<std::string>& nodes, const std::string& fields);

    // GET an address of this Graph, as list_address() or a page before gave it. `next` has neither
    // token nor proof in it. A list that goes on at another host is answered with Advice::operate.
    GraphListPage get_list(const PageAccess& as, const std::string& address);
    // {edge}?{parameters}, encoded; the edge is "{node}/leads" or the like.
    std::string list_address(const std::string& edge,
        const std::vector<std::pair<std::string, std::string>>& parameters) const;

private:
    GraphAnswer call(const PageAccess& as, net::Request request);
    void count(const PageAccess& as, const GraphAnswer& answer) const;
    void learn_limits(const PageAccess& as, const net::Answer& from, GraphAnswer& answer);
    void note_refusal(const PageAccess& as, GraphAnswer& answer, const Usage& usage);

    const Send send_;
    const Settings app_;
    const TellResult told_;
    GraphLimits limits_;
};

}  // namespace leadcrm::meta
