#include "meta/doctor_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;
using enum CheckState;

constexpr auto soon = 14 * 24h;
constexpr auto recent = 30 * 24h;
constexpr auto round_trip_max = 5min;
constexpr auto no_answer = "Facebook did not say. We ask again by ourselves.";

Fix connect_again() { return {FixKind::connect, "Connect Facebook again", std::nullopt}; }
Fix go_to(std::string label, std::string url)
{
    return {FixKind::link, std::move(label), std::move(url)};
}

std::string app_url(const Findings& found, std::string_view part)
{
    return fmt::format("https://developers.facebook.com/apps/{}/{}", found.app_id, part);
}

bool has_problem(const Findings& found, std::string_view code)
{
    return found.page.problem_code == code;
}

Check app_live(const Findings& found, Instant now)
{
    Check check{.code = "app_live", .title = "The Meta app is live"};
    if (found.app_id.empty()) {
        check.state = fail;
        check.detail =
            "No Meta app is set up, so no lead can come in. Set up an app of your own, or ask the "
            "operator of this server for one.";
    } else if (has_problem(found, "operate")) {
        check.state = fail;
        check.detail = found.is_own_app
            ? "Facebook does not accept your Meta app: its id, secret or settings are wrong. "
              "Compare them with what is set here."
            : "Facebook does not accept the Meta app of this server: its id, secret or settings "
              "are wrong. Please tell its operator.";
        check.fix = go_to("Open the app at Meta", app_url(found, "settings/basic/"));
    } else if (found.page.last_lead_at && *found.page.last_lead_at > now - recent) {
        check.state = ok;
        check.detail = "Leads arrive, so the app is live.";
    } else {
        check.detail = "Facebook does not tell whether an app is live. No lead came in the last 30 "
                       "days; look that the app's mode is \"Live\".";
        check.fix = go_to("Open the app at Meta", app_url(found, "dashboard/"));
    }
    return check;
}

Check permissions(const Findings& found)
{
    Check check{.code = "permissions", .title = "All permissions are granted", .detail = no_answer};
    if (!found.token || !found.token->is_valid) return check;
    std::string missing;
    bool is_vital = false;
    int granted = 0;
    for (const auto& scope : scopes) {
        const auto& has = found.token->scopes;
        if (std::find(has.begin(), has.end(), scope.name) != has.end()) {
            ++granted;
            continue;
        }
        missing +=
            fmt::format("{}{} ({})", missing.empty() ? "" : ", ", scope.name, scope.needed_for);
        is_vital = is_vital || scope.is_vital;
    }
    check.figure = fmt::format("{} of {}", granted, scopes.size());
    check.state = missing.empty() ? ok : is_vital ? fail : warn;
    check.detail = "Facebook lets us do everything that is needed.";
    if (missing.empty()) return check;
    check.detail = "Not allowed: " + missing
        + ". Connect Facebook again and leave every permission switched on.";
    check.fix = connect_again();
    return check;
}

Check page_role(const Findings& found)
{
    Check check{.code = "page_role",
        .title = "The person has the right role on the page",
        .detail = "We know the role only when a person connects the page through Facebook."};
    if (found.shown && found.page.person_id == found.shown->person_id) {
        check.state = ok;
        check.detail = "The person who connected the page may advertise for it and add apps to it.";
        for (const auto& lack : missing_of(*found.shown))
            if (lack.kind == Lack::task) {
                check.state = fail;
                check.detail = lack.message;
                check.fix = connect_again();
            }
    }
    return check;
}

