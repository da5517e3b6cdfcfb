// The reader of requests: whatever arrives is read or refused with reasons, and what was read is
// written and read again without a difference.
#include "platform/json/json.hpp"

#include <cstdlib>
#include <map>

namespace {

using namespace leadcrm;

BOOST_DEFINE_ENUM_CLASS(Mood, calm, busy)

struct Part {
    Text<1, 10> text;
    std::optional<Whole<0, 5>> stars;
    std::vector<double> numbers;
};
BOOST_DESCRIBE_STRUCT(Part, (), (text, stars, numbers))

// One member of every kind that a request can hold.
struct Everything {
    std::optional<Id<"lead">> id;
    std::optional<Mood> mood;
    std::optional<Email> email;
    std::optional<Password> password;
    std::optional<Country> country;
    std::optional<TimeZone> time_zone;
    std::optional<Instant> at;
    std::optional<bool> yes;
    std::optional<std::int64_t> number;
    std::optional<std::string> text;
    std::optional<std::vector<Part>> parts;
    std::optional<std::map<std::string, std::string>> words;
    std::optional<json::Raw> raw;
    std::optional<json::value> tree;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
    (id, mood, email, password, country, time_zone, at, yes, number, text, parts, words, raw, tree))

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    Everything read;
    try {
        const auto tree = json::parse({reinterpret_cast<const char*>(data), size});
        if (json::print(json::parse(json::print(tree))) != json::print(tree)) std::abort();
        read = json::read<Everything>(tree);
    } catch (const Failure& refused) {
        // A person has to learn what is wrong.
        if (refused.kind == Failure::Kind::invalid && refused.fields.empty()) std::abort();
        if (refused.message.empty() || refused.kind == Failure::Kind::internal) std::abort();
        return 0;
    }
    const auto text = json::text_of(read);
    json::parse(text);
    if (json::text_of(json::from_text<Everything>(text)) != text) std::abort();
    return 0;
}
