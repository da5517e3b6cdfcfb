#include "accounts/session_cookie.hpp"

#include "accounts/device.hpp"
#include "accounts/passkey_challenge.hpp"
#include "accounts/session_length.hpp"

namespace leadcrm::accounts {
namespace {

std::string device_cookie_name(bool secure)
{
    return secure ? "__Host-leadcrm_device" : "leadcrm_device";
}

std::string passkey_cookie_name(bool secure)
{
    return secure ? "__Host-leadcrm_passkey" : "leadcrm_passkey";
}

std::pair<std::string, std::string> cookie(
    const std::string& name, const std::string& value, bool secure, std::chrono::seconds max_age)
{
    auto text = name + "=" + value
        + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(max_age.count());
    if (secure) text += "; Secure";
    return {"Set-Cookie", std::move(text)};
}

}  // namespace

std::string cookie_name(bool secure)
{
    return secure ? "__Host-leadcrm_session" : "leadcrm_session";
}

std::pair<std::string, std::string> device_cookie(const std::string& token, bool secure)
{
    return cookie(device_cookie_name(secure), token, secure, device_length);
}

std::pair<std::string, std::string> passkey_cookie(const std::string& token, bool secure)
{
    return cookie(passkey_cookie_name(secure), token, secure, challenge_length);
}

std::vector<std::pair<std::string, std::string>> session_cookies(
    const SignedIn& signed_in, bool secure)
{
    std::vector<std::pair<std::string, std::string>> cookies{
        cookie(cookie_name(secure), signed_in.token, secure, session_length)};
    if (!signed_in.device_token.empty())
        cookies.push_back(device_cookie(signed_in.device_token, secure));
    return cookies;
}

std::pair<std::string, std::string> no_session_cookie(bool secure)
{
    return cookie(cookie_name(secure), "", secure, {});
}

Visitor visitor_of(const http::Request& request, bool secure)
{
    return {request.client_address, std::string(request.header("User-Agent").value_or("")),
        request.cookie(device_cookie_name(secure)).value_or(""),
        request.cookie(cookie_name(secure)).value_or(""),
        request.cookie(passkey_cookie_name(secure)).value_or(""),
        letters::preferred_language(request.header("Accept-Language").value_or(""))};
}

}  // namespace leadcrm::accounts
