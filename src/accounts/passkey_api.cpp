#include "accounts/passkey_api.hpp"

#include "accounts/passkey.hpp"
#include "accounts/proof.hpp"

namespace leadcrm::accounts {

struct RemovePasskey : Proof {
    PasskeyId id;
};
BOOST_DESCRIBE_STRUCT(RemovePasskey, (Proof), (id))

struct RenamePasskey {
    PasskeyId id;
    Text<1, 60> name;
};
BOOST_DESCRIBE_STRUCT(RenamePasskey, (), (id, name))

namespace {

MyPasskey add(db::Database& database, const http::Call& call, const AddPasskey& ask,
    const RelyingParty& party, const Visitor& visitor)
{
    try {
        return add_passkey(database, call.caller().user_id, ask, party, visitor,
            [&](auto& tx) { call.record(tx); });
    } catch (const PasskeyRefused& refused) {
        throw Failure::conflict("This passkey cannot be used here. Begin anew, and confirm with "
                                "your fingerprint, face or PIN when your device asks.")
            .because(std::string("passkey: ") + refused.what());
    }
}

}  // namespace

void add_passkey_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const Surroundings& surroundings)
{
    using http::Right;
    const auto party = relying_party(surroundings.public_url);
    const Reauthentication reauthentication(database, vault, surroundings);
    api.read("GET", "/api/v1/me/passkeys",
        [](const db::PlatformReader& db, const http::Caller& caller, const http::Nothing&) {
            return http::Page<MyPasskey>{my_passkeys(db, caller.user_id), std::nullopt};
        },
        {"One's own passkeys", Right::own_account});
    api.work("POST", "/api/v1/me/passkeys/challenge",
        [&database, reauthentication, surroundings, party](
            const http::Call& call, const Proof& ask) {
            const auto user = reauthentication.demand(call, ask);
            return database.write_platform([&](db::PlatformTx& tx) {
                call.record(tx);
                return begin_passkey(tx, user, party, visitor_of(call.request, surroundings));
            });
        },
        {"Begin to add a passkey", Right::own_account,
            "Asks for the password, and for a code or a passkey of whoever has a second factor. "
            "Answers with what `navigator.credentials.create()` is given; the challenge is for this session, "
            "for five minutes, once."});
    api.work("POST", "/api/v1/me/passkeys",
        [&database, surroundings, party](const http::Call& call, const AddPasskey& ask) {
            return add(database, call, ask, party, visitor_of(call.request, surroundings));
        },
        {"Add a passkey", Right::own_account,
            "What the authenticator answered, in base64url. Attestation is not looked at.", 201});
    api.write("PUT", "/api/v1/me/passkeys/{id}",
        [](db::PlatformTx& tx, const http::Caller& caller, const RenamePasskey& ask) {
            rename_passkey(tx, caller.user_id, ask.id, ask.name.value);
            return http::Nothing();
        },
        {"Name a passkey", Right::own_account, {}, 204});
    api.work("POST", "/api/v1/me/passkeys/{id}/remove",
        [&database, reauthentication, surroundings](
            const http::Call& call, const RemovePasskey& ask) {
            const auto user = reauthentication.demand(call, ask);
            database.write_platform([&](db::PlatformTx& tx) {
                remove_passkey(tx, user, ask.id, visitor_of(call.request, surroundings));
                call.record(tx);
            });
            return http::Nothing();
        },
        {"Remove a passkey", Right::own_account,
            "Asks for the password, and for a code or a passkey of whoever has a second factor. "
            "Other sessions that it opened end. Not the last one of somebody who needs a second "
            "factor and has no app.",
            204});
}

}  // namespace leadcrm::accounts
