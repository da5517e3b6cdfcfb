#include "accounts/password.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/metrics/metrics.hpp"

#include <zxcvbn.h>

#include <algorithm>

namespace leadcrm::accounts {
namespace {

constexpr double enough_bits = 20;  // a million guesses

// The library takes longer the longer a text is, and nobody guesses as far as this.
constexpr std::size_t judged_bytes_max = 72;

}  // namespace

std::string hash_of(const std::string& password, const std::string& salt)
{
    static auto& hashes = metrics::counter("leadcrm_password_hashes_total",
        "Passwords hashed with Argon2id; each takes about 0.1 s and 64 MiB.");
    hashes.add();
    return crypto::hash_password(password, salt);
}

const std::string& nobodys_salt()
{
    static const std::string salt = crypto::new_password_salt();
    return salt;
}

void refuse_guessable(
    const Password& password, const std::vector<std::string>& known, const std::string& field)
{
    std::vector<std::string> words;
    for (const auto& text : known) {
        words.push_back(text);
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find_first_of(" .@-_", at), text.size());
            if (end - at > 2) words.push_back(text.substr(at, end - at));
            at = end + 1;
        }
    }
    std::vector<const char*> dictionary;
    for (const auto& word : words) dictionary.push_back(word.c_str());
    dictionary.push_back(nullptr);
    const auto judged = password.value.substr(0, judged_bytes_max);
    if (ZxcvbnMatch(judged.c_str(), dictionary.data(), nullptr) < enough_bits)
        throw Failure::invalid(field, "guessable",
            "This password is among the first that are tried. Please take a longer one: three or "
            "four words that do not belong together are easy to keep.");
}

}  // namespace leadcrm::accounts
