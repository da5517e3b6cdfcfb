#include "custom_fields/field_value.hpp"

#include "custom_fields/plain_number.hpp"
#include "platform/phone/phone.hpp"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace leadcrm::custom_fields {
namespace {

constexpr std::size_t text_max = 1000;
constexpr std::size_t long_text_max = 10'000;
constexpr std::size_t link_max = 2000;

[[noreturn]] void refuse(const char* code, const char* message) { throw BadField(code, message); }

std::string text_in(const json::value& given)
{
    const auto* text = given.if_string();
    if (!text) refuse("type", "Please give a text.");
    return {text->data(), text->size()};
}

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string lower(std::string text)
{
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = char(c + 32);
    return text;
}

// "2026-01-31", or nothing for a day that no calendar has.
std::optional<std::string> day_text(int year, unsigned month, unsigned day)
{
    const auto ymd = date::year(year) / date::month(month) / date::day(day);
    if (!ymd.ok() || year < 1000 || year > 9999) return std::nullopt;
    return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::optional<std::string> iso_date(const std::string& text)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int used = 0;
    if (text.size() != 10
        || std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &used) != 3
        || used != 10)
        return std::nullopt;
    return day_text(year, month, day);
}

// 31.1.2026 and 31/1/2026. With slashes the month comes first in some countries: where both could
// be meant, only the country decides.
std::optional<std::string> written_date(const std::string& text, const Region& region)
{
    if (auto iso = iso_date(text)) return iso;
    unsigned first = 0;
    unsigned second = 0;
    int year = 0;
    char sign = 0;
    char again = 0;
    int used = 0;
    if (std::sscanf(text.c_str(), "%2u%c%2u%c%4d%n", &first, &sign, &second, &again, &year, &used)
            != 5
        || std::size_t(used) != text.size() || sign != again)
        return std::nullopt;
    if (sign == '.' || sign == '-') return day_text(year, second, first);
    if (sign != '/') return std::nullopt;
    if (first > 12) return day_text(year, second, first);
    if (second > 12 || first == second || region.country == "US")
        return day_text(year, first, second);
    return std::nullopt;
}

// With its offset, or as a clock of the organization shows it: "2026-01-31 08:15".
std::optional<std::string> written_time(const std::string& text, const Region& region)
{
    if (const auto time = parse_time(text)) return rfc3339(*time);
    if (text.size() < 16 || (text[10] != ' ' && text[10] != 'T')) return std::nullopt;
    const auto clock = text.size() == 16 ? text + ":00Z" : text + "Z";
    const auto local = parse_time(clock);
    if (!local) return std::nullopt;
    const date::local_time<std::chrono::microseconds> shown{std::chrono::microseconds(local->us)};
    const auto* zone =
        date::locate_zone(is_time_zone(region.time_zone) ? region.time_zone : "Etc/UTC");
    return rfc3339({zone->to_sys(shown, date::choose::earliest).time_since_epoch().count()});
}

std::optional<bool> yes_or_no(const std::string& text)
{
    constexpr std::array yes{"yes", "y", "true", "1", "ja", "sí", "si", "oui", "sim", "sì", "tak",
        "да", "evet", "نعم", "是"};
    constexpr std::array no{"no", "n", "false", "0", "nein", "nee", "non", "não", "nao", "nie",
        "нет", "hayır", "لا", "否"};
    const auto word = lower(text);
    if (std::find(yes.begin(), yes.end(), word) != yes.end()) return true;
    if (std::find(no.begin(), no.end(), word) != no.end()) return false;
    return std::nullopt;
}

// Only addresses a browser may open: no script, no spaces.
std::optional<std::string> web_address(const std::string& text)
{
    const auto start = lower(text.substr(0, 8));
    const bool has_scheme = start.starts_with("http://") || start.starts_with("https://");
    const auto address = has_scheme ? text : "https://" + text;
    const auto host = address.substr(address.find("//") + 2);
    const auto dot = host.substr(0, host.find('/')).find('.');
    const bool is_plain = std::all_of(address.begin(), address.end(),
        [](char c) { return std::uint8_t(c) > ' ' && c != '<' && c != '>' && c != '"'; });
    if (!is_plain || dot == std::string::npos || dot == 0 || address.size() > link_max
        || (!has_scheme && text.find(':') != std::string::npos))
        return std::nullopt;
    return address;
}

// What people saw goes before the key: the keys of some forms are numbers.
const FieldOption* option_of(const CustomField& field, const std::string& text)
{
    for (const auto& option : field.options)
        if (option.label == text) return &option;
    for (const auto& option : field.options)
        if (option.key == text) return &option;
    const auto folded = lower(trimmed(text));
    for (const auto& option : field.options)
        if (lower(trimmed(option.label)) == folded) return &option;
    return nullptr;
}

json::value money(std::int64_t minor, const CustomField& field)
{
    return json::object{{"amount_minor", minor}, {"currency", field.currency.value_or("EUR")}};
}

