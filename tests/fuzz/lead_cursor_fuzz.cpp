// Cursors: any text is a place in the list it was made for, or it is refused; what is accepted
// comes back as the same text.
#include "leads/lead_cursor.hpp"

#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace leadcrm;
using namespace leadcrm::leads;

void check(bool holds)
{
    if (!holds) std::abort();
}

// Nothing for a text that is refused.
std::optional<Place> place_in(std::string_view text, const Sort& sort)
{
    try {
        return read_cursor(text, sort, {});
    } catch (const Failure& failure) {
        check(failure.kind == Failure::Kind::invalid);
        return std::nullopt;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const auto* order : {"-submitted_at", "name"}) {
        const Sort sort{order};
        if (const auto place = place_in(bytes, sort))
            check(place_in(cursor_text(*place, sort, {}), sort) == place);

        // The bytes as the key of a cursor of ours: a fingerprint is hard to guess.
        const auto made =
            sort.is_by_name() ? Place{std::string(bytes), 7} : Place{std::int64_t(size), 7};
        const auto again = place_in(cursor_text(made, sort, {}), sort);
        if (sort.is_by_name() && storable(bytes) != bytes)
            check(!again);
        else
            check(again == made);
    }
    return 0;
}