Check leads_access(const Findings& found)
{
    Check check{.code = "leads_access", .title = "Leads Access Manager lets us read leads"};
    const auto settings =
        go_to("Open Leads access at Meta", "https://business.facebook.com/settings/leads-accesses");
    if (found.lead_access && !found.lead_access->can_read) {
        check.state = fail;
        check.detail =
            "Leads of this page may not be read by this app. In Meta's Business settings, "
            "under Integrations, Leads access, assign this app and the person who "
            "connected the page. Leads wait here meanwhile.";
        if (!found.lead_access->reason.empty())
            check.detail += " Facebook says: " + found.lead_access->reason;
        check.fix = settings;
    } else if (has_problem(found, "needs_access")) {
        check.state = fail;
        check.detail = found.page.problem_message.value_or("");
        check.fix = settings;
    } else if (found.lead_access) {
        check.state = ok;
        check.detail = "Leads of this page may be read.";
    } else {
        check.detail =
            "Facebook cannot tell for this kind of login. Leads that are read prove it; a "
            "test lead does.";
        check.fix = Fix{FixKind::test_lead, "Send a test lead", std::nullopt};
    }
    return check;
}

Check subscription(const Findings& found)
{
    Check check{
        .code = "subscription", .title = "The page tells us of new leads", .detail = no_answer};
    if (!found.is_subscribed) return check;
    check.state = *found.is_subscribed ? ok : fail;
    check.detail = "The page is subscribed to this app.";
    if (*found.is_subscribed) return check;
    check.detail = "The page is no longer subscribed to this app, so Facebook does not tell us of "
                   "new leads. Subscribe it again; nothing is lost.";
    check.fix = Fix{FixKind::subscribe, "Subscribe the page again", std::nullopt};
    return check;
}

Check webhook(const Findings& found)
{
    Check check{.code = "webhook", .title = "The app's webhook points here", .detail = no_answer};
    if (!found.webhook) return check;
    const auto& hook = *found.webhook;
    check.figure = hook.callback_url.empty() ? std::nullopt : std::optional(hook.callback_url);
    if (hook.is_active && hook.has_leads && hook.callback_url == found.webhook_url) {
        check.state = ok;
        check.detail = "Facebook verified the address and sends leads to it.";
        return check;
    }
    check.state = fail;
    if (hook.callback_url.empty() || !hook.is_active)
        check.detail = "The app has no active webhook for pages.";
    else if (hook.callback_url != found.webhook_url)
        check.detail = "The app's webhook points to another address.";
    else
        check.detail = "The app's webhook is not subscribed to \"leadgen\".";
    check.detail += " At Meta, under Webhooks, Page, set the callback to " + found.webhook_url
        + " and subscribe to \"leadgen\".";
    check.fix = go_to("Open the app's webhooks at Meta", app_url(found, "webhooks/"));
    return check;
}

Check signatures(const Findings& found)
{
    Check check{.code = "signatures", .title = "Deliveries are signed with our secret"};
    const auto& refused = found.refused;
    if (refused && (!found.last_delivery_at || *found.last_delivery_at < refused->last_at)) {
        check.state = warn;
        check.figure = fmt::format("{} refused", refused->count);
        // It may have been anybody: only Meta can sign.
        check.detail = "Since the last genuine delivery something was refused because its "
                       "signature was wrong. It may have been a stranger. If the app secret was "
                       "changed at Meta, the new one must be set here.";
        check.since = refused->last_at;
        check.fix = go_to("Compare the app secret at Meta", app_url(found, "settings/basic/"));
    } else if (found.last_delivery_at) {
        check.state = ok;
        check.detail = "The last delivery was signed as it should be.";
    } else {
        check.detail =
            "Nothing has been delivered yet. A test lead shows whether the signature is right.";
        check.fix = Fix{FixKind::test_lead, "Send a test lead", std::nullopt};
    }
    return check;
}

