// Whatever strangers type: what is read of it is a value the field itself would take.
#include "custom_fields/field_value.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace leadcrm::custom_fields {
namespace {

CustomField field_of(FieldType type)
{
    return {.type = type, .options = {{"a", "One"}, {"b", "2"}, {"2", "Three"}}, .currency = "EUR"};
}

// Pieces that readers stumble over, rather than letters at random.
rc::Gen<std::string> answers()
{
    const auto piece = rc::gen::element<std::string>("1", "0", "12", "2026", "-", "/", ".", ",",
        " ", "€", "yes", "нет", "One", "Three", "b", "@", "ana@example.com", "+34600000000",
        "https://", "www.", "example.com", "T08:15:00Z", "31", "01", "\xff", std::string("\0", 1),
        "\u202f", "مساءً", "😀", "<b>", "javascript:");
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
        [](const std::vector<std::string>& pieces) {
            std::string text;
            for (const auto& each : pieces) text += each;
            return text;
        });
}

TEST_CASE("what is read of any answer is a value its field takes, unchanged")
{
    const bool holds = rc::check([] {
        const auto type = *rc::gen::element(FieldType::text, FieldType::long_text,
            FieldType::number, FieldType::money, FieldType::date, FieldType::date_time,
            FieldType::yes_no, FieldType::select, FieldType::multi_select, FieldType::phone,
            FieldType::email, FieldType::link);
        const auto field = field_of(type);
        const Region region{*rc::gen::element<std::string>("DE", "US", ""), "Europe/Berlin"};
        const auto said =
            *rc::gen::resize(8, rc::gen::container<std::vector<std::string>>(answers()));
        const auto value = read_answer(field, said, region);
        if (value) RC_ASSERT(check_value(field, *value, region) == *value);
    });
    CHECK(holds);
}

}  // namespace
}  // namespace leadcrm::custom_fields
