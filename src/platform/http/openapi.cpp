#include "platform/http/openapi.hpp"

#include "platform/http/idempotency.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

namespace leadcrm::http {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::string_view api_prefix = "/api/";
constexpr std::string_view version_prefix = "/api/v1/";

// "patch_leads_by_id" of PATCH /api/v1/leads/{id}: stays as long as the address does.
std::string operation_id(const Route& route)
{
    std::string id;
    for (const char c : route.method) id += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    std::string_view rest = route.path;
    rest.remove_prefix(
        rest.starts_with(version_prefix) ? version_prefix.size() : api_prefix.size());
    while (!rest.empty()) {
        const auto word = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        const bool is_parameter = word.starts_with('{');
        id += is_parameter ? "_by_" : "_";
        for (const char c : is_parameter ? word.substr(1, word.size() - 2) : word)
            id += c == '.' || c == '-' ? '_' : c;
    }
    return id;
}

std::string tag_of(const Route& route)
{
    std::string_view rest = route.path;
    if (!rest.starts_with(version_prefix)) return "api";
    rest.remove_prefix(version_prefix.size());
    return std::string(rest.substr(0, rest.find('/')));
}

bool is_in_path(const Route& route, std::string_view name)
{
    return route.path.find("{" + std::string(name) + "}") != std::string::npos;
}

// A parameter that is left out is not there; it is never null.
value without_null(value schema)
{
    auto& members = schema.as_object();
    if (auto* type = members.if_contains("type"); type && type->is_array())
        *type = value(type->as_array().front());
    if (auto* choices = members.if_contains("enum")) {
        auto& list = choices->as_array();
        list.erase(std::remove(list.begin(), list.end(), value(nullptr)), list.end());
    }
    if (const auto* either = members.if_contains("anyOf")) return value(either->as_array().front());
    return schema;
}

// A schema of components by its reference.
std::string name_in(const value& reference)
{
    const auto text = std::string(reference.at("$ref").as_string());
    return text.substr(text.rfind('/') + 1);
}

class Description {
public:
    explicit Description(std::string_view session_cookie)
    {
        object session{{"type", "apiKey"}, {"in", "cookie"}, {"name", session_cookie}};
        object key{{"type", "http"}, {"scheme", "bearer"}};
        components_["securitySchemes"] = {
            {"session", std::move(session)}, {"api_key", std::move(key)}};
        object field_error{{"type", "object"}, {"required", {"field", "code", "message"}},
            {"properties",
                {{"field", {{"type", "string"}}}, {"code", {{"type", "string"}}},
                    {"message", {{"type", "string"}}}}}};
        object problem{{"type", "object"},
            {"required", {"type", "title", "status", "detail", "request_id"}},
            {"properties",
                {{"type", {{"type", "string"}}}, {"title", {{"type", "string"}}},
                    {"status", {{"type", "integer"}}}, {"detail", {{"type", "string"}}},
                    {"request_id", {{"type", "string"}}},
                    {"errors",
                        {{"type", "array"},
                            {"items", {{"$ref", "#/components/schemas/FieldError"}}}}}}}};
        schemas_["FieldError"] = std::move(field_error);
        schemas_["Problem"] = std::move(problem);
        components_["responses"] = {{"Problem",
            {{"description", "What went wrong, in words a person understands."},
                {"content",
                    {{"application/problem+json",
                        {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}};
    }

    void add(const Route& route)
    {
        object operation{{"operationId", operation_id(route)}, {"summary", route.endpoint.summary},
            {"tags", {tag_of(route)}}};
        if (!route.endpoint.description.empty())
            operation["description"] = route.endpoint.description;
        const auto right = route.endpoint.right;
        operation["x-right"] = boost::describe::enum_to_string(right, "");
        if (!route.endpoint.feature.empty()) operation["x-feature"] = route.endpoint.feature;
        operation["security"] = right == Right::everybody
            ? array{}
            : array{{{"session", array{}}}, {{"api_key", array{}}}};

        array parameters;
        std::vector<int> refusals;
        if (right != Right::everybody) refusals = {401, 403};
        if (route.shape.members)
            describe_ask(route, operation, parameters, refusals);
        else
            add_plain_path(route, parameters);
        if (route.shape.is_upload) {
            operation["requestBody"] = {{"required", true},
                {"content",
                    {{"text/csv", {{"schema", {{"type", "string"}, {"format", "binary"}}}}},
                        {"multipart/form-data",
                            {{"schema",
                                {{"type", "object"},
                                    {"properties",
                                        {{"file",
                                            {{"type", "string"}, {"format", "binary"}}}}}}}}}}}};
            refusals.insert(refusals.end(), {413, 415, 422});
        }
        if (is_repeatable(route)) {
            parameters.push_back({{"name", "Idempotency-Key"}, {"in", "header"},
                {"required", false},
                {"description",
                    "Up to 255 characters. The same request with the same key within a day gets the "
                    "same answer and does nothing."},
                {"schema", {{"type", "string"}}}});
            refusals.insert(refusals.end(), {400, 409, 422});
        }
        if (std::holds_alternative<Route::Stream>(route.run))
            parameters.push_back({{"name", "Last-Event-ID"}, {"in", "header"}, {"required", false},
                {"description", "The number of the last event that was seen."},
                {"schema", {{"type", "string"}}}});
        if (!parameters.empty()) operation["parameters"] = std::move(parameters);
        operation["responses"] = responses(route, refusals);

        std::string method;
        for (const char c : route.method) method += static_cast<char>(c + 32);
        if (!paths_.contains(route.path)) paths_[route.path] = object{};
        paths_[route.path].as_object()[method] = std::move(operation);
    }

    std::string text(const ApiFacts& facts) &&
    {
        components_["schemas"] = std::move(schemas_);
        const object whole{{"openapi", "3.1.0"},
            {"info", {{"title", "Lead CRM API"}, {"version", facts.version}}},
            {"x-roles", facts.roles}, {"x-audit-actions", facts.audit_actions},
            {"paths", std::move(paths_)}, {"components", std::move(components_)}};
        return boost::json::serialize(whole);
    }

private:
    static void add_plain_path(const Route& route, array& parameters)
    {
        std::string_view rest = route.path;
        for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
            const auto close = rest.find('}', open);
            parameters.push_back({{"name", rest.substr(open + 1, close - open - 1)}, {"in", "path"},
                {"required", true}, {"schema", {{"type", "string"}}}});
            rest.remove_prefix(close + 1);
        }
    }

    void describe_ask(
        const Route& route, object& operation, array& parameters, std::vector<int>& refusals)
    {
        object met;
        const auto name = name_in(route.shape.ask(met));
        object schema = std::move(met.at(name).as_object());
        met.erase(name);
        met.erase("IfMatch");
        for (auto& [other, other_schema] : met) {
            schemas_[other] = std::move(other_schema);
            asked_.emplace(other);
        }

        const bool has_body_members = take_parameters(route, schema, parameters, refusals);
        if (!parameters.empty() || has_body_members) refusals.insert(refusals.end(), {400, 422});
        if (!has_body_members) return;
        refusals.insert(refusals.end(), {413, 415});
        schema["additionalProperties"] = false;
        schemas_[name] = std::move(schema);
        object reference{{"$ref", "#/components/schemas/" + name}};
        operation["requestBody"] = {{"required", true},
            {"content", {{"application/json", {{"schema", std::move(reference)}}}}}};
    }

    // Takes what comes by path, query or header out of the schema. True when a body is left.
    static bool take_parameters(
        const Route& route, object& schema, array& parameters, std::vector<int>& refusals)
    {
        auto& properties = schema.at("properties").as_object();
        const auto take = [&](const AskMember& member, std::string_view where,
                              std::string_view name, value member_schema, bool is_required) {
            object parameter{{"name", name}, {"in", where}, {"required", is_required},
                {"schema", without_null(std::move(member_schema))}};
            if (member.is_list) parameter["explode"] = false;
            parameters.push_back(std::move(parameter));
            properties.erase(member.name);
            if (auto* required = schema.if_contains("required")) {
                auto& names = required->as_array();
                names.erase(
                    std::remove(names.begin(), names.end(), value(member.name)), names.end());
                if (names.empty()) schema.erase("required");
            }
        };
        const bool by_query = route.ask_source() == AskSource::query;
        for (const auto& member : route.shape.members()) {
            const auto found = properties.at(member.name);
            if (member.is_if_match) {
                take(member, "header", "If-Match", {{"type", "string"}}, !member.is_optional);
                refusals.insert(refusals.end(), {412, 428});
            } else if (is_in_path(route, member.name)) {
                take(member, "path", member.name, found, true);
                refusals.push_back(404);
            } else if (by_query) {
                take(member, "query", member.name, found, !member.is_optional && !member.is_list);
            }
        }
        return !properties.empty();
    }

    // Answers leave nothing out: what is not known is null. So all members of their structs are
    // required, unless somebody may send the same struct.
    value answer_schema(const Route& route)
    {
        object met;
        auto schema = route.shape.answer(met);
        for (auto& [name, met_schema] : met) {
            if (asked_.contains(std::string(name))) continue;
            auto& members = met_schema.as_object();
            if (const auto* properties = members.if_contains("properties")) {
                array all;
                for (const auto& property : properties->as_object())
                    all.emplace_back(property.key());
                if (!all.empty()) members["required"] = std::move(all);
            }
            schemas_[name] = std::move(met_schema);
        }
        return schema;
    }

    static object files_of(const std::vector<std::string>& types)
    {
        object content;
        for (const auto& type : types) content[type] = {{"schema", {{"type", "string"}}}};
        return content;
    }

    object responses(const Route& route, std::vector<int> refusals)
    {
        object answers;
        object success{{"description", "Done."}};
        int status = route.endpoint.success;
        if (route.shape.answer)
            success["content"] = {{"application/json", {{"schema", answer_schema(route)}}}};
        else if (route.shape.is_download)
            success["content"] = files_of(route.endpoint.file_types);
        else if (std::holds_alternative<Route::Stream>(route.run))
            success["content"] = {{"text/event-stream", {{"schema", {{"type", "string"}}}}}};
        else if (route.shape.members)
            status = 204;
        answers[std::to_string(status)] = std::move(success);
        const object problem{{"$ref", "#/components/responses/Problem"}};
        std::sort(refusals.begin(), refusals.end());
        for (const int refusal : refusals) answers[std::to_string(refusal)] = problem;
        answers["default"] = problem;
        return answers;
    }

    object paths_;
    object schemas_;
    std::set<std::string> asked_;  // the schemas that are parts of requests
    object components_;
};

}  // namespace

std::string openapi_text(const Routes& routes, const ApiFacts& facts)
{
    Description description(facts.session_cookie);
    for (const auto& route : routes.all())
        if (route.path.starts_with(api_prefix)) description.add(route);
    return std::move(description).text(facts);
}

void add_openapi_route(Routes& routes, const ApiFacts& facts)
{
    auto text = std::make_shared<std::string>();
    routes.raw("GET", "/api/openapi.json",
        [text](const Request&, const Respond& respond) {
            respond({200, "application/json", *text, {{"Cache-Control", "no-cache"}}});
        },
        {"This description", Right::everybody});
    *text = openapi_text(routes, facts);
}

}  // namespace leadcrm::http
