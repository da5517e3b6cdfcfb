// The filter language: whatever JSON it is given, it becomes conditions within the limits or a list
// of named complaints, and conditions become SQL whose values are all bound.
#include "leads/lead_filter.hpp"

#include <algorithm>
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    // From whom something is hidden: the more complicated conditions.
    static const auto me = [] {
        http::Caller caller;
        caller.user_id = UserId::make();
        caller.sees_unassigned_contacts = false;
        return caller;
    }();
    LeadQuestion ask;
    try {
        ask.filter = json::parse(bytes);
    } catch (const Failure&) {
        ask.q = Text<0, 200>{std::string(bytes)};  // no JSON: words to search for
    }
    try {
        const auto filter = read_filter(ask, me);
        db::Sql sql("");
        add_condition(sql, {filter});
        const auto& text = sql.text();
        check(std::count(text.begin(), text.end(), '$') == std::ptrdiff_t(sql.values().size()));
        check(text.find_first_of("\";") == std::string::npos);
    } catch (const Failure& failure) {
        check(failure.kind == Failure::Kind::invalid && !failure.fields.empty());
        for (const auto& field : failure.fields) check(field.field.starts_with("filter"));
    }
    return 0;
}
