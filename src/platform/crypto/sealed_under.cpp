#include "platform/crypto/sealed_under.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/failure.hpp"

#include <sodium.h>

namespace leadcrm::crypto {
namespace {

constexpr std::size_t nonce_size = crypto_secretbox_xchacha20poly1305_NONCEBYTES;
constexpr std::size_t mark_size = crypto_secretbox_xchacha20poly1305_MACBYTES;
static_assert(crypto_secretbox_xchacha20poly1305_KEYBYTES == 32, "what sha256 gives");

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string seal_under(std::string_view key, std::string_view text)
{
    auto sealed = random_bytes(nonce_size);
    sealed.resize(nonce_size + mark_size + text.size());
    auto* begin = reinterpret_cast<unsigned char*>(sealed.data());
    crypto_secretbox_xchacha20poly1305_easy(
        begin + nonce_size, bytes_of(text), text.size(), begin, bytes_of(sha256(key)));
    return sealed;
}

std::string open_under(std::string_view key, std::string_view sealed)
{
    if (sealed.size() < nonce_size + mark_size) throw Failure::internal("a sealed text is cut off");
    std::string text(sealed.size() - nonce_size - mark_size, '\0');
    const int failed = crypto_secretbox_xchacha20poly1305_open_easy(
        reinterpret_cast<unsigned char*>(text.data()), bytes_of(sealed) + nonce_size,
        sealed.size() - nonce_size, bytes_of(sealed), bytes_of(sha256(key)));
    if (failed != 0) throw Failure::internal("a sealed text does not open");
    return text;
}

}  // namespace leadcrm::crypto
