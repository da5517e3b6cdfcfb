#include "accounts/passkey_challenge.hpp"

#include "platform/crypto/crypto.hpp"

namespace leadcrm::accounts {
namespace {

constexpr std::size_t challenge_bytes = 32;

struct Stored {
    db::Blob browser_hash;
    std::optional<UserId> user_id;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(Stored, (), (browser_hash, user_id, expires_at))

}  // namespace

std::string make_challenge(db::PlatformTx& tx, const Challenged& who, Instant now)
{
    const auto bytes = crypto::random_bytes(challenge_bytes);
    tx.run("DELETE FROM passkey_challenges WHERE expires_at <= $1", now);
    tx.run(R"sql(
        INSERT INTO passkey_challenges (challenge_hash, browser_hash, user_id, expires_at)
        VALUES ($1, $2, $3, $4)
    )sql",
        db::Blob{crypto::sha256(bytes)}, db::Blob{crypto::sha256(who.browser_token)}, who.user_id,
        now + challenge_length);
    return crypto::base64url(bytes);
}

bool take_challenge(
    db::PlatformTx& tx, const std::string& bytes, const Challenged& who, Instant now)
{
    if (who.browser_token.empty()) return false;
    const auto found = tx.row<Stored>("DELETE FROM passkey_challenges WHERE challenge_hash = $1"
                                      " RETURNING browser_hash, user_id, expires_at",
        db::Blob{crypto::sha256(bytes)});
    return found && found->browser_hash.bytes == crypto::sha256(who.browser_token)
        && found->user_id == who.user_id && found->expires_at > now;
}

}  // namespace leadcrm::accounts
