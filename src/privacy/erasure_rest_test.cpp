#include "app/testing/whole_product.hpp"
#include "exports/export.hpp"
#include "privacy/erasure_rest.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace leadcrm::privacy {
namespace {

namespace fs = std::filesystem;
using app::testing::Product;

struct Acme : Product {
    OrganizationId id = *OrganizationId::parse(
        std::string(owner.get("/api/v1/me").json().at("organization").at("id").as_string()));
    Surroundings around{*database, folder.path / "exports",
        database->dialect() == db::Dialect::sqlite ? fs::path(database.settings().file)
                                                   : fs::path()};

    exports::ExportId ordered()
    {
        const auto answer = owner.post("/api/v1/exports", {{"kind", "leads"}, {"format", "csv"}});
        REQUIRE(answer.status == 202);
        return *exports::ExportId::parse(std::string(answer.json().at("id").as_string()));
    }
    void becomes(const exports::ExportId& which, exports::ExportState state)
    {
        database->write(id, [&](db::Tx& tx) {
            auto made = exports::find(tx, which).value();
            made.state = state;
            exports::update(tx, made);
        });
    }
    std::string state_of(const exports::ExportId& which)
    {
        return std::string(
            owner.get("/api/v1/exports/" + which.text()).json().at("state").as_string());
    }
    fs::path file(const exports::ExportId& which, bool is_there = true)
    {
        auto path = exports::file_of(around.exports, which);
        fs::create_directories(around.exports);
        if (is_there) std::ofstream(path) << "Ana";
        return path;
    }
};

}  // namespace

TEST_CASE("an export that was being made when somebody was erased is waited for, and ended")
{
    Acme acme;
    const auto before = acme.ordered();
    acme.becomes(before, exports::ExportState::running);
    const auto erased_at = Instant::now();
    CHECK_THROWS_AS(do_rest(acme.around, acme.id, erased_at), jobs::TryAgain);

    const auto path = acme.file(before);
    acme.becomes(before, exports::ExportState::done);
    const auto after = acme.ordered();  // it never saw the person
    const auto kept = acme.file(after);
    acme.becomes(after, exports::ExportState::done);
    for (int times = 0; times < 2; ++times) do_rest(acme.around, acme.id, erased_at);
    CHECK(acme.state_of(before) == "expired");
    CHECK(acme.state_of(after) == "done");
    CHECK_FALSE(fs::exists(path));
    CHECK(fs::exists(kept));
}

TEST_CASE("what a failed export left half written goes too")
{
    Acme acme;
    const auto failed = acme.ordered();
    acme.becomes(failed, exports::ExportState::failed);
    auto part = acme.file(failed, false);
    part += ".part";
    std::ofstream(part) << "Ana";
    do_rest(acme.around, acme.id, Instant::now());
    CHECK_FALSE(fs::exists(part));
    CHECK(acme.state_of(failed) == "failed");
}

}  // namespace leadcrm::privacy
