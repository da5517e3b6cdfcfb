// Ana, an owner, at her browser, and the ways of a browser with a passkey, for tests.
#pragma once

#include "accounts/passkey.hpp"
#include "accounts/testing/account_site.hpp"
#include "accounts/testing/passkey_device.hpp"
#include "accounts/totp.hpp"
#include "audit/audit.hpp"

#include <string>
#include <vector>

namespace leadcrm::testing {

std::string text_in(const Answer& answer, const char* member);

struct PasskeySite : AccountSite {
    HttpClient ana = browser();
    const std::string email = "ana@acme.example";
    const std::string password = "correct horse battery";

    PasskeySite();

    Answer register_at(HttpClient& from, const std::string& address);
    // `besides`: what is given besides the password.
    Answer sign_in(HttpClient& from, const boost::json::object& besides = {});

    Answer begin(HttpClient& from, const boost::json::object& besides = {});
    Answer add(HttpClient& from, PasskeyDevice& device, const std::string& name = "Phone",
        const boost::json::object& besides = {});
    std::vector<boost::json::object> passkeys();
    // `besides`: what is given besides the password.
    Answer remove(HttpClient& from, std::size_t index = 0, const boost::json::object& besides = {});

    // The challenge that the browser is asked, and the whole way in.
    std::string question(HttpClient& from);
    Answer sign_in_with(HttpClient& from, const PasskeyDevice& device, Saying saying = {});

    // An authenticator app, for whoever signs in with `from`. Returns its secret.
    std::string set_up_app(HttpClient& from);

    void need_second_factor(bool is_needed = true);
    std::int64_t letters(const std::string& notice);
    // How often the audit log of Ana's organization has it, once it is there `times`: refusals are
    // written behind the answer.
    std::int64_t recorded(const std::string& action, std::int64_t times,
        audit::Outcome outcome = audit::Outcome::done);
};

}  // namespace leadcrm::testing
