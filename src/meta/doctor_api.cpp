#include "meta/doctor_api.hpp"

#include "meta/delays.hpp"
#include "meta/trouble.hpp"

#include <chrono>

namespace leadcrm::meta {
namespace {

using PageId = Text<1, 32>;

struct OfPage {
    PageId page_id;
};
BOOST_DESCRIBE_STRUCT(OfPage, (), (page_id))

struct MakeTestLead {
    PageId page_id;
    std::optional<Text<1, 32>> form_id;
};
BOOST_DESCRIBE_STRUCT(MakeTestLead, (), (page_id, form_id))

struct TestLeadView {
    std::string leadgen_id;
};
BOOST_DESCRIBE_STRUCT(TestLeadView, (), (leadgen_id))

Checkup last_checkup(db::Reader& db, const http::Caller&, const OfPage& ask)
{
    if (!store::find_page(db, ask.page_id.value))
        throw Failure::not_found("This page is not connected.");
    auto found = store::list_checkups(db, ask.page_id.value);
    if (found.empty()) return {.page_id = ask.page_id.value};
    return std::move(found.front());
}

RoundTrip last_test_lead(db::Reader& db, const http::Caller&, const OfPage& ask)
{
    const auto trip = last_round_trip(db, ask.page_id.value);
    if (!trip) throw Failure::not_found("No test lead has been sent to this page yet.");
    return *trip;
}

Delays delays_of_last_day(db::Reader& db, const http::Caller&, const OfPage& ask)
{
    return delays_of(db, ask.page_id.value, Instant::now() - std::chrono::hours(24));
}

http::Page<Trouble> list_problems(db::Reader& db, const http::Caller&, const http::Nothing&)
{
    return {list_troubles(db), std::nullopt};
}

}  // namespace

void add_doctor_routes(http::Routes& api, Doctor& doctor, db::Database& database,
    const crypto::Vault& vault, const Apps& apps)
{
    using http::Right;
    api.read("GET", "/api/v1/meta/doctor", last_checkup,
        {"The ten checks of a page as they were found the last time", Right::read_sources});
    api.work("POST", "/api/v1/meta/doctor/run",
        [&doctor](const http::Call& call, const OfPage& ask) {
            return doctor.run(call.caller().organization_id, ask.page_id.value);
        },
        {"Examine a page now", Right::write_sources});
    api.work("POST", "/api/v1/meta/pages/{page_id}/test-lead",
        [&](const http::Call& call, const MakeTestLead& ask) {
            std::optional<std::string> form_id;
            if (ask.form_id) form_id = ask.form_id->value;
            const auto lead = order_test_lead(
                database, vault, apps, call.caller().organization_id, ask.page_id.value, form_id);
            return TestLeadView{lead.leadgen_id};
        },
        {"Have Meta make a test lead of a form, to see it arrive", Right::write_sources,
            "Without form_id, of the page's newest form.", 202});
    api.read("GET", "/api/v1/meta/pages/{page_id}/test-lead", last_test_lead,
        {"The last test lead of a page with its three times", Right::read_sources});
    api.read("GET", "/api/v1/meta/pages/{page_id}/delays", delays_of_last_day,
        {"Where the seconds went in the last day: from Meta to us, from us to a screen",
            Right::read_sources});
    api.read("GET", "/api/v1/meta/problems", list_problems,
        {"What keeps leads from coming right now", Right::read_sources});
}

}  // namespace leadcrm::meta
