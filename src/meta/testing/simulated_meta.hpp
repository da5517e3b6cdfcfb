// The Graph simulator in place of MetaWorkspace's scripted one, without sockets.
//
//     testing::SimulatedMeta crm;
//     const auto acme = crm.organization_with(crm.page_id(0));
//     crm.make_leads(crm.form_id(0), 20);
//     crm.backfiller.fill(acme, crm.page_id(0));
#pragma once

#include "meta-simulator/simulator.hpp"
#include "meta/testing/meta_workspace.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace leadcrm::testing {

class SimulatedMeta : public MetaWorkspace {
public:
    explicit SimulatedMeta(std::int64_t pages = 2)
        : meta({.app_id = "555", .app_secret = "s3cr3t", .pages = pages})
    {
        other_graph = [this](const net::Request& request) { return answer(request); };
    }

    std::string page_id(std::size_t number)
    {
        return meta.with_state([&](simulator::State& state) {
            return std::next(state.world.pages.begin(), std::ptrdiff_t(number))->first;
        });
    }
    std::vector<std::string> forms_of(const std::string& page_id)
    {
        return meta.with_state(
            [&](simulator::State& state) { return state.world.pages.at(page_id).form_ids; });
    }
    std::string form_id(std::size_t page, std::size_t form = 0)
    {
        return forms_of(page_id(page)).at(form);
    }
    OrganizationId organization_with(const std::string& page_id)
    {
        const auto id = organization();
        hold(id, page_id);
        return id;
    }
    void hold(OrganizationId organization, const std::string& page_id)
    {
        const auto token = meta.with_state(
            [&](simulator::State& state) { return state.world.token_of(page_id).text; });
        connect(organization, page_id, token);
    }

    // So old, one a second; told of by webhook or not.
    std::vector<std::string> make_leads(const std::string& form_id, int count,
        std::chrono::seconds age = std::chrono::hours(1), bool is_told = false)
    {
        return meta.with_state([&](simulator::State& state) {
            std::vector<std::string> ids;
            const auto now = state.clock.now();
            for (int i = 0; i < count; ++i) {
                const simulator::LeadWish wish{
                    .form_id = form_id, .created = now - age - std::chrono::seconds(i)};
                const auto& lead = state.world.add_lead(wish, now);
                ids.push_back(lead.id);
                if (is_told) simulator::announce_lead(state, lead);
            }
            return ids;
        });
    }

    // What the simulator's webhook has to say, delivered until nothing is due.
    int take_webhooks()
    {
        int count = 0;
        for (;;) {
            const auto posts = meta.with_state([](simulator::State& state) {
                state.webhook.url = "http://crm.test/webhooks/meta";
                return state.outbox.take_due(state.webhook, state.clock.now());
            });
            if (posts.empty()) return count;
            for (const auto& post : posts) {
                deliver(post.body);
                ++count;
                meta.with_state([&](simulator::State& state) {
                    state.outbox.finished(
                        post.delivery_id, 200, "", state.webhook, state.clock.now());
                });
            }
        }
    }

    // How often Graph was asked.
    int calls() const { return calls_; }

    simulator::Simulator meta;

private:
    net::Answer answer(const net::Request& asked)
    {
        ++calls_;
        const auto host = std::string("http://graph.test");
        http::Request request{
            .method = asked.method, .target = asked.url.substr(host.size()), .body = asked.body};
        const auto question = request.target.find('?');
        request.path = request.target.substr(0, question);
        if (question != std::string::npos) request.query = request.target.substr(question + 1);
        request.headers = asked.headers;
        request.headers.emplace_back("Host", "graph.test");
        const auto reply = meta.answer(request);
        if (reply.response.sending == http::Sending::reset) return {.trouble = "reset"};
        net::Answer answer{.status = reply.response.status, .body = reply.response.body};
        for (auto [name, value] : reply.response.headers) {
            std::transform(name.begin(), name.end(), name.begin(),
                [](unsigned char c) { return char(std::tolower(c)); });
            answer.headers.emplace_back(std::move(name), std::move(value));
        }
        return answer;
    }

    int calls_ = 0;
};

}  // namespace leadcrm::testing
