#include "leads/contact_trace.hpp"

#include "leads/folded_text.hpp"

#include <algorithm>
#include <array>

namespace leadcrm::leads {
namespace {

// People leave out the country code, and the digits before: that many of the end tell a number.
constexpr std::size_t telling_digits = 6;
// A day that begins with 0 has eight.
constexpr std::size_t digits_behind_zero_min = 9;
constexpr std::size_t digits_behind_plus_min = 7;
constexpr std::size_t answer_digits_min = 3;

// Parts of words, folded: the forms' own keys, and what advertisers write in many languages.
constexpr auto contact_words = std::to_array<std::string_view>({"mail", "correo", "البريد", "phone",
    "fone", "fono", "telefon", "mobile", "mobil", "movil", "whatsapp", "handy", "celular",
    "cellulare", "rufnummer", "telegram", "viber", "телефон", "почт", "هاتف", "جوال", "फोन"});

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits of other scripts stand in rows of ten; all of these are two or three bytes of UTF-8.
std::string plain_digits(std::string_view text)
{
    constexpr auto zeros = std::to_array<std::string_view>({"٠", "۰", "०", "০"});
    std::string plain;
    while (!text.empty()) {
        std::size_t taken = 0;
        for (const auto zero : zeros) {
            const auto size = zero.size();
            if (text.size() < size || !text.starts_with(zero.substr(0, size - 1))) continue;
            const auto digit = static_cast<unsigned char>(text[size - 1])
                - static_cast<unsigned char>(zero[size - 1]);
            if (digit < 0 || digit > 9) continue;
            plain += char('0' + digit);
            taken = size;
        }
        if (taken == 0) {
            plain += text.front();
            taken = 1;
        }
        text.remove_prefix(taken);
    }
    return plain;
}

std::string comparable(std::string_view text) { return plain_digits(fold(text)); }

std::string digits_of(std::string_view text)
{
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
    return digits;
}

bool looks_like_email(std::string_view text)
{
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1))
        if (at > 0 && at + 1 < text.size() && text[at - 1] != ' ' && text[at + 1] != ' ')
            return true;
    return false;
}

// A run of digits as numbers are written, that begins as one does which is dialled.
bool looks_like_phone(std::string_view text)
{
    constexpr std::string_view between = " -()./";
    std::size_t digits = 0;
    std::size_t enough = std::string_view::npos;
    for (const char c : text) {
        if (c == '+') {
            digits = 0;
            enough = digits_behind_plus_min;
        } else if (is_digit(c)) {
            if (digits == 0 && c == '0') enough = std::min(enough, digits_behind_zero_min);
            if (++digits >= enough) return true;
        } else if (between.find(c) == std::string_view::npos) {
            digits = 0;
            enough = std::string_view::npos;
        }
    }
    return false;
}

}  // namespace

void ContactTrace::add(std::string_view contact)
{
    auto text = comparable(contact);
    if (text.empty()) return;
    auto digits = digits_of(text);
    if (digits.size() > telling_digits) digits.erase(0, digits.size() - telling_digits);
    if (text.find('@') == std::string::npos && digits.size() >= answer_digits_min)
        digits_.push_back(std::move(digits));
    whole_.push_back(std::move(text));
}

bool ContactTrace::is_in(std::string_view text) const
{
    const auto plain = comparable(text);
    if (looks_like_email(plain) || looks_like_phone(plain)) return true;
    if (std::ranges::count(whole_, plain) > 0) return true;
    const auto digits = digits_of(plain);
    return std::ranges::any_of(
        digits_, [&](const std::string& known) { return digits.find(known) != std::string::npos; });
}

bool asks_for_contact(std::string_view question)
{
    const auto plain = fold(question);
    return std::ranges::any_of(contact_words,
        [&](std::string_view word) { return plain.find(fold(word)) != std::string::npos; });
}

bool holds_a_way(std::string_view answer)
{
    const auto plain = comparable(answer);
    return plain.find('@') != std::string::npos || digits_of(plain).size() >= answer_digits_min;
}

}  // namespace leadcrm::leads
