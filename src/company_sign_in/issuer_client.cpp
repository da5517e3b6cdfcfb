#include "company_sign_in/issuer_client.hpp"

#include "platform/json/json.hpp"
#include "platform/net/form.hpp"

#include <algorithm>

namespace leadcrm::company_sign_in {
namespace {

constexpr std::chrono::seconds connect_max{3};
constexpr std::chrono::seconds time_max{6};
constexpr std::size_t answer_max = std::size_t(256) * 1024;

boost::json::object object_of(const net::Answer& answer, const char* what)
{
    try {
        auto tree = json::parse(answer.body);
        if (tree.is_object()) return std::move(tree.as_object());
    } catch (const Failure&) {  // said below
    }
    throw Refused(Trouble::issuer_incomplete, std::string(what) + " is no JSON object");
}

std::string text_in(const boost::json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

// What a list of the discovery says; what it does not say goes by its default.
bool lists(const boost::json::object& object, std::string_view name, std::string_view word,
    bool when_absent)
{
    const auto* value = object.if_contains(name);
    if (!value || !value->is_array()) return when_absent;
    const auto& all = value->as_array();
    return std::any_of(all.begin(), all.end(),
        [&](const auto& each) { return each.is_string() && each.as_string() == word; });
}

std::string without_slash(std::string text)
{
    if (text.ends_with('/')) text.pop_back();
    return text;
}

}  // namespace

net::Answer IssuerClient::call(net::Request request) const
{
    request.connect_max = connect_max;
    request.time_max = time_max;
    request.answer_max = answer_max;
    request.public_only = !settings_.allows_private;
    request.headers.emplace_back("Accept", "application/json");
    auto answer = net_.fetch(std::move(request));
    if (answer.status == 0) throw Refused(Trouble::issuer_unreachable, answer.trouble);
    return answer;
}

std::string IssuerClient::endpoint(const std::string& url, const char* name) const
{
    const bool is_safe = url.starts_with("https://");
    if (!is_safe && !(settings_.allows_private && url.starts_with("http://")))
        throw Refused(Trouble::issuer_incomplete, std::string(name) + " is no https:// address");
    return url;
}

Discovery IssuerClient::discover(const Issuer& issuer) const
{
    const auto answer =
        call({.url = without_slash(issuer.issuer) + "/.well-known/openid-configuration"});
    if (answer.status != 200)
        throw Refused(Trouble::issuer_unreachable, "HTTP " + std::to_string(answer.status));
    const auto found = object_of(answer, "the configuration");
    Discovery discovery;
    discovery.issuer = text_in(found, "issuer");
    if (without_slash(discovery.issuer) != without_slash(issuer.issuer))
        throw Refused(Trouble::issuer_mismatch, discovery.issuer);
    discovery.authorization_endpoint =
        endpoint(text_in(found, "authorization_endpoint"), "authorization_endpoint");
    discovery.token_endpoint = endpoint(text_in(found, "token_endpoint"), "token_endpoint");
    discovery.jwks_uri = endpoint(text_in(found, "jwks_uri"), "jwks_uri");
    constexpr auto methods = "token_endpoint_auth_methods_supported";
    discovery.takes_secret_in_body = !lists(found, methods, "client_secret_basic", true)
        && lists(found, methods, "client_secret_post", false);
    discovery.has_pkce = lists(found, "code_challenge_methods_supported", "S256", true);
    return discovery;
}

crypto::JsonWebKeys IssuerClient::keys(const Discovery& discovery) const
{
    const auto answer = call({.url = discovery.jwks_uri});
    if (answer.status != 200)
        throw Refused(
            Trouble::issuer_unreachable, "its keys: HTTP " + std::to_string(answer.status));
    try {
        auto keys = crypto::JsonWebKeys::parse(answer.body);
        if (!keys.empty()) return keys;
    } catch (const Failure&) {  // said below
    }
    throw Refused(Trouble::issuer_incomplete, "no key for RS256 or ES256");
}

std::string IssuerClient::redeem(
    const Issuer& issuer, const Discovery& discovery, const Code& code) const
{
    net::Parameters form{{"grant_type", "authorization_code"}, {"code", code.code},
        {"redirect_uri", callback_url(settings_)}, {"code_verifier", code.verifier}};
    net::Request request{.method = "POST", .url = discovery.token_endpoint};
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    if (discovery.takes_secret_in_body) {
        form.emplace_back("client_id", issuer.client_id);
        form.emplace_back("client_secret", issuer.client_secret);
    } else {
        request.headers.emplace_back("Authorization",
            "Basic "
                + crypto::base64(net::percent_encoded(issuer.client_id) + ":"
                    + net::percent_encoded(issuer.client_secret)));
    }
    request.body = net::form_text(form);
    const auto answer = call(std::move(request));
    if (answer.status == 200) {
        auto token = text_in(object_of(answer, "the answer to a code"), "id_token");
        if (token.empty()) throw Refused(Trouble::issuer_incomplete, "no id_token");
        return token;
    }
    const auto why = text_in(object_of(answer, "the answer to a code"), "error");
    throw Refused(why == "invalid_client" || why == "unauthorized_client" ? Trouble::secret_refused
                                                                          : Trouble::code_refused,
        why);
}

}  // namespace leadcrm::company_sign_in