json::value checked_money(const CustomField& field, const json::value& given)
{
    const auto* amount = given.if_object();
    const auto* minor = amount ? amount->if_contains("amount_minor") : nullptr;
    const auto* currency = amount ? amount->if_contains("currency") : nullptr;
    if (!minor || !minor->is_int64())
        refuse("money", "Please give an amount such as {\"amount_minor\":120000}.");
    if (currency && *currency != json::value(field.currency.value_or("EUR")))
        refuse("currency", "This field is kept in another currency.");
    return money(minor->get_int64(), field);
}

json::value checked_choice(const CustomField& field, const json::value& given)
{
    const auto text = text_in(given);
    for (const auto& option : field.options)
        if (option.key == text) return json::value(text);
    refuse("unknown", "This is none of the field's options. Please choose another.");
}

json::value checked_choices(const CustomField& field, const json::value& given)
{
    const auto* list = given.if_array();
    if (!list || list->empty()) refuse("type", "Please choose at least one option.");
    json::array chosen;
    for (const auto& each : *list) {
        auto key = checked_choice(field, each);
        if (std::find(chosen.begin(), chosen.end(), key) == chosen.end())
            chosen.push_back(std::move(key));
    }
    return chosen;
}

json::value phone_number(const std::string& text, const Region& region)
{
    if (auto number = phone::to_e164(text, region.country)) return json::value(*number);
    refuse("phone", "Please give the number with its country code, such as +34 600 000 000.");
}

template <class Read>
json::value or_refuse(Read&& read, const char* code, const char* message)
{
    auto found = read;
    if (!found) refuse(code, message);
    return json::value(*found);
}

}  // namespace

Region region_of(const db::Reader& db)
{
    const auto row = db.row<std::tuple<std::optional<std::string>, std::string>>(
        "SELECT country, time_zone FROM organizations WHERE id = $1");
    if (!row) return {};
    return {std::get<0>(*row).value_or(""), std::get<1>(*row)};
}

json::value check_value(const CustomField& field, const json::value& given, const Region& region)
{
    switch (field.type) {
    case FieldType::text:
        return json::value(fields::check_text(text_in(given), 1, text_max));
    case FieldType::long_text:
        return json::value(fields::check_text(text_in(given), 1, long_text_max));
    case FieldType::number:
        if (!given.is_number()) refuse("type", "Please give a number.");
        return given;
    case FieldType::money:
        return checked_money(field, given);
    case FieldType::date:
        return or_refuse(iso_date(text_in(given)), "date", "Please give a day such as 2026-01-31.");
    case FieldType::date_time:
        return or_refuse(written_time(text_in(given), region), "time",
            "Please give a time such as 2026-01-31T08:15:00Z.");
    case FieldType::yes_no:
        if (!given.is_bool()) refuse("type", "Please say yes or no.");
        return given;
    case FieldType::select:
        return checked_choice(field, given);
    case FieldType::multi_select:
        return checked_choices(field, given);
    case FieldType::phone:
        return phone_number(text_in(given), region);
    case FieldType::email:
        return json::value(Email::check(text_in(given)).value);
    case FieldType::link:
        break;
    }
    return or_refuse(web_address(trimmed(text_in(given))), "link",
        "Please give an address such as https://example.com.");
}

std::optional<json::value> read_answer(
    const CustomField& field, const std::vector<std::string>& answers, const Region& region)
{
    std::vector<std::string> said;
    for (const auto& answer : answers)
        if (auto text = trimmed(answer); !text.empty()) said.push_back(std::move(text));
    if (said.empty()) return std::nullopt;

    const auto chosen = [&](const std::string& text) -> std::optional<json::value> {
        const auto* option = option_of(field, text);
        return option ? std::optional(json::value(option->key)) : std::nullopt;
    };
    if (field.type == FieldType::multi_select) {
        json::array keys;
        for (const auto& text : said) {
            auto key = chosen(text);
            if (!key) return std::nullopt;
            keys.push_back(*std::move(key));
        }
        return checked_choices(field, keys);
    }
    if (field.type == FieldType::text || field.type == FieldType::long_text) {
        std::string joined;
        for (const auto& text : said) joined += (joined.empty() ? "" : ", ") + text;
        said = {std::move(joined)};
    }
    if (said.size() != 1) return std::nullopt;
    const auto& text = said.front();
    const auto value_of = [](auto found) -> std::optional<json::value> {
        if (!found) return std::nullopt;
        return json::value(*found);
    };
    try {
        switch (field.type) {
        case FieldType::number:
            return number_in(text);
        case FieldType::money:
            if (const auto minor = minor_units_in(text, field.currency.value_or("EUR")))
                return money(*minor, field);
            return std::nullopt;
        case FieldType::date:
            return value_of(written_date(text, region));
        case FieldType::yes_no:
            return value_of(yes_or_no(text));
        case FieldType::select:
            return chosen(text);
        default:
            return check_value(field, json::value(text), region);
        }
    } catch (const BadField&) {
        return std::nullopt;
    }
}

}  // namespace leadcrm::custom_fields
