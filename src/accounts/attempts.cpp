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

std::vector<AttemptLimit> reset_letter_limits(std::string_view email, std::string_view address)
{
    auto limits = letter_limits(email);
    limits.push_back({"letters " + std::string(address), 20});
    return limits;
}

std::vector<AttemptLimit> reset_limits(std::string_view address)
{
    return {{"reset " + std::string(address), 20}};
}

std::vector<AttemptLimit> proof_limits(const UserId& user)
{
    return {{"proof " + user.text(), 10}};
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

void throttle(db::Database& database, const std::vector<AttemptLimit>& limits)
{
    const bool within =
        database.write_platform([&](db::PlatformTx& tx) { return count_attempt(tx, limits); });
    if (!within)
        throw Failure::too_many("Too many tries. Please wait a quarter of an hour and try again.",
            int(std::chrono::seconds(attempts_window).count()));
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
