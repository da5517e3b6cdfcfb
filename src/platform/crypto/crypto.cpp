#include "platform/crypto/crypto.hpp"

#include "platform/failure.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace leadcrm::crypto {
namespace {

void begin()
{
    static const bool ready = sodium_init() >= 0;
    if (!ready) throw Failure::internal("libsodium cannot start");
}

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

constexpr int url_safe = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string from_base64(std::string_view text, int variant)
{
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    if (sodium_base642bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &length,
            nullptr, variant)
        != 0)
        throw Failure::internal("a sealed or salted text is damaged");
    bytes.resize(length);
    return bytes;
}

std::string base64(std::string_view bytes, int variant)
{
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
    text.pop_back();  // the terminating zero
    return text;
}

void sync_folder_of(const std::filesystem::path& file)
{
    const auto folder = std::filesystem::absolute(file).parent_path();
    if (const int entries = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        entries >= 0) {
        fsync(entries);
        close(entries);
    }
}

// Complete and on the disk before anything is sealed with it, and never written over: of two
// programs that begin at once, one makes the file and both read it.
void make_key_file(const std::filesystem::path& file, const std::string& line)
{
    const auto folder = std::filesystem::absolute(file).parent_path();
    std::filesystem::create_directories(folder);
    const auto draft = file.string() + '.' + hex(random_bytes(8));
    const int to = open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool written =
        to >= 0 && write(to, line.data(), line.size()) == ssize_t(line.size()) && fsync(to) == 0;
    if (to >= 0) close(to);
    const bool there = written && (link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST);
    const auto reason = std::string(std::strerror(errno));
    unlink(draft.c_str());
    if (!there)
        throw Failure::internal("cannot make the key file " + file.string() + ": " + reason);
    sync_folder_of(file);
}

// In one step, so that nobody reads half a file.
void replace_key_file(const std::filesystem::path& file, const std::string& lines)
{
    const auto draft = file.string() + '.' + hex(random_bytes(8));
    const int to = open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool written =
        to >= 0 && write(to, lines.data(), lines.size()) == ssize_t(lines.size()) && fsync(to) == 0;
    if (to >= 0) close(to);
    if (written && rename(draft.c_str(), file.c_str()) == 0) return sync_folder_of(file);
    const auto reason = std::string(std::strerror(errno));
    unlink(draft.c_str());
    throw Failure::internal("cannot write the key file " + file.string() + ": " + reason);
}

// Every file that takes the place of another is a new one, however short the time between them.
std::string version_of(const std::filesystem::path& file)
{
    struct stat seen { };
    if (stat(file.c_str(), &seen) != 0)
        throw Failure::internal("cannot read the key file " + file.string());
    return std::to_string(seen.st_ino) + ' ' + std::to_string(seen.st_size) + ' '
        + std::to_string(seen.st_mtim.tv_sec) + '.' + std::to_string(seen.st_mtim.tv_nsec);
}

std::string key_line(int number, std::string_view key)
{
    return std::to_string(number) + ' ' + base64url(key) + '\n';
}

// 0 when the text names no key.
int number_of(std::string_view sealed)
{
    int number = 0;
    const auto dot = sealed.find('.');
    if (dot != std::string_view::npos) std::from_chars(sealed.data(), sealed.data() + dot, number);
    return number;
}

constexpr std::size_t nonce_length = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t key_length = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;

}  // namespace

