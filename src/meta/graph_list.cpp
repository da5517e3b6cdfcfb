#include "meta/graph_list.hpp"

#include <chrono>
#include <thread>
#include <utility>
#include <vector>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

// A worker is not kept waiting for longer.
constexpr auto patience = 2s;
constexpr int tries_max = 3;

// Error 1 that no waiting helps against.
bool is_too_much(const GraphAnswer& answer)
{
    return answer.problem && answer.problem->code == 1
        && answer.problem->message.find("reduce the amount of data") != std::string::npos;
}

// The same address with another limit; nothing when it names none.
std::optional<std::string> with_limit(const std::string& address, std::size_t limit)
{
    for (auto at = address.find("limit="); at != std::string::npos;
         at = address.find("limit=", at + 1)) {
        if (at == 0 || (address[at - 1] != '?' && address[at - 1] != '&')) continue;
        const auto end = address.find('&', at);
        return address.substr(0, at) + "limit=" + std::to_string(limit)
            + (end == std::string::npos ? "" : address.substr(end));
    }
    return std::nullopt;
}

}  // namespace

GraphList::GraphList(GraphClient& graph, PageAccess as, GraphListAsk ask)
    : graph_(graph), as_(std::move(as)), ask_(std::move(ask)), address_(first_address())
{
}

std::string GraphList::first_address() const
{
    std::vector<std::pair<std::string, std::string>> parameters{
        {"fields", ask_.fields}, {"limit", std::to_string(ask_.limit)}};
    if (!ask_.filtering.empty()) parameters.emplace_back("filtering", ask_.filtering);
    return graph_.list_address(ask_.edge, parameters);
}

GraphAnswer GraphList::step()
{
    if (!address_) return {};
    if (++hops_ > ask_.hops_max)
        return {.problem = GraphProblem{.advice = Advice::operate,
                    .message = "a list of " + ask_.edge + " without an end"}};
    auto page = graph_.get_list(as_, *address_);
    while (is_too_much(page.answer) && halve_limit()) page = graph_.get_list(as_, *address_);
    if (!page.answer.problem) address_ = page.next;
    return std::move(page.answer);
}

GraphAnswer GraphList::patient_step()
{
    GraphAnswer answer;
    for (int tries = 1; tries <= tries_max; ++tries) {
        if (!wait_until_free())
            return {.problem = GraphProblem{
                        .advice = Advice::wait, .message = "Meta's limit for the page is near"}};
        answer = step();
        if (!answer.problem || answer.problem->advice != Advice::retry) break;
        std::this_thread::sleep_for(tries * 50ms);
    }
    return answer;
}

bool GraphList::wait_until_free() const
{
    for (;;) {
        const auto wait = graph_.unhurried_free_at(as_.page_id) - Instant::now();
        if (wait <= 0us) return true;
        if (wait > patience) return false;
        std::this_thread::sleep_for(wait);
    }
}

bool GraphList::halve_limit()
{
    if (ask_.limit <= 1) return false;
    ask_.limit /= 2;
    auto smaller = with_limit(*address_, ask_.limit);
    if (!smaller) return false;
    address_ = *std::move(smaller);
    return true;
}

}  // namespace leadcrm::meta
