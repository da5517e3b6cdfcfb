#include "custom_fields/plain_number.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace leadcrm::custom_fields {
namespace {

// Digits of the whole part and of the fraction.
struct Digits {
    bool is_negative = false;
    std::string whole;
    std::string fraction;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What stands around an amount: a currency's sign or letters.
std::string_view without_currency(std::string_view text)
{
    constexpr std::array signs{"€", "$", "£", "₹", "¥", "EUR", "USD", "GBP", "CHF", "eur", "Euro",
        "euro", "\u00a0", "\u202f", " ", "+"};
    bool again = true;
    while (again) {
        again = false;
        for (const std::string_view sign : signs) {
            if (text.starts_with(sign)) {
                text.remove_prefix(sign.size());
                again = true;
            }
            if (text.ends_with(sign)) {
                text.remove_suffix(sign.size());
                again = true;
            }
        }
    }
    return text;
}

std::string without_spaces(std::string_view text)
{
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t skip = 0;
        for (const std::string_view space : {" ", "\u00a0", "\u202f", "'"})
            if (text.substr(at).starts_with(space)) skip = space.size();
        if (skip == 0) plain += text[at++];
        at += skip;
    }
    return plain;
}

// Where the fraction begins, or npos.
std::size_t decimal_sign(const std::string& text)
{
    const auto last = text.find_last_of(".,");
    if (last == text.npos) return text.npos;
    const char other = text[last] == '.' ? ',' : '.';
    if (text.find(other) != text.npos) return last;
    const bool is_alone = text.find(text[last]) == last;
    const bool groups = text.size() - last == 4 && last >= 1 && last <= 3 && text[0] != '0';
    return is_alone && !groups ? last : text.npos;
}

std::optional<Digits> digits_in(std::string_view written)
{
    auto text = without_spaces(without_currency(written));
    Digits digits;
    if (text.starts_with('-')) {
        digits.is_negative = true;
        text.erase(0, 1);
    }
    const auto point = decimal_sign(text);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_digit(text[at])) {
            (at < point ? digits.whole : digits.fraction) += text[at];
        } else if (at != point) {
            // A thousands sign stands before three digits each time.
            const bool groups = (text[at] == '.' || text[at] == ',') && at > 0 && at < point
                && at + 3 < text.size() && std::all_of(&text[at + 1], &text[at + 4], is_digit)
                && (at + 4 == text.size() || !is_digit(text[at + 4]));
            if (!groups) return std::nullopt;
        }
    }
    if (digits.whole.empty() || digits.whole.size() > 15 || digits.fraction.size() > 9)
        return std::nullopt;
    return digits;
}

std::size_t decimals_of(std::string_view currency)
{
    for (const auto* none : {"JPY", "KRW", "VND", "CLP", "PYG", "ISK", "UGX", "XAF", "XOF", "XPF"})
        if (currency == none) return 0;
    for (const auto* three : {"KWD", "BHD", "OMR", "JOD", "TND", "LYD", "IQD"})
        if (currency == three) return 3;
    return 2;
}

std::int64_t whole_of(const std::string& text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

std::optional<json::value> number_in(std::string_view text)
{
    const auto digits = digits_in(text);
    if (!digits) return std::nullopt;
    if (digits->fraction.find_first_not_of('0') == std::string::npos) {
        const auto number = whole_of(digits->whole);
        return json::value(digits->is_negative ? -number : number);
    }
    const auto written = digits->whole + "." + digits->fraction;
    double number = 0;
    std::from_chars(written.data(), written.data() + written.size(), number);
    return json::value(digits->is_negative ? -number : number);
}

std::optional<std::int64_t> minor_units_in(std::string_view text, std::string_view currency)
{
    auto digits = digits_in(text);
    const auto decimals = decimals_of(currency);
    if (!digits) return std::nullopt;
    while (digits->fraction.size() > decimals && digits->fraction.back() == '0')
        digits->fraction.pop_back();
    if (digits->fraction.size() > decimals) return std::nullopt;
    digits->fraction.resize(decimals, '0');
    const auto minor = whole_of(digits->whole + digits->fraction);
    return digits->is_negative ? -minor : minor;
}

}  // namespace leadcrm::custom_fields
