#include "accounts/attempts.hpp"

#include "platform/crypto/crypto.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <iterator>

namespace leadcrm::accounts {
namespace {

// A hash, because people type their password into the wrong box.
std::string short_hash(std::string_view text)
{
    return crypto::hex(crypto::sha256(text)).substr(0, 32);
}

std::string network_of(std::string_view address)
{
    std::string text(address);
    in6_addr bytes{};
    if (inet_pton(AF_INET6, text.c_str(), &bytes) != 1 || IN6_IS_ADDR_V4MAPPED(&bytes)) return text;
    std::fill(std::begin(bytes.s6_addr) + 8, std::end(bytes.s6_addr), std::uint8_t(0));
    char network[INET6_ADDRSTRLEN];
    return std::string(inet_ntop(AF_INET6, &bytes, network, sizeof network)) + "/64";
}

}  // namespace

std::vector<AttemptLimit> sign_in_limits(std::string_view email, std::string_view address)
{
    const auto account = short_hash(email);
    const auto from = network_of(address);
    return {{"sign_in " + account + " " + from, 10}, {"account " + account, 100},
        {"address " + from, 100}};
}

std::vector<AttemptLimit> device_limits(std::string_view email, std::string_view device_token)
{
    return {{"device " + short_hash(device_token) + " " + short_hash(email), 10}};
}

std::vector<AttemptLimit> registration_limits(std::string_view email, std::string_view address)
{
    auto limits = sign_in_limits(email, address);
    limits.push_back({"register " + network_of(address), 10});
    return limits;
}

std::vector<AttemptLimit> letter_limits(std::string_view email)
{
    return {{"letter " + short_hash(email), 5}};
}

std::vector<AttemptLimit> reset_letter_limits(std::string_view email, std::string_view address)
{
    auto limits = letter_limits(email);
    limits.push_back({"letters " + network_of(address), 20});
    return limits;
}

std::vector<AttemptLimit> reset_limits(std::string_view address)
{
    return {{"reset " + network_of(address), 20}};
}

std::vector<AttemptLimit> company_sign_in_limits(std::string_view address)
{
    return {{"company " + network_of(address), 60}};
}

std::vector<AttemptLimit> passkey_limits(std::string_view address)
{
    return {{"passkey " + network_of(address), 100}};
}

std::vector<AttemptLimit> passkey_question_limits(std::string_view address)
{
    return {{"passkey question " + network_of(address), 500}};
}

std::vector<AttemptLimit> proof_limits(const UserId& user)
{
    return {{"proof " + user.text(), 10}};
}

std::vector<AttemptLimit> code_limits(const UserId& user, std::string_view device_token)
{
    return {
        {"code " + user.text() + " " + (device_token.empty() ? "" : short_hash(device_token)), 10}};
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

Failure too_many_tries()
{
    return Failure::too_many("Too many tries. Please wait a quarter of an hour and try again.",
        int(std::chrono::seconds(attempts_window).count()));
}

void throttle(db::Database& database, const std::vector<AttemptLimit>& limits)
{
    const bool within =
        database.write_platform([&](db::PlatformTx& tx) { return count_attempt(tx, limits); });
    if (!within) throw too_many_tries();
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
