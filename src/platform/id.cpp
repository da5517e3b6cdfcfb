#include "platform/id.hpp"

#include <openssl/rand.h>

#include <chrono>
#include <mutex>
#include <stdexcept>

namespace leadcrm {
namespace {

constexpr std::string_view crockford = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t suffix_length = 26;  // 130 bits for 128: the first character is 0…7

// -1 for a character that is not in the alphabet. TypeID knows no upper case and no look-alikes.
constexpr auto crockford_values = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < crockford.size(); ++i)
        values[static_cast<unsigned char>(crockford[i])] = static_cast<std::int8_t>(i);
    return values;
}();

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The last 74 bits of the newest id, so that ids of one millisecond keep the order they were
// made in: each is the one before plus a random step.
struct Newest {
    std::mutex mutex;
    std::uint64_t millisecond = 0;
    std::uint64_t tail = 0;  // 62 bits
    std::uint32_t head = 0;  // 12 bits
};

std::uint64_t random_bits()
{
    // The system's generator costs about a microsecond a call; a block lasts for 512 ids.
    thread_local std::array<std::uint64_t, 512> block;
    thread_local std::size_t next = block.size();
    if (next == block.size()) {
        if (RAND_bytes(reinterpret_cast<unsigned char*>(block.data()), sizeof block) != 1)
            throw std::runtime_error("the system gives no random numbers");
        next = 0;
    }
    return block[next++];
}

}  // namespace

Uuid make_uuid()
{
    static Newest newest;
    const auto now = std::uint64_t(std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch())
                                       .count());
    const auto random = random_bits();
    std::uint64_t millisecond = 0;
    std::uint64_t tail = 0;
    std::uint32_t head = 0;
    {
        const std::lock_guard lock(newest.mutex);
        if (now > newest.millisecond) {
            newest.millisecond = now;
            newest.head = std::uint32_t(random >> 53);  // 11 bits: room to count up
            newest.tail = random & 0x3fff'ffff'ffff'ffff;
        } else {
            newest.tail += 1 + (random & 0xffff'ffff);
            if (newest.tail >> 62) {
                newest.tail &= 0x3fff'ffff'ffff'ffff;
                if (++newest.head == 0x1000) {
                    newest.head = 0;
                    ++newest.millisecond;
                }
            }
        }
        millisecond = newest.millisecond;
        tail = newest.tail;
        head = newest.head;
    }
    Uuid uuid;
    for (int i = 0; i < 6; ++i) uuid[std::size_t(i)] = std::uint8_t(millisecond >> (40 - 8 * i));
    uuid[6] = std::uint8_t(0x70 | (head >> 8));
    uuid[7] = std::uint8_t(head);
    for (int i = 0; i < 8; ++i) uuid[std::size_t(8 + i)] = std::uint8_t(tail >> (56 - 8 * i));
    uuid[8] = std::uint8_t(0x80 | (uuid[8] & 0x3f));
    return uuid;
}

void append_typeid(std::string& text, std::string_view prefix, const Uuid& uuid)
{
    std::array<char, suffix_length + 1> suffix{'_'};
    // Five bits a character, from the front; two zero bits come first.
    unsigned buffer = 0;
    int bits = 2;
    std::size_t at = 1;
    for (const auto byte : uuid) {
        buffer = buffer << 8 | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            suffix[at++] = crockford[(buffer >> bits) & 31];
        }
    }
    text += prefix;
    text.append(suffix.data(), suffix.size());
}

std::string typeid_text(std::string_view prefix, const Uuid& uuid)
{
    std::string text;
    text.reserve(prefix.size() + 1 + suffix_length);
    append_typeid(text, prefix, uuid);
    return text;
}

std::optional<Uuid> parse_typeid(std::string_view prefix, std::string_view text)
{
    if (text.size() != prefix.size() + 1 + suffix_length) return std::nullopt;
    if (!text.starts_with(prefix) || text[prefix.size()] != '_') return std::nullopt;
    text.remove_prefix(prefix.size() + 1);
    if (text[0] > '7') return std::nullopt;

    Uuid uuid;
    std::size_t filled = 0;
    unsigned buffer = 0;
    int bits = -2;
    for (const char c : text) {
        const auto five = crockford_values[static_cast<unsigned char>(c)];
        if (five < 0) return std::nullopt;
        buffer = buffer << 5 | unsigned(five);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            uuid[filled++] = std::uint8_t(buffer >> bits);
        }
    }
    return uuid;
}

std::string uuid_text(const Uuid& uuid)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < uuid.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += digits[uuid[i] >> 4];
        text += digits[uuid[i] & 15];
    }
    return text;
}

std::optional<Uuid> parse_uuid(std::string_view text)
{
    if (text.size() != 36) return std::nullopt;
    Uuid uuid;
    std::size_t at = 0;
    for (std::size_t i = 0; i < uuid.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            if (text[at++] != '-') return std::nullopt;
        const int high = hex_digit(text[at]);
        const int low = hex_digit(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        uuid[i] = std::uint8_t(high << 4 | low);
        at += 2;
    }
    return uuid;
}

}  // namespace leadcrm
