#include "meta/ledger_api.hpp"

#include "meta/backfill.hpp"
#include "meta/ledger.hpp"

namespace leadcrm::meta {
namespace {

constexpr int days_default = 7;

struct AskLedger {
    std::optional<Text<1, 64>> page_id;
    std::optional<Whole<1, 92>> days;
};
BOOST_DESCRIBE_STRUCT(AskLedger, (), (page_id, days))

struct AskBackfill {
    Text<1, 64> page_id;
};
BOOST_DESCRIBE_STRUCT(AskBackfill, (), (page_id))

struct BackfillOrdered {
    BackfillState state;
};
BOOST_DESCRIBE_STRUCT(BackfillOrdered, (), (state))

Ledger read_ledger(db::Reader& db, const http::Caller&, const AskLedger& ask)
{
    return ledger_of(db, ask.page_id ? std::optional(ask.page_id->value) : std::nullopt,
        ask.days ? int(ask.days->value) : days_default, Instant::now());
}

http::Download download_ledger(db::Reader& db, const http::Caller& caller, const AskLedger& ask)
{
    return {"text/csv; charset=utf-8", "lead-ledger.csv", csv_of(read_ledger(db, caller, ask))};
}

BackfillOrdered backfill_page(db::Tx& tx, const http::Caller&, const AskBackfill& ask)
{
    const auto page = store::find_page(tx, ask.page_id.value);
    if (!page) throw Failure::not_found("This page is not connected. Connect it first.");
    if (page->is_disconnected())
        throw Failure::conflict(
            "Facebook no longer accepts this page's connection. Connect the page again first.");
    return {order_backfill(tx, page->page_id).state};
}

}  // namespace

void add_ledger_routes(http::Routes& api)
{
    api.read("GET", "/api/v1/meta/ledger", read_ledger,
        {"Leads at Meta against leads here, per form and day", http::Right::read_sources});
    api.read("GET", "/api/v1/meta/ledger.csv", download_ledger,
        {"Fetch the lead ledger as a file", http::Right::read_sources});
    api.write("POST", "/api/v1/meta/pages/{page_id}/backfill", backfill_page,
        {"Read all leads Meta still holds of a page", http::Right::write_sources, {}, 202});
}

}  // namespace leadcrm::meta
