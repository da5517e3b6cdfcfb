#include "meta/login_state.hpp"

#include "platform/crypto/crypto.hpp"

namespace leadcrm::meta {
namespace {

constexpr auto sources = "/app/sources";

}  // namespace

std::string safe_return_path(const std::optional<std::string>& asked)
{
    // "//elsewhere" and "/\elsewhere" are other sites to a browser.
    if (!asked || !asked->starts_with("/app/") || asked->size() > 200) return sources;
    for (const char c : *asked)
        if (c <= ' ' || c == '\\' || c == '#' || c == '\x7F' || (c & '\x80')) return sources;
    return *asked;
}

std::string with_word(const std::string& path, const std::string& word)
{
    return path + (path.find('?') == std::string::npos ? "?" : "&") + word;
}

namespace store {

void insert(db::PlatformTx& tx, const LoginState& login)
{
    tx.store("INSERT INTO login_states ({columns}) VALUES ({values})", login);
}

std::optional<LoginState> find_login(const db::PlatformReader& db, const std::string& state)
{
    return db.row<LoginState>("SELECT {columns} FROM login_states WHERE state_hash = $1",
        db::Blob{crypto::sha256(state)});
}

bool claim(db::PlatformTx& tx, const LoginState& login, Instant now)
{
    return tx.run("UPDATE login_states SET used_at = $2 WHERE state_hash = $1 AND used_at IS NULL",
               login.state_hash, now)
        == 1;
}

void set_outcome(db::PlatformTx& tx, const LoginState& login, const std::string& outcome)
{
    tx.run("UPDATE login_states SET outcome = $2 WHERE state_hash = $1", login.state_hash, outcome);
}

void remove_old_logins(db::PlatformTx& tx, Instant now)
{
    tx.run("DELETE FROM login_states WHERE expires_at < $1", now - std::chrono::hours(24));
}

}  // namespace store
}  // namespace leadcrm::meta
