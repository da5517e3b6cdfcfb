#include "leads/folded_text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace leadcrm::leads {
namespace {

constexpr std::size_t name_key_bytes_max = 300;
constexpr std::size_t terms_max = 8;
constexpr std::size_t term_characters_max = 64;
constexpr std::size_t query_bytes_max = 1000;

bool is_ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes the first character off; nothing when the first byte begins none.
std::optional<std::int32_t> take_character(std::string_view& text)
{
    utf8proc_int32_t point = -1;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
        utf8proc_ssize_t(text.size()), &point);
    text.remove_prefix(length > 0 ? std::size_t(length) : 1);
    if (length <= 0 || point < 0) return std::nullopt;
    return point;
}

void append_character(std::string& text, std::int32_t point)
{
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(point, bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), std::size_t(length));
}

std::size_t count_characters(std::string_view text)
{
    return std::size_t(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool is_han(std::int32_t point)
{
    return (point >= 0x3400 && point <= 0x4DBF) || (point >= 0x4E00 && point <= 0x9FFF)
        || (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x3FFFF);
}

// Letters that Unicode does not take apart but people type as their plain relatives.
utf8proc_int32_t plain_relative(utf8proc_int32_t point, void*)
{
    switch (point) {
    case 0x00D8:
    case 0x00F8:
        return 'o';  // Ø ø
    case 0x0110:
    case 0x0111:
    case 0x00D0:
    case 0x00F0:
        return 'd';  // Đ đ Ð ð
    case 0x0126:
    case 0x0127:
        return 'h';  // Ħ ħ
    case 0x0131:
        return 'i';  // ı
    case 0x0141:
    case 0x0142:
        return 'l';  // Ł ł
    case 0x0166:
    case 0x0167:
        return 't';  // Ŧ ŧ
    default:
        return point;
    }
}

void replace_all(std::string& text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// `text` is valid UTF-8.
std::string fold_letters(const std::string& text)
{
    utf8proc_uint8_t* folded = nullptr;
    const auto options = utf8proc_option_t(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE
        | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE | UTF8PROC_STRIPNA);
    const auto length = utf8proc_map_custom(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
        utf8proc_ssize_t(text.size()), &folded, options, plain_relative, nullptr);
    if (length < 0) return text;
    std::string result(reinterpret_cast<const char*>(folded), std::size_t(length));
    std::free(folded);
    replace_all(result, "æ", "ae");
    replace_all(result, "œ", "oe");
    replace_all(result, "þ", "th");
    return result;
}

bool is_space(std::int32_t point)
{
    const auto category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL
        || category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CC;
}

std::string single_spaced(std::string_view text)
{
    std::string result;
    bool waiting = false;
    while (!text.empty()) {
        const auto point = take_character(text);
        if (!point) continue;
        if (is_space(*point)) {
            waiting = !result.empty();
            continue;
        }
        if (std::exchange(waiting, false)) result += ' ';
        append_character(result, *point);
    }
    return result;
}

std::vector<std::string> words_of(std::string_view folded)
{
    std::vector<std::string> words(1);
    while (!folded.empty()) {
        const auto point = take_character(folded);
        if (!point) continue;
        const bool alone = is_han(*point);
        if ((*point == ' ' || alone) && !words.back().empty()) words.emplace_back();
        if (*point == ' ') continue;
        append_character(words.back(), *point);
        if (alone) words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

std::string digits_of(std::string_view text)
{
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
    return digits;
}

// "+49 (170) 123-4567" and "0170/1234567", but not "2" or "a.b".
bool looks_like_phone(std::string_view folded)
{
    const bool fits = std::all_of(folded.begin(), folded.end(), [](char c) {
        return is_digit(c) || std::string_view(" +-()/.").find(c) != std::string_view::npos;
    });
    return fits && digits_of(folded).size() >= 3;
}

std::string first_characters(const std::string& text, std::size_t most)
{
    std::string_view rest(text);
    for (std::size_t i = 0; i < most && !rest.empty(); ++i) take_character(rest);
    return text.substr(0, text.size() - rest.size());
}

// Numbers are stored with their country code, so the zeros that dial out of a town or a country
// are not in them.
Term phone_term(std::string_view text)
{
    const auto digits = digits_of(text);
    const auto first = digits.find_first_not_of('0');
    const auto plain = first == std::string::npos ? digits : digits.substr(first);
    return {plain.size() >= 3 ? plain : digits, Term::Place::anywhere};
}

Term word_term(const std::string& word)
{
    if (looks_like_phone(word)) return phone_term(word);
    if (count_characters(word) >= 3)
        return {first_characters(word, term_characters_max), Term::Place::anywhere};
    const bool number = std::all_of(word.begin(), word.end(), is_digit);
    return {word, number ? Term::Place::word_end : Term::Place::word_start};
}

}  // namespace

std::string fold(std::string_view text)
{
    if (is_ascii(text)) {
        auto folded = single_spaced(text);
        for (auto& c : folded)
            if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
        return folded;
    }
    return single_spaced(fold_letters(storable(text)));
}

std::string name_key_of(std::string_view name)
{
    auto key = fold(name);
    if (key.size() > name_key_bytes_max) {
        auto end = name_key_bytes_max;
        while ((key[end] & 0xC0) == 0x80) --end;
        key.resize(end);
    }
    return key;
}

std::string search_text_of(std::string_view name, const std::optional<std::string>& email,
    const std::optional<std::string>& phone, const std::optional<std::string>& phone_raw)
{
    auto words = words_of(fold(name));
    if (email) words.push_back(fold(*email));
    const auto digits = digits_of(phone ? *phone : phone_raw.value_or(""));
    if (!digits.empty()) words.push_back(digits);

    std::string text;
    for (const auto& word : words) text += "  " + word;
    return text + "  ";
}

std::string Term::padded() const
{
    const std::string spaces(count_characters(text) < 2 ? 2 : 1, ' ');
    switch (place) {
    case Place::word_start:
        return spaces + text;
    case Place::word_end:
        return text + spaces;
    case Place::anywhere:
        break;
    }
    return text;
}

std::vector<Term> terms_of(std::string_view query)
{
    const auto folded = fold(query.substr(0, query_bytes_max));
    if (folded.empty()) return {};
    if (looks_like_phone(folded)) return {phone_term(folded)};

    std::vector<Term> terms;
    for (const auto& word : words_of(folded)) {
        auto term = word_term(word);
        if (std::find(terms.begin(), terms.end(), term) == terms.end())
            terms.push_back(std::move(term));
        if (terms.size() == terms_max) break;
    }
    return terms;
}

std::string like_pattern(std::string_view text)
{
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

std::string ascii_key(std::string_view text)
{
    std::string key;
    while (!text.empty()) {
        const auto point = take_character(text);
        if (!point) continue;
        if (*point < 0x80) {
            key += char(*point);
            continue;
        }
        std::array<char, 12> number{};
        key.append(number.data(),
            std::size_t(std::snprintf(number.data(), number.size(), "u%04x", unsigned(*point))));
    }
    return key;
}

std::string storable(std::string_view text)
{
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const auto before = text;
        const auto point = take_character(text);
        if (point && *point != 0) clean += before.substr(0, before.size() - text.size());
    }
    return clean;
}

}  // namespace leadcrm::leads