Check rhythm(const Findings& found)
{
    Check check{.code = "rhythm",
        .title = "Leads come as often as usual",
        .detail = "There are not enough leads yet to know what is usual."};
    if (!found.rhythm) return check;
    check.state = found.rhythm->is_quiet ? warn : ok;
    check.detail = "The time since the last lead is nothing unusual.";
    if (found.rhythm->expected) check.figure = fmt::format("{:.1f}", *found.rhythm->expected);
    if (!found.rhythm->is_quiet) return check;
    check.since = found.rhythm->since;
    check.detail = "The page has been silent for longer than chance explains. Look whether its "
                   "ads still run, and have Facebook's own list read.";
    check.fix = Fix{FixKind::backfill, "Look for missing leads", std::nullopt};
    return check;
}

Check token(const Findings& found, Instant now)
{
    Check check{.code = "token", .title = "Facebook accepts the connection", .detail = no_answer};
    if (found.page.is_disconnected() || (found.token && !found.token->is_valid)) {
        check.state = fail;
        check.detail = found.page.problem_message.value_or(
            "Facebook no longer accepts this page's connection. Connect the page again; "
            "the leads that wait are fetched then.");
        check.fix = connect_again();
        return check;
    }
    if (!found.token) return check;
    auto ends = found.token->expires_at;
    if (const auto& other = found.token->data_access_expires_at; other && (!ends || *other < *ends))
        ends = other;
    check.state = ok;
    check.detail = "The connection works and does not end by itself.";
    if (!ends) return check;
    const auto days = std::chrono::duration_cast<std::chrono::hours>(*ends - now).count() / 24;
    check.figure = fmt::format("{} days", std::max<std::int64_t>(days, 0));
    check.detail = "The connection works until " + rfc3339(*ends).substr(0, 10) + ".";
    if (*ends > now + soon) return check;
    check.state = *ends > now ? warn : fail;
    check.detail = *ends > now ? check.detail + " Connect Facebook again before that day."
                               : "The connection has expired. Connect Facebook again.";
    check.fix = connect_again();
    return check;
}

Check round_trip(const Findings& found, Instant now)
{
    Check check{.code = "round_trip",
        .title = "A test lead comes all the way",
        .fix = Fix{FixKind::test_lead, "Send a test lead", std::nullopt}};
    if (!found.round_trip) {
        check.detail = "No test lead has been sent yet.";
        return check;
    }
    const auto& trip = *found.round_trip;
    if (trip.received_at) {
        const auto took =
            std::max(*trip.received_at - trip.ordered_at, std::chrono::microseconds(0));
        check.state = ok;
        check.figure = fmt::format("{:.1f} s", double(took.count()) / 1e6);
        check.detail = "The last test lead arrived.";
    } else if (now - trip.ordered_at > round_trip_max) {
        check.state = fail;
        check.since = trip.ordered_at;
        check.detail =
            "The last test lead has not arrived. The other checks say why; mend them, then "
            "send another one.";
    } else {
        check.detail = "A test lead is on its way.";
        check.since = trip.ordered_at;
    }
    return check;
}

}  // namespace

std::vector<Check> examine(const Findings& found, Instant now)
{
    return {app_live(found, now), permissions(found), page_role(found), leads_access(found),
        subscription(found), webhook(found), signatures(found), rhythm(found), token(found, now),
        round_trip(found, now)};
}

void keep_since(std::vector<Check>& checks, const std::vector<Check>& before, Instant now)
{
    for (auto& check : checks) {
        if (check.since) continue;
        const auto known = std::find_if(before.begin(), before.end(),
            [&](const Check& other) { return other.code == check.code; });
        const bool is_as_before = known != before.end() && known->state == check.state;
        check.since = is_as_before && known->since ? known->since : std::optional(now);
    }
}

std::vector<std::string> new_troubles(
    const std::vector<Check>& checks, const std::vector<Check>& before)
{
    std::vector<std::string> codes;
    for (const auto& check : checks) {
        const bool is_old = std::any_of(before.begin(), before.end(),
            [&](const Check& other) { return other.code == check.code && other.stops_leads(); });
        if (check.stops_leads() && !is_old) codes.push_back(check.code);
    }
    return codes;
}

}  // namespace leadcrm::meta
