#include "meta-simulator/login/dialog.hpp"

#include "meta-simulator/graph/meta_text.hpp"
#include "meta-simulator/login/login_rules.hpp"

#include <sstream>

namespace leadcrm::simulator {

namespace {

constexpr std::string_view style =
    "body{font:16px/1.5 sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem}"
    "fieldset{border:1px solid #ccd;border-radius:8px;margin:0 0 1rem}"
    "label{display:block;padding:.25rem 0}button{font:inherit;padding:.5rem 1rem;margin-right:1rem}";

std::string escaped(std::string_view text)
{
    std::string html;
    for (const char c : text) {
        if (c == '&')
            html += "&amp;";
        else if (c == '<')
            html += "&lt;";
        else if (c == '"')
            html += "&quot;";
        else
            html += c;
    }
    return html;
}

http::Response page(int status, const std::string& body)
{
    return {.status = status,
        .content_type = "text/html; charset=utf-8",
        .body = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Simulated "
                "Facebook</title><meta name=\"viewport\" content=\"width=device-width\"><style>"
            + std::string(style) + "</style></head><body><main>" + body + "</main></body></html>",
        .headers = {{"Cache-Control", "no-store"}}};
}

DialogAsk read_dialog_ask(const State& state, const http::Request& request)
{
    const auto text = [&](const char* name) { return request.query_value(name).value_or(""); };
    DialogAsk ask{.client_id = text("client_id"),
        .redirect_uri = text("redirect_uri"),
        .state = text("state"),
        .config_id = text("config_id"),
        .asks_again = text("auth_type") == "rerequest"};
    const auto& configurations = state.login.settings.configurations;
    if (const auto found = configurations.find(ask.config_id); found != configurations.end()) {
        ask.scopes = found->second.scopes;
        return ask;
    }
    std::istringstream parts(text("scope"));
    for (std::string scope; std::getline(parts, scope, ',');)
        if (!scope.empty()) ask.scopes.push_back(scope);
    return ask;
}

// The same address for somebody else.
std::string address_as(const http::Request& request, const std::string& member_id)
{
    std::string query;
    for (const auto& [name, text] : http::parse_form(request.query))
        if (name != "as") query += percent_encoded(name) + "=" + percent_encoded(text) + "&";
    return request.path + "?" + query + "as=" + member_id;
}

std::string tick_box(
    const std::string& name, const std::string& value, const std::string& label, bool ticked = true)
{
    return "<label><input type=\"checkbox\" name=\"" + name + "\" value=\"" + escaped(value) + "\""
        + (ticked ? " checked" : "") + "> " + escaped(label) + "</label>";
}

http::Response show_dialog(
    const State& state, const DialogAsk& ask, const Member& who, const http::Request& request)
{
    std::string html = "<h1>Simulated Facebook</h1><p>Logged in as <strong>" + escaped(who.name)
        + "</strong>.</p><p>Someone else:";
    for (const auto& [id, member] : state.login.members)
        if (id != who.id)
            html += " <a href=\"" + escaped(address_as(request, id)) + "\">" + escaped(member.name)
                + "</a>";
    html += "</p><form method=\"post\" action=\"" + escaped(address_as(request, who.id))
        + "\"><fieldset><legend>Pages</legend>";
    for (const auto* shown : pages_of(state, who)) html += tick_box("page", shown->id, shown->name);
    html += "</fieldset><fieldset><legend>What the app may do</legend>";
    for (const auto& scope : scopes_shown(who, ask)) html += tick_box("scope", scope, scope);
    html += "</fieldset><button name=\"answer\" value=\"grant\">Continue</button>"
            "<button name=\"answer\" value=\"deny\">Cancel</button></form>";
    return page(200, html);
}

DialogReply read_reply(const http::Request& request, const std::string& member_id)
{
    DialogReply reply{.member_id = member_id};
    for (const auto& [name, text] : http::parse_form(request.body)) {
        if (name == "answer") reply.granted = text == "grant";
        if (name == "scope") reply.scopes.insert(text);
        if (name == "page") reply.pages.insert(text);
    }
    return reply;
}

http::Response go_to(std::string address)
{
    return {.status = 302,
        .headers = {{"Location", std::move(address)}, {"Cache-Control", "no-store"}}};
}

}  // namespace

bool is_dialog(std::string_view path)
{
    constexpr std::string_view end = "/dialog/oauth";
    if (!path.ends_with(end)) return false;
    path.remove_suffix(end.size());
    return path.empty() || path.starts_with("/v");
}

http::Response answer_dialog(State& state, const http::Request& request)
{
    const auto ask = read_dialog_ask(state, request);
    if (const auto why = refusal_of(state, ask))
        return page(400, "<h1>Simulated Facebook</h1><p role=\"alert\">" + escaped(*why) + "</p>");
    const Member* who =
        state.login.find(request.query_value("as").value_or(state.login.settings.person_id));
    if (!who) return page(404, "<h1>Simulated Facebook</h1><p>There is no such person.</p>");
    if (request.method == "POST")
        return go_to(close_dialog(state, ask, read_reply(request, who->id)));
    if (state.login.settings.answer == DialogAnswer::ask)
        return show_dialog(state, ask, *who, request);
    return go_to(close_dialog(state, ask, automatic_reply(state, ask)));
}

}  // namespace leadcrm::simulator
