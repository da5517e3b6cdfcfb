#include "accounts/profile_api.hpp"

#include "accounts/account_store.hpp"
#include "accounts/email_change.hpp"
#include "platform/line.hpp"
#include "platform/phone/phone.hpp"

namespace leadcrm::accounts {

struct Profile {
    Line<1, 120> name;
    std::optional<Text<3, 40>> phone;  // none: no phone
    std::optional<Language> language;  // none: as the browser says
    std::optional<TimeZone> time_zone;  // none: as the browser says
};
BOOST_DESCRIBE_STRUCT(Profile, (), (name, phone, language, time_zone))

struct NewAddressToken {
    Text<1, 100> token;
};
BOOST_DESCRIBE_STRUCT(NewAddressToken, (), (token))

namespace {

// A number without a country code is read as one of the organization's country.
http::Nothing change_profile(db::PlatformTx& tx, const http::Caller& caller, const Profile& ask)
{
    std::optional<std::string> number;
    if (ask.phone) {
        const auto organization = store::find_organization(tx, caller.organization_id);
        number = phone::to_e164(
            ask.phone->value, organization && organization->country ? *organization->country : "");
        if (!number)
            throw Failure::invalid("phone", "phone",
                "Please give the number with its country code, such as +34 600 000 000.");
    }
    std::optional<std::string> zone;
    if (ask.time_zone) zone = ask.time_zone->value;
    store::set_profile(tx, caller.user_id, {ask.name.value, number, ask.language, zone});
    return {};
}

}  // namespace

void add_profile_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const Surroundings& surroundings)
{
    using http::Right;
    const Reauthentication reauthentication(database, vault, surroundings);
    api.write("PUT", "/api/v1/me/profile", change_profile,
        {"Change one's own name, phone, language and time zone", Right::own_account,
            "All of them: what is left out is none. Without a language or a time zone the app goes "
            "by the browser's.",
            204});
    api.work("POST", "/api/v1/me/email",
        [&database, reauthentication, surroundings](
            const http::Call& call, const EmailChange& ask) {
            order_email_change(database, reauthentication.demand(call, ask), ask,
                visitor_of(call.request, surroundings), [&](auto& tx) { call.record(tx); });
            return http::Nothing();
        },
        {"Change one's own address", Right::own_account,
            "Asks for the password, and for a code or a passkey of whoever has a second factor. The "
            "address becomes one's own when the link of a letter to it is used; a letter to the "
            "old one tells of it.",
            204});
    api.work("POST", "/api/v1/auth/confirm-new-address",
        [&database](const http::Call&, const NewAddressToken& ask) {
            database.write_platform(
                [&](db::PlatformTx& tx) { confirm_email_change(tx, ask.token.value); });
            return http::Nothing();
        },
        {"Confirm a new address", Right::everybody,
            "With the token from the link of the letter, which works once.", 204});
}

}  // namespace leadcrm::accounts
