#include "leads/deleted_lead_api.hpp"

#include "leads/deleted_lead.hpp"

#include <charconv>
#include <string_view>

namespace leadcrm::leads {
namespace {

struct ListDeleted {
    std::optional<Whole<1, 200>> limit;
    std::optional<Text<1, 100>> cursor;
};
BOOST_DESCRIBE_STRUCT(ListDeleted, (), (limit, cursor))

// "1767225600000000-17": when the last one was deleted, and its number.
std::string text_of(const PlaceOfDeleted& place)
{
    return std::to_string(place.deleted_at.us) + '-' + std::to_string(place.number);
}

PlaceOfDeleted place_in(std::string_view text)
{
    PlaceOfDeleted place;
    const auto* end = text.data() + text.size();
    const auto time = std::from_chars(text.data(), end, place.deleted_at.us);
    if (time.ec == std::errc() && time.ptr != end && *time.ptr == '-') {
        const auto number = std::from_chars(time.ptr + 1, end, place.number);
        if (number.ec == std::errc() && number.ptr == end) return place;
    }
    throw Failure::invalid(
        "cursor", "cursor", "This is no place in this list. Please start from its beginning.");
}

http::Page<DeletedLead> list(
    const db::Reader& db, const http::Caller& caller, const ListDeleted& ask)
{
    const auto limit = std::size_t(ask.limit.value_or(Whole<1, 200>{50}).value);
    std::optional<PlaceOfDeleted> after;
    if (ask.cursor) after = place_in(ask.cursor->value);
    http::Page<DeletedLead> page{list_deleted(db, caller, after, int(limit) + 1), std::nullopt};
    if (page.data.size() > limit) {
        page.data.resize(limit);
        const auto& last = page.data.back();
        page.next_cursor = text_of({last.deleted_at, last.number});
    }
    return page;
}

}  // namespace

void add_deleted_routes(http::Routes& api)
{
    using http::Right;
    api.write("POST", "/api/v1/leads/delete", delete_leads,
        {"Delete leads", Right::delete_leads,
            "At most 200 at once, of those the caller sees. They leave every list, count and search, "
            "can be restored for 30 days, and are erased for good then. Should the person send a "
            "form again, they come in as somebody new."});
    api.write("POST", "/api/v1/leads/restore", restore_leads,
        {"Restore deleted leads", Right::delete_leads, "At most 200 at once, as they were."});
    api.read("GET", "/api/v1/leads/deleted", list,
        {"List deleted leads, the last deleted first", Right::delete_leads,
            "Of those whose owners' leads the caller sees. `erased_at`: when they will be erased for "
            "good."});
}

}  // namespace leadcrm::leads
