// How often somebody may try. Counted in the database, so that every process sees the same number,
// and before the password is looked at, so that many tries at once do not slip through.
#pragma once

#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::accounts {

constexpr std::chrono::minutes attempts_window{15};

// One thing tries are counted for, and how many fit into a window.
struct AttemptLimit {
    std::string subject;
    std::int64_t tries_max = 0;
};

// Ten tries for this account from this network; a hundred for the account and for the network
// whatever the other is. A network is an IPv4 address, or the 64 bits of IPv6 that one customer is
// given. They hold for everybody but a device the account knows: docs/adr/0013.
std::vector<AttemptLimit> sign_in_limits(std::string_view email, std::string_view address);

// Ten tries for this account from a device that it knows, whatever others try elsewhere.
std::vector<AttemptLimit> device_limits(std::string_view email, std::string_view device_token);

// Registering makes an organization: ten a network and window. It is also a guess at the password
// of an account that has this e-mail, whether there is one or not.
std::vector<AttemptLimit> registration_limits(std::string_view email, std::string_view address);

// Letters to one address, whoever asks for them: five a window.
std::vector<AttemptLimit> letter_limits(std::string_view email);

// Asking for a link that sets a new password: as letters, and twenty a network and window.
std::vector<AttemptLimit> reset_letter_limits(std::string_view email, std::string_view address);
// Using one: twenty a network and window.
std::vector<AttemptLimit> reset_limits(std::string_view address);

// Using a passkey: a hundred a network and window. Nobody guesses one, but each is work.
std::vector<AttemptLimit> passkey_limits(std::string_view address);
// Being asked for one, which every opening of the sign-in page is: five hundred.
std::vector<AttemptLimit> passkey_question_limits(std::string_view address);

// Setting out to a company's issuer: sixty a network and window, for a whole office may share one.
std::vector<AttemptLimit> company_sign_in_limits(std::string_view address);

// Proving once more, while signed in, that one knows the password: ten a window.
std::vector<AttemptLimit> proof_limits(const UserId& user);

// Codes of the second factor: ten a window from strangers, and ten from each known device
// (`device_token`; empty for strangers).
std::vector<AttemptLimit> code_limits(const UserId& user, std::string_view device_token);

// Counts one try. True when every limit still holds it.
bool count_attempt(
    db::PlatformTx& tx, const std::vector<AttemptLimit>& limits, Instant now = Instant::now());

Failure too_many_tries();

// Counts one try. Throws Failure::too_many when a limit is passed. Not inside a transaction.
void throttle(db::Database& database, const std::vector<AttemptLimit>& limits);

// After a success: the person remembered the password.
void forget_attempts(db::PlatformTx& tx, const AttemptLimit& limit);

void remove_old_attempts(db::PlatformTx& tx, Instant now);

}  // namespace leadcrm::accounts
