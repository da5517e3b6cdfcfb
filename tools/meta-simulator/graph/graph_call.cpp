#include "meta-simulator/graph/graph_call.hpp"

#include "meta-simulator/graph/graph_error.hpp"
#include "meta-simulator/graph/meta_text.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace leadcrm::simulator {

namespace {

bool is_version(std::string_view part)
{
    return part.size() >= 4 && part[0] == 'v' && std::isdigit(static_cast<unsigned char>(part[1]))
        && part.find('.') != part.npos;
}

void take_path(GraphCall& call, std::string_view path)
{
    while (!path.empty()) {
        const auto slash = path.find('/');
        const auto part = path.substr(0, slash);
        path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
        if (part.empty()) continue;
        if (call.path.empty() && call.asked_version.empty() && is_version(part))
            call.asked_version = part;
        else
            call.path.emplace_back(part);
    }
}

void take_form(GraphCall& call, std::string_view text)
{
    for (auto& [name, value] : http::parse_form(text)) call.parameters[name] = std::move(value);
}

void take_json(GraphCall& call, std::string_view text)
{
    boost::system::error_code error;
    const auto tree = boost::json::parse(text, error);
    if (error || !tree.is_object()) throw invalid_parameter("The body is no JSON object");
    for (const auto& [name, member] : tree.get_object()) {
        if (member.is_null()) continue;
        call.parameters[name] =
            member.is_string() ? std::string(member.get_string()) : meta_json(member, false);
    }
}

// The parts of multipart/form-data that have no file name.
void take_multipart(GraphCall& call, std::string_view body, std::string_view boundary)
{
    const std::string mark = "--" + std::string(boundary);
    for (auto begin = body.find(mark); begin != body.npos;) {
        begin += mark.size();
        const auto end = body.find("\r\n" + mark, begin);
        if (end == body.npos) return;
        const auto part = body.substr(begin, end - begin);
        const auto name_at = part.find(" name=\"");
        const auto text_at = part.find("\r\n\r\n");
        if (name_at != part.npos && text_at != part.npos && name_at < text_at) {
            const auto name = part.substr(name_at + 7);
            call.parameters[std::string(name.substr(0, name.find('"')))] = part.substr(text_at + 4);
        }
        begin = end + 2;
    }
}

void take_body(GraphCall& call, const http::Request& request)
{
    if (request.body.empty()) return;
    const std::string_view type = request.header("Content-Type").value_or("");
    if (type.starts_with("application/json")) return take_json(call, request.body);
    constexpr std::string_view boundary_key = "boundary=";
    const auto boundary = type.find(boundary_key);
    if (type.starts_with("multipart/form-data") && boundary != type.npos)
        return take_multipart(call, request.body, type.substr(boundary + boundary_key.size()));
    take_form(call, request.body);
}

// The token leaves the parameters, so that no link or log repeats it by accident.
void take_token(GraphCall& call)
{
    const auto found = call.parameters.find("access_token");
    if (found == call.parameters.end()) return;
    call.token = std::move(found->second);
    call.parameters.erase(found);
}

void honour_method_parameter(GraphCall& call)
{
    const auto found = call.parameters.find("method");
    if (call.method != "POST" || found == call.parameters.end()) return;
    call.method = found->second;
    std::ranges::transform(
        call.method, call.method.begin(), [](unsigned char c) { return std::toupper(c); });
    call.parameters.erase(found);
}

}  // namespace

std::optional<std::string> GraphCall::parameter(const std::string& name) const
{
    const auto found = parameters.find(name);
    if (found == parameters.end()) return std::nullopt;
    return found->second;
}

std::optional<json::value> GraphCall::json_parameter(const std::string& name) const
{
    const auto text = parameter(name);
    if (!text) return std::nullopt;
    boost::system::error_code error;
    auto tree = boost::json::parse(*text, error);
    if (error) throw invalid_parameter("Param " + name + " must be valid JSON.");
    return tree;
}

GraphCall read_call(const http::Request& request)
{
    GraphCall call{.method = request.method};
    const auto host = request.header("Host").value_or("graph.facebook.com");
    call.origin = (request.secure ? "https://" : "http://") + std::string(host);
    take_path(call, request.path);
    take_form(call, request.query);
    call.token_in_query = call.parameters.contains("access_token");
    take_body(call, request);

    constexpr std::string_view bearer = "Bearer ";
    constexpr std::string_view oauth = "OAuth ";
    const auto credentials = request.header("Authorization").value_or("");
    for (const auto scheme : {bearer, oauth})
        if (credentials.starts_with(scheme)) call.token = credentials.substr(scheme.size());
    take_token(call);
    honour_method_parameter(call);
    return call;
}

GraphCall read_element(const GraphCall& around, const json::object& element)
{
    const auto text_of = [&](std::string_view name) -> std::string {
        const auto* member = element.if_contains(name);
        return member && member->is_string() ? std::string(member->get_string()) : std::string();
    };
    GraphCall call{.method = text_of("method")};
    if (call.method.empty()) call.method = "GET";
    call.origin = around.origin;
    call.token = around.token;
    call.token_in_query = around.token_in_query;

    const auto url = text_of("relative_url");
    const auto question = url.find('?');
    take_path(call, url.substr(0, question));
    if (call.asked_version.empty()) call.asked_version = around.asked_version;
    if (question != url.npos) take_form(call, std::string_view(url).substr(question + 1));
    take_form(call, text_of("body"));
    take_token(call);
    const auto proof = around.parameter("appsecret_proof");
    if (proof && call.token == around.token) call.parameters.try_emplace("appsecret_proof", *proof);
    return call;
}

}  // namespace leadcrm::simulator
