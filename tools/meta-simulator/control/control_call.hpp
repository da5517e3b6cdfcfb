// What the control API's handlers are made of: a call, taken apart, and how a request body changes
// a described struct.
#pragma once

#include "meta-simulator/state.hpp"
#include "platform/json/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::simulator {

struct ControlCall {
    const http::Request& request;
    std::vector<std::string> path;  // behind /_control
    json::value body;  // {} when there is none

    // The last part of the path: the id of a page, a form, a fault.
    const std::string& id() const { return path.back(); }
};

// `current` with the members that the body has. Everything wrong with them is one Failure.
template <class T>
T changed(const T& current, const json::value& body)
{
    if (!body.is_object()) throw Failure::malformed("Please send a JSON object.");
    auto tree = json::parse(json::text_of(current));
    for (const auto& [name, member] : body.get_object()) tree.get_object()[name] = member;
    return json::read<T>(tree);
}

// Handlers: JSON text out. Called with the state locked; throw Failure.
// control_state.cpp: looking.
std::string show_state(State& state, const ControlCall& call);
std::string show_deliveries(State& state, const ControlCall& call);
std::string show_calls(State& state, const ControlCall& call);
std::string show_leads(State& state, const ControlCall& call);
// control_world.cpp: what exists.
std::string make_page(State& state, const ControlCall& call);
std::string change_page(State& state, const ControlCall& call);
std::string rename_thing(State& state, const ControlCall& call);
std::string make_app(State& state, const ControlCall& call);
std::string make_form(State& state, const ControlCall& call);
std::string change_form_status(State& state, const ControlCall& call);
std::string make_leads(State& state, const ControlCall& call);
std::string delete_leads(State& state, const ControlCall& call);
std::string update_lead(State& state, const ControlCall& call);
std::string change_token(State& state, const ControlCall& call);
std::string renew_token(State& state, const ControlCall& call);
std::string move_clock(State& state, const ControlCall& call);
// control_login.cpp: people and the dialog.
std::string change_login(State& state, const ControlCall& call);
std::string show_people(State& state, const ControlCall& call);
std::string make_person(State& state, const ControlCall& call);
std::string change_person(State& state, const ControlCall& call);
// control_behaviour.cpp: how it behaves.
std::string set_rate(State& state, const ControlCall& call);
std::string change_graph(State& state, const ControlCall& call);
std::string change_webhook(State& state, const ControlCall& call);
std::string send_dashboard_test(State& state, const ControlCall& call);
std::string hurry_webhooks(State& state, const ControlCall& call);
std::string show_faults(State& state, const ControlCall& call);
std::string add_fault(State& state, const ControlCall& call);
std::string remove_faults(State& state, const ControlCall& call);
std::string throttle(State& state, const ControlCall& call);
std::string end_throttling(State& state, const ControlCall& call);

}  // namespace leadcrm::simulator
