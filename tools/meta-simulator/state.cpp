#include "meta-simulator/state.hpp"

namespace leadcrm::simulator {

namespace {

// Meta delivers what both the app and the page are subscribed to.
void announce(State& state, Change change)
{
    const auto& page = state.world.pages.at(change.page_id);
    if (!state.world.app_fields.contains(change.field)
        || !page.subscribed_fields.contains(change.field))
        return;
    state.outbox.announce(std::move(change), state.webhook, state.clock.now(), state.chance);
}

}  // namespace

void announce_lead(State& state, const Lead& lead)
{
    announce(state, lead_change(lead, state.webhook));
}

void announce_update(State& state, const Lead& lead)
{
    announce(state, lead_update_change(lead, state.clock.now()));
}

}  // namespace leadcrm::simulator
