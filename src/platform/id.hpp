// Ids: 16 bytes in storage (UUIDv7, so they sort by time), TypeID text at the edges, and a C++
// type of their own each, so that a mix-up does not compile.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace leadcrm {

using Uuid = std::array<std::uint8_t, 16>;

// A UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, a counter that keeps ids of this process in
// the order they were made, and randomness. Thread-safe.
Uuid make_uuid();

// "lead_01h455vb4pex5vsknk084sn02q" (TypeID 0.3: prefix, underscore, 26 characters of Crockford
// base32 in lower case), and back. Nothing when the text is not such an id.
std::string typeid_text(std::string_view prefix, const Uuid& uuid);
void append_typeid(std::string& text, std::string_view prefix, const Uuid& uuid);
std::optional<Uuid> parse_typeid(std::string_view prefix, std::string_view text);

// "01890a5d-ac96-774b-bcce-b302099a8057", the form PostgreSQL prints.
std::string uuid_text(const Uuid& uuid);
std::optional<Uuid> parse_uuid(std::string_view text);

template <std::size_t N>
struct FixedText {
    char chars[N]{};
    constexpr FixedText(const char (&text)[N]) { std::copy_n(text, N, chars); }
    constexpr operator std::string_view() const { return {chars, N - 1}; }
};

template <FixedText Prefix>
struct Id {
    Uuid uuid{};

    static constexpr std::string_view prefix = Prefix;
    static Id make() { return {make_uuid()}; }
    static std::optional<Id> parse(std::string_view text)
    {
        if (const auto uuid = parse_typeid(prefix, text)) return Id{*uuid};
        return std::nullopt;
    }
    std::string text() const { return typeid_text(prefix, uuid); }
    auto operator<=>(const Id&) const = default;
};

template <class T>
constexpr bool is_id = false;
template <FixedText Prefix>
constexpr bool is_id<Id<Prefix>> = true;

// The tenant and the person: the two ids the platform itself has to know.
using OrganizationId = Id<"org">;
using UserId = Id<"user">;

}  // namespace leadcrm

template <leadcrm::FixedText Prefix>
struct std::hash<leadcrm::Id<Prefix>> {
    std::size_t operator()(const leadcrm::Id<Prefix>& id) const noexcept
    {
        return std::hash<std::string_view>{}(
            {reinterpret_cast<const char*>(id.uuid.data()), id.uuid.size()});
    }
};
