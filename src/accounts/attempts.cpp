#include "accounts/attempts.hpp"

#include "platform/crypto/crypto.hpp"

namespace leadcrm::accounts {
namespace {

// A hash, because people type their password into the wrong box.
std::string account_of(std::string_view email)
{
    return crypto::hex(crypto::sha256(email)).substr(0, 32);
}

}  // namespace

std::vector<AttemptLimit> sign_in_limits(std::string_view email, std::string_view address)
{
    const auto account = account_of(email);
    const std::string from(address);
    return {{"sign_in " + account + " " + from, 10}, {"account " + account, 100},
        {"address " + from, 100}};
}

std::vector<AttemptLimit> registration_limits(std::string_view email, std::string_view address)
{
    auto limits = sign_in_limits(email, address);
    limits.push_back({"register " + std::string(address), 10});
    return limits;
}

std::vector<AttemptLimit> letter_limits(std::string_view email)
{
    return {{"letter " + account_of(email), 5}};
}

bool count_attempt(db::PlatformTx& tx, const std::vector<AttemptLimit>& limits, Instant now)
{
    bool within = true;
    for (const auto& limit : limits) {
        const auto counted = tx.run(R"sql(
            UPDATE sign_in_attempts SET failures = failures + 1
            WHERE subject = $1 AND first_at > $2
        )sql",
            limit.subject, now - attempts_window);
        if (counted == 0)
            tx.run(R"sql(
                INSERT INTO sign_in_attempts (subject, failures, first_at) VALUES ($1, 1, $2)
                ON CONFLICT (subject) DO UPDATE
                SET failures = EXCLUDED.failures, first_at = EXCLUDED.first_at
            )sql",
                limit.subject, now);
        const auto tries = tx.one<std::int64_t>(
            "SELECT failures FROM sign_in_attempts WHERE subject = $1", limit.subject);
        within = within && tries <= limit.tries_max;
    }
    return within;
}

void forget_attempts(db::PlatformTx& tx, const AttemptLimit& limit)
{
    tx.run("DELETE FROM sign_in_attempts WHERE subject = $1", limit.subject);
}

void remove_old_attempts(db::PlatformTx& tx, Instant now)
{
    tx.run("DELETE FROM sign_in_attempts WHERE first_at <= $1", now - attempts_window);
}

}  // namespace leadcrm::accounts
