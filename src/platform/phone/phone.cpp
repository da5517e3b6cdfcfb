#include "platform/phone/phone.hpp"

#include <phonenumbers/phonenumberutil.h>

namespace leadcrm::phone {

std::optional<std::string> to_e164(std::string_view text, std::string_view country)
{
    using i18n::phonenumbers::PhoneNumber;
    using i18n::phonenumbers::PhoneNumberUtil;

    // People type far less; longer texts only cost time.
    if (text.size() > 60) return std::nullopt;
    const auto& numbers = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const std::string region = country.empty() ? "ZZ" : std::string(country);
    if (numbers.Parse(std::string(text), region, &number) != PhoneNumberUtil::NO_PARSING_ERROR)
        return std::nullopt;
    // A number that only works inside its own town is of no use to anybody elsewhere.
    if (numbers.IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE)
        return std::nullopt;
    std::string e164;
    numbers.Format(number, PhoneNumberUtil::E164, &e164);
    return e164;
}

std::optional<std::string> calling_code(std::string_view e164)
{
    using i18n::phonenumbers::PhoneNumber;
    using i18n::phonenumbers::PhoneNumberUtil;

    PhoneNumber number;
    const auto parsed = PhoneNumberUtil::GetInstance()->Parse(std::string(e164), "ZZ", &number);
    if (parsed != PhoneNumberUtil::NO_PARSING_ERROR) return std::nullopt;
    return '+' + std::to_string(number.country_code());
}

}  // namespace leadcrm::phone
