#include "meta/delivery_api.hpp"

#include "meta/delivery_list.hpp"
#include "meta/replay.hpp"

namespace leadcrm::meta {
namespace {

constexpr std::size_t replay_max = 200;

struct ListDeliveries {
    std::optional<DeliveryResult> result;
    std::optional<Text<1, 32>> page_id;
    std::optional<DeliveryId> cursor;
    std::optional<Whole<1, 200>> limit;
};
BOOST_DESCRIBE_STRUCT(ListDeliveries, (), (result, page_id, cursor, limit))

struct ShowDelivery {
    DeliveryId id;
};
BOOST_DESCRIBE_STRUCT(ShowDelivery, (), (id))

struct DeliveryWithBody : DeliveryView {
    json::value body;
};
BOOST_DESCRIBE_STRUCT(DeliveryWithBody, (DeliveryView), (body))

struct ReplayDeliveries {
    std::vector<DeliveryId> ids;
};
BOOST_DESCRIBE_STRUCT(ReplayDeliveries, (), (ids))

struct Ordered {
    std::int64_t ordered = 0;
};
BOOST_DESCRIBE_STRUCT(Ordered, (), (ordered))

http::Page<DeliveryView> list(
    db::PlatformReader& db, const http::Caller& caller, const ListDeliveries& ask)
{
    DeliveryAsk question{.result = ask.result, .after = ask.cursor};
    if (ask.page_id) question.page_id = ask.page_id->value;
    if (ask.limit) question.limit = std::size_t(ask.limit->value);
    auto found = list_deliveries(db, caller.organization_id, question);
    http::Page<DeliveryView> page;
    page.data = std::move(found.deliveries);
    if (found.next) page.next_cursor = found.next->text();
    return page;
}

DeliveryWithBody read(db::PlatformReader& db, const http::Caller& caller, const ShowDelivery& ask)
{
    auto found = find_delivery(db, caller.organization_id, ask.id);
    if (!found)
        throw Failure::not_found(
            "This delivery is no longer here. Deliveries are kept for a month.");
    return {std::move(found->view), json::parse(found->body)};
}

Ordered replay_some(db::Tx& tx, const http::Caller&, const ReplayDeliveries& ask)
{
    if (ask.ids.empty() || ask.ids.size() > replay_max)
        throw Failure::invalid(
            "ids", "wrong_length", "Please choose between 1 and 200 deliveries.");
    return {order_replay(tx, ask.ids)};
}

}  // namespace

void add_delivery_routes(http::Routes& api)
{
    using http::Right;
    api.read("GET", "/api/v1/meta/deliveries", list,
        {"What Meta delivered for this organization's pages, and what became of it",
            Right::read_sources,
            "Newest first. With a filter a page may be short, or empty, and still go on."});
    api.read("GET", "/api/v1/meta/deliveries/{id}", read,
        {"One delivery with its body: ids and times are shown, everything else is masked",
            Right::read_sources});
    api.write("POST", "/api/v1/meta/deliveries/replay", replay_some,
        {"Do deliveries once more: missing leads are fetched, those that are there stay as they are",
            Right::write_sources, "", 202});
}

}  // namespace leadcrm::meta
