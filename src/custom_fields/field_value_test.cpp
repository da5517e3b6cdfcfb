#include "custom_fields/field_value.hpp"

#include <doctest/doctest.h>

namespace leadcrm::custom_fields {
namespace {

const Region germany{"DE", "Europe/Berlin"};

json::value read(FieldType type, const std::string& answer, const Region& region = germany)
{
    CustomField field{.type = type, .currency = "EUR"};
    return read_answer(field, {answer}, region).value_or(nullptr);
}

TEST_CASE("numbers are read as people write them, and not guessed")
{
    const auto number = [](const char* text) { return read(FieldType::number, text); };
    CHECK(number("3") == json::value(3));
    CHECK(number("1.200") == json::value(1200));
    CHECK(number("1,200,000") == json::value(1200000));
    CHECK(number("2 500") == json::value(2500));
    CHECK(number("2,5") == json::value(2.5));
    CHECK(number("0.125") == json::value(0.125));
    CHECK(number("-4") == json::value(-4));
    for (const auto* unclear : {"two", "200-300", "5k", "1.20.000", "", "12 or 13", "1,2,3"})
        CHECK(number(unclear) == json::value(nullptr));

    const auto minor = [](const char* text) {
        const auto money = read(FieldType::money, text);
        return money.is_object() ? money.at("amount_minor").as_int64() : -1;
    };
    CHECK(minor("1.200,50 €") == 120050);
    CHECK(minor("$1,200") == 120000);
    CHECK(minor("99.9 EUR") == 9990);
    CHECK(minor("about 100") == -1);
}

TEST_CASE("a day is read where only one can be meant")
{
    const auto day = [](const char* text, const Region& region = germany) {
        return read(FieldType::date, text, region);
    };
    CHECK(day("2026-01-31") == json::value("2026-01-31"));
    CHECK(day("31.1.2026") == json::value("2026-01-31"));
    CHECK(day("01/31/2026") == json::value("2026-01-31"));
    CHECK(day("31/01/2026") == json::value("2026-01-31"));
    CHECK(day("03/04/2026") == json::value(nullptr));
    CHECK(day("03/04/2026", {"US", "America/New_York"}) == json::value("2026-03-04"));
    CHECK(day("2026-02-30") == json::value(nullptr));
    CHECK(day("tomorrow") == json::value(nullptr));

    CHECK(read(FieldType::date_time, "2026-01-31T08:15:00+0100")
        == json::value("2026-01-31T07:15:00Z"));
    CHECK(read(FieldType::date_time, "2026-01-31 08:15") == json::value("2026-01-31T07:15:00Z"));
    CHECK(read(FieldType::date_time, "2026-01-31") == json::value(nullptr));
}

TEST_CASE("choices are known by key and by what people saw, in every script")
{
    CustomField level{
        .type = FieldType::select, .options = {{"beginner", "مبتدئ"}, {"advanced", "متقدم"}}};
    CHECK(read_answer(level, {"متقدم"}, germany) == json::value("advanced"));
    CHECK(read_answer(level, {"beginner"}, germany) == json::value("beginner"));
    CHECK_FALSE(read_answer(level, {"expert"}, germany));
    CHECK_FALSE(read_answer(level, {"beginner", "advanced"}, germany));
    level.type = FieldType::multi_select;
    CHECK(read_answer(level, {"beginner", "متقدم"}, germany)
        == json::value({"beginner", "advanced"}));
    CHECK_FALSE(read_answer(level, {"beginner", "expert"}, germany));

    const CustomField rooms{.type = FieldType::select, .options = {{"2", "4"}, {"0", "2"}}};
    CHECK(read_answer(rooms, {"2"}, germany) == json::value("0"));
}

TEST_CASE("yes and no, numbers, addresses")
{
    CHECK(read(FieldType::yes_no, "Ja") == json::value(true));
    CHECK(read(FieldType::yes_no, "نعم") == json::value(true));
    CHECK(read(FieldType::yes_no, "maybe") == json::value(nullptr));
    CHECK(read(FieldType::phone, "0170 1234567") == json::value("+491701234567"));
    CHECK(read(FieldType::phone, "soon") == json::value(nullptr));
    CHECK(read(FieldType::email, "Ana@Example.com") == json::value("ana@example.com"));
    CHECK(read(FieldType::link, "www.example.com") == json::value("https://www.example.com"));
    CHECK(read(FieldType::link, "javascript:alert(1.0)") == json::value(nullptr));
    CHECK(read(FieldType::text, std::string(1001, 'x')) == json::value(nullptr));
    CHECK(read(FieldType::text, " a ") == json::value("a"));
    CHECK_THROWS_AS(check_value({.type = FieldType::number}, json::value("3"), germany), BadField);
}

}  // namespace
}  // namespace leadcrm::custom_fields
