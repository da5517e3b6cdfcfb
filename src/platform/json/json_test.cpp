#include "platform/json/json.hpp"

#include <doctest/doctest.h>

#include <map>

namespace leadcrm::json {
namespace {

BOOST_DEFINE_ENUM_CLASS(Mood, calm, busy)

struct Note {
    Text<1, 10> text;
    std::optional<Whole<0, 5>> stars;
};
BOOST_DESCRIBE_STRUCT(Note, (), (text, stars))

struct Desk {
    UserId user_id;
    Mood mood = Mood::calm;
    std::vector<Note> notes;
    std::optional<Instant> seen_at;
};
BOOST_DESCRIBE_STRUCT(Desk, (), (user_id, mood, notes, seen_at))

template <class T>
struct Boxed {
    std::vector<T> data;
    BOOST_DESCRIBE_CLASS(Boxed, (), (data), (), ())
};

namespace elsewhere {
struct Note {
    std::string tune;
};
BOOST_DESCRIBE_STRUCT(Note, (), (tune))
}  // namespace elsewhere

Errors errors_of(std::string_view text)
{
    try {
        read<Desk>(parse(text));
    } catch (const Failure& failure) {
        return failure.fields;
    }
    return {};
}

constexpr auto good =
    R"({"user_id":"user_00000000000000000000000000","mood":"busy",)"
    R"("notes":[{"text":"  hi ","stars":3},{"text":"x"}],"seen_at":"1970-01-01T00:00:01Z"})";

}  // namespace

TEST_CASE("a request is read into its struct, rules applied")
{
    const auto desk = read<Desk>(parse(good));
    CHECK(desk.mood == Mood::busy);
    REQUIRE(desk.notes.size() == 2);
    CHECK(desk.notes[0].text.value == "hi");
    CHECK(desk.notes[0].stars->value == 3);
    CHECK_FALSE(desk.notes[1].stars);
    CHECK(desk.seen_at == Instant{1'000'000});
}

TEST_CASE("everything wrong with a request is named at once")
{
    const auto errors =
        errors_of(R"({"user_id":"lead_1","mood":"angry","extra":1,)"
                  R"("notes":[{"text":"","stars":9},{"text":7}],"seen_at":"soon"})");
    std::map<std::string, std::string> codes;
    for (const auto& error : errors) {
        codes[error.field] = error.code;
        CHECK_FALSE(error.message.empty());
    }
    CHECK(codes
        == std::map<std::string, std::string>{{"user_id", "id"}, {"mood", "choice"},
            {"extra", "unknown"}, {"notes[0].text", "required"}, {"notes[0].stars", "range"},
            {"notes[1].text", "type"}, {"seen_at", "time"}});
}

TEST_CASE("a missing member is an error unless it is optional")
{
    const auto errors = errors_of(R"({"user_id":"user_00000000000000000000000000","mood":"calm"})");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].field == "notes");
    CHECK(errors[0].code == "required");
}

TEST_CASE("what is not JSON in UTF-8 is malformed")
{
    for (const std::string_view text : {"", "{", "{}x", "[1,]", "\"\xff\"", "nul"})
        CHECK_THROWS_AS(parse(text), Failure);
    CHECK_THROWS_AS(parse(std::string(40, '[') + std::string(40, ']')), Failure);
}

TEST_CASE("what is written can be read, whatever the characters")
{
    const std::string awkward = "a\"b\\c\n\t\x01 \xc3\xa9 \xf0\x9f\x98\x80 </script>";
    CHECK(text_of(awkward) == "\"a\\\"b\\\\c\\n\\t\\u0001 \xc3\xa9 \xf0\x9f\x98\x80 </script>\"");
    CHECK(from_text<std::string>(text_of(awkward)) == awkward);

    const auto desk = from_text<Desk>(good);
    CHECK(text_of(from_text<Desk>(text_of(desk))) == text_of(desk));
    CHECK(text_of(Raw{"{\"a\":1}"}) == "{\"a\":1}");
    CHECK(text_of(std::optional<int>()) == "null");
}

TEST_CASE("stored data with the wrong shape is an internal failure")
{
    CHECK_THROWS_AS(from_text<Desk>("[]"), Failure);
    CHECK_THROWS_AS(enum_from_text<Mood>("angry"), Failure);
    CHECK(from_text<Desk>("{\"later\":1}").notes.empty());
}

TEST_CASE("a type describes itself, its parts as components of their own")
{
    object components;
    const auto schema = schema_of<Boxed<Desk>>(components);
    CHECK(schema.at("$ref") == "#/components/schemas/DeskBoxed");
    CHECK(components.contains("Note"));
    const auto& desk = components.at("Desk").at("properties");
    CHECK(desk.at("mood").at("enum") == value{"calm", "busy"});
    CHECK(desk.at("seen_at").at("type") == value{"string", "null"});
    CHECK(components.at("Desk").at("required") == value{"user_id", "mood", "notes"});
    CHECK(components.at("Note").at("properties").at("text").at("maxLength") == 10);
}

TEST_CASE("two structs of one name are not described as one")
{
    object components;
    schema_of<Note>(components);
    schema_of<Note>(components);
    CHECK_THROWS_AS(schema_of<elsewhere::Note>(components), std::logic_error);
}

}  // namespace leadcrm::json
