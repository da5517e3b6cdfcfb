// What an authenticator is asked to sign: random, for one browser, for five minutes, once. So an
// answer that was seen elsewhere, or before, is worth nothing.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/session.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace leadcrm::accounts {

constexpr std::chrono::minutes challenge_length{5};

// Who was asked: a browser (by a secret in one of its cookies), and the person when a passkey is to
// be added.
struct Challenged {
    std::string browser_token;
    std::optional<UserId> user_id;
};

// Base64url, as browsers are given it.
std::string make_challenge(db::PlatformTx& tx, const Challenged& who, Instant now = Instant::now());

// Uses it up. False when it was not made for them, is too old or was used. `bytes`: not base64url.
bool take_challenge(db::PlatformTx& tx, const std::string& bytes, const Challenged& who,
    Instant now = Instant::now());

}  // namespace leadcrm::accounts
