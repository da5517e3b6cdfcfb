// The control API's looking part: what there is and what happened.
#include "meta-simulator/control/control_call.hpp"

#include <algorithm>
#include <charconv>

namespace leadcrm::simulator {

namespace {

struct ShownForm {
    std::string id;
    std::string name;
    std::string status;
    std::string locale;
    std::int64_t leads = 0;
};
BOOST_DESCRIBE_STRUCT(ShownForm, (), (id, name, status, locale, leads))

struct ShownPage {
    std::string id;
    std::string name;
    std::string country;
    std::string token;
    std::string token_state;  // "alive", or the error it gets: "190/460"
    bool sees_ads = true;
    LeadsAccess leads_access = LeadsAccess::granted;
    std::vector<std::string> subscribed_fields;
    double weight = 1;
    std::vector<ShownForm> forms;
};
BOOST_DESCRIBE_STRUCT(ShownPage, (),
    (id, name, country, token, token_state, sees_ads, leads_access, subscribed_fields, weight,
        forms))

struct ShownState {
    Instant now;
    std::string app_id;
    std::string user_token;
    double leads_per_second = 0;
    DeliveryCounts deliveries;
    std::int64_t graph_calls = 0;
    std::map<std::string, std::int64_t> calls_by_endpoint;
    std::map<std::string, std::int64_t> calls_by_error;
    std::vector<Fault> faults;
    GraphSettings graph;
    WebhookSettings webhook;
    LoginSettings login;
    std::vector<ShownPage> pages;
};
BOOST_DESCRIBE_STRUCT(ShownState, (),
    (now, app_id, user_token, leads_per_second, deliveries, graph_calls, calls_by_endpoint,
        calls_by_error, faults, graph, webhook, login, pages))

struct ShownLead {
    std::string id;
    std::string form_id;
    std::string page_id;
    Instant created_time;
    bool is_test = false;
};
BOOST_DESCRIBE_STRUCT(ShownLead, (), (id, form_id, page_id, created_time, is_test))

ShownPage shown(World& world, const Page& page)
{
    const auto& token = world.token_of(page.id);
    ShownPage shown{.id = page.id,
        .name = page.name,
        .country = page.country,
        .token = token.text,
        .token_state = token.is_dead ? "190/" + std::to_string(token.subcode) : "alive",
        .sees_ads = token.sees_ads,
        .leads_access = page.leads_access,
        .subscribed_fields = {page.subscribed_fields.begin(), page.subscribed_fields.end()},
        .weight = page.weight};
    for (const auto& id : page.form_ids) {
        const auto& form = world.forms.at(id);
        shown.forms.push_back({form.id, form.name, form.status, form.locale,
            static_cast<std::int64_t>(form.leads.size())});
    }
    return shown;
}

std::size_t limit_of(const ControlCall& call, std::size_t limit)
{
    const auto text = call.request.query_value("limit").value_or("");
    std::from_chars(text.data(), text.data() + text.size(), limit);
    return limit;
}

template <class List>
std::string data_of(const List& list)
{
    return R"({"data":)" + json::text_of(list) + "}";
}

}  // namespace

std::string show_state(State& state, const ControlCall&)
{
    ShownState shown_state{.now = state.clock.now(),
        .app_id = state.world.app_id,
        .user_token = "EAASIMUSER1",
        .leads_per_second = state.rate.per_second(),
        .deliveries = state.outbox.counts(),
        .graph_calls = state.calls.total,
        .calls_by_endpoint = state.calls.by_endpoint,
        .calls_by_error = state.calls.by_error,
        .faults = state.faults.list(),
        .graph = state.graph,
        .webhook = state.webhook,
        .login = state.login.settings};
    for (const auto& [id, page] : state.world.pages)
        shown_state.pages.push_back(shown(state.world, page));
    return json::text_of(shown_state);
}

std::string show_deliveries(State& state, const ControlCall& call)
{
    std::optional<DeliveryState> only;
    if (const auto text = call.request.query_value("state")) {
        DeliveryState named{};
        if (!boost::describe::enum_from_string(text->c_str(), named))
            throw Failure::invalid("state", "unknown", "There is no such state of a delivery.");
        only = named;
    }
    return data_of(state.outbox.newest(limit_of(call, 50), only));
}

std::string show_calls(State& state, const ControlCall& call)
{
    const auto& newest = state.calls.newest;
    const auto count = std::min(limit_of(call, 50), newest.size());
    return data_of(std::vector<LoggedCall>(
        newest.begin(), newest.begin() + static_cast<std::ptrdiff_t>(count)));
}

std::string show_leads(State& state, const ControlCall& call)
{
    const auto page_id = call.request.query_value("page_id");
    const auto form_id = call.request.query_value("form_id");
    std::vector<ShownLead> list;
    for (const auto& [id, form] : state.world.forms) {
        if ((page_id && form.page_id != *page_id) || (form_id && id != *form_id)) continue;
        for (const auto* keys : {&form.leads, &form.test_leads})
            for (const auto& key : *keys) {
                const Lead& lead = *state.world.find_lead(key);
                list.push_back({lead.id, lead.form_id, lead.page_id, lead.created, lead.is_test});
            }
    }
    return data_of(list);
}

}  // namespace leadcrm::simulator