std::string random_bytes(std::size_t count)
{
    begin();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_token(std::size_t bytes) { return base64url(random_bytes(bytes)); }

std::string sha256(std::string_view bytes)
{
    std::string digest(32, '\0');
    EVP_Digest(bytes.data(), bytes.size(), bytes_of(digest), nullptr, EVP_sha256(), nullptr);
    return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes)
{
    std::string digest(32, '\0');
    HMAC(EVP_sha256(), key.data(), int(key.size()), bytes_of(bytes), bytes.size(), bytes_of(digest),
        nullptr);
    return digest;
}

std::string hex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        text += digits[static_cast<unsigned char>(byte) >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string base64(std::string_view bytes) { return base64(bytes, sodium_base64_VARIANT_ORIGINAL); }

std::optional<std::string> from_base64url(std::string_view text)
{
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
            text.size(), nullptr, &length, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
            != 0
        || end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(length);
    return bytes;
}

std::string base64url(std::string_view bytes) { return base64(bytes, url_safe); }

bool equal_in_constant_time(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string new_password_salt()
{
    return "$argon2id$v=19$m=" + std::to_string(password_cost.memory_kib)
        + ",t=" + std::to_string(password_cost.passes) + ",p=1$"
        + base64(random_bytes(crypto_pwhash_SALTBYTES), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

std::string hash_password(std::string_view password, const std::string& salt)
{
    begin();
    unsigned long long passes = 0;
    std::size_t memory_kib = 0;
    int text_begins = 0;
    std::sscanf(
        salt.c_str(), "$argon2id$v=19$m=%zu,t=%llu,p=1$%n", &memory_kib, &passes, &text_begins);
    const auto salt_bytes = text_begins > 0
        ? from_base64(std::string_view(salt).substr(std::size_t(text_begins)),
            sodium_base64_VARIANT_ORIGINAL_NO_PADDING)
        : std::string();
    if (salt_bytes.size() != crypto_pwhash_SALTBYTES)
        throw Failure::internal("the salt of a password is damaged");

    std::string hash(32, '\0');
    if (crypto_pwhash(bytes_of(hash), hash.size(), password.data(), password.size(),
            bytes_of(std::string_view(salt_bytes)), passes, memory_kib * 1024,
            crypto_pwhash_ALG_ARGON2ID13)
        != 0)
        throw Failure::unavailable("We are very busy just now. Please try again in a moment.", 5);
    return salt + '$' + base64(hash, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

Vault::Vault(const std::filesystem::path& key_file) : file_(key_file)
{
    begin();
    if (!std::filesystem::exists(file_))
        make_key_file(file_, key_line(1, random_bytes(key_length)));
    newest_keys();
}

Vault::Keys Vault::read_keys(const std::filesystem::path& file)
{
    Keys keys;
    std::ifstream lines(file);
    for (std::string number, key; lines >> number >> key;) {
        Key read{0, from_base64(key, url_safe)};
        std::from_chars(number.data(), number.data() + number.size(), read.number);
        if (read.number <= 0 || read.bytes.size() != key_length)
            throw Failure::internal("the key file " + file.string() + " is damaged");
        keys.push_back(std::move(read));
    }
    if (keys.empty()) throw Failure::internal("the key file " + file.string() + " is empty");
    std::sort(
        keys.begin(), keys.end(), [](const Key& a, const Key& b) { return a.number > b.number; });
    return keys;
}

std::shared_ptr<const Vault::Keys> Vault::keys() const
{
    const std::lock_guard lock(mutex_);
    return keys_;
}

// A look at the file costs a microsecond; without it, a program that runs on would go on sealing
// with a key that is about to go.
std::shared_ptr<const Vault::Keys> Vault::newest_keys() const
{
    auto version = version_of(file_);
    const std::lock_guard lock(mutex_);
    if (!keys_ || version != version_) {
        keys_ = std::make_shared<const Keys>(read_keys(file_));
        version_ = std::move(version);
    }
    return keys_;
}

void Vault::write_keys(const Keys& keys)
{
    std::string lines;
    for (const auto& key : keys) lines += key_line(key.number, key.bytes);
    replace_key_file(file_, lines);
    newest_keys();
}

bool Vault::is_under_newest(std::string_view sealed) const
{
    return number_of(sealed) == newest_keys()->front().number;
}

void Vault::add_key()
{
    auto keys = *newest_keys();
    keys.insert(keys.begin(), {keys.front().number + 1, random_bytes(key_length)});
    write_keys(keys);
}

void Vault::remove_old_keys()
{
    auto keys = *newest_keys();
    keys.resize(1);
    write_keys(keys);
}

// "2.<base64url of nonce and ciphertext>": the number of the key comes first.
std::string Vault::seal(std::string_view secret, std::string_view context) const
{
    const auto keys = newest_keys();
    const auto& key = keys->front();
    auto sealed = random_bytes(nonce_length);
    sealed.resize(nonce_length + secret.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed) + nonce_length, nullptr,
        bytes_of(secret), secret.size(), bytes_of(context), context.size(), nullptr,
        bytes_of(sealed), bytes_of(key.bytes));
    return std::to_string(key.number) + '.' + base64url(sealed);
}

std::string Vault::open(std::string_view sealed, std::string_view context) const
{
    const auto dot = sealed.find('.');
    const int number = number_of(sealed);
    const auto find = [number](const Keys& keys) {
        return std::find_if(
            keys.begin(), keys.end(), [&](const Key& each) { return each.number == number; });
    };
    auto keys = this->keys();
    if (find(*keys) == keys->end()) keys = newest_keys();
    const auto key = find(*keys);
    if (key == keys->end()) throw Failure::internal("no key for a sealed text");

    const auto bytes = from_base64(sealed.substr(dot + 1), url_safe);
    constexpr auto overhead = nonce_length + crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (bytes.size() < overhead) throw Failure::internal("a sealed text is too short");
    std::string secret(bytes.size() - overhead, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(secret), nullptr, nullptr,
            bytes_of(std::string_view(bytes)) + nonce_length, bytes.size() - nonce_length,
            bytes_of(context), context.size(), bytes_of(std::string_view(bytes)),
            bytes_of(std::string_view(key->bytes)))
        != 0)
        throw Failure::internal("a sealed text was altered or belongs elsewhere");
    return secret;
}

}  // namespace leadcrm::crypto
