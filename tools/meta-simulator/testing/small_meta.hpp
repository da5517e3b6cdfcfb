// A Graph API with two pages and a clock that stands still, for tests: no sockets, no threads.
#pragma once

#include "meta-simulator/graph/graph.hpp"
#include "meta-simulator/graph/meta_text.hpp"
#include "meta-simulator/state.hpp"

#include <boost/json/parse.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadcrm::simulator::testing {

constexpr std::string_view app_id = "555000111222333";
constexpr std::string_view app_secret = "s3cr3t-app-secret-for-tests";
constexpr Instant noon{1'765'022'400'000'000};  // 2025-12-06T12:00:00Z

struct Seen {
    int status = 0;
    std::string text;
    json::value body;  // null when it is no JSON
    http::Headers headers;
    Reply reply;

    const json::value& at(std::string_view pointer) const { return body.at_pointer(pointer); }
    std::string text_at(std::string_view pointer) const
    {
        return std::string(body.at_pointer(pointer).as_string());
    }
    std::int64_t error_code() const { return body.at_pointer("/error/code").as_int64(); }
    std::int64_t subcode() const
    {
        const auto* subcode = body.at_pointer("/error").as_object().if_contains("error_subcode");
        return subcode ? subcode->as_int64() : 0;
    }
    std::string header(std::string_view name) const
    {
        for (const auto& [known, value] : headers)
            if (known == name) return value;
        return {};
    }
};

class SmallMeta {
public:
    SmallMeta() : state(7, std::string(app_id), std::string(app_secret))
    {
        state.clock.stand_still_at(noon);
        state.world.populate(2, noon);
        page_id = state.world.pages.begin()->first;
        form_id = page().form_ids.front();
        token = state.world.token_of(page_id).text;
    }

    Page& page() { return state.world.pages.at(page_id); }
    Form& form() { return state.world.forms.at(form_id); }

    // A lead of the first form, so many seconds old.
    Lead& lead(std::int64_t age_s = 60, std::optional<bool> organic = false)
    {
        const LeadWish wish{.form_id = form_id,
            .created = state.clock.now() - std::chrono::seconds(age_s),
            .organic = organic};
        return state.world.add_lead(wish, state.clock.now());
    }

    // With the page's token in the header.
    Seen get(const std::string& target)
    {
        return send("GET", target, {{"Authorization", "Bearer " + token}});
    }
    Seen remove(const std::string& target)
    {
        return send("DELETE", target, {{"Authorization", "Bearer " + token}});
    }
    Seen post(const std::string& target, std::string body,
        std::string type = "application/x-www-form-urlencoded")
    {
        return send("POST", target,
            {{"Authorization", "Bearer " + token}, {"Content-Type", std::move(type)}},
            std::move(body));
    }
    // `batch` is JSON; the answer is the envelope.
    Seen batch(const std::string& batch)
    {
        return post("/v26.0/", "batch=" + percent_encoded(batch));
    }

    Seen send(const std::string& method, const std::string& target, http::Headers headers = {},
        std::string body = {})
    {
        headers.emplace_back("Host", "graph.test");
        const auto question = target.find('?');
        const http::Request request{.method = method,
            .target = target,
            .path = target.substr(0, question),
            .query = question == target.npos ? "" : target.substr(question + 1),
            .headers = std::move(headers),
            .body = std::move(body)};
        Seen seen;
        seen.reply = answer_graph(state, request);
        seen.status = seen.reply.response.status;
        seen.text = seen.reply.response.body;
        seen.headers = seen.reply.response.headers;
        boost::system::error_code error;
        auto tree = boost::json::parse(seen.text, error);
        if (!error) seen.body = std::move(tree);
        return seen;
    }

    // Every id of a list, followed from `target` to its last page.
    std::vector<std::string> walk(std::string target, int hops_max = 100)
    {
        std::vector<std::string> ids;
        for (int hop = 0; hop < hops_max; ++hop) {
            const auto page = get(target);
            for (const auto& element : page.at("/data").as_array())
                ids.emplace_back(element.at("id").as_string());
            const auto* paging = page.body.as_object().if_contains("paging");
            const auto* next = paging ? paging->as_object().if_contains("next") : nullptr;
            if (!next) return ids;
            target = std::string(next->as_string()).substr(std::string("http://graph.test").size());
        }
        return ids;
    }

    State state;
    std::string page_id;
    std::string form_id;
    std::string token;
};

}  // namespace leadcrm::simulator::testing
