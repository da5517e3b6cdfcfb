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
    std::vector<std::int64_t> numbers;
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
        json::parse(json::print(tree));
        read = json::read<Everything>(tree);
    } catch (const Failure& refused) {
        // A person has to learn what is wrong.
        if (refused.kind == Failure::Kind::invalid && refused.fields.empty()) std::abort();
        if (refused.message.empty() || refused.kind == Failure::Kind::internal) std::abort();
        return 0;
    }
    json::parse(json::text_of(read));
    // Boost.JSON reads the last digit of a fraction as it pleases, so these may change.
    read.raw.reset();
    read.tree.reset();
    const auto text = json::text_of(read);
    if (json::text_of(json::from_text<Everything>(text)) != text) std::abort();
    return 0;
}
