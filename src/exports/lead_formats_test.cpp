// What holds for leads in a file, whatever its format. Each format there is is asked, so a new one
// cannot be forgotten.
#include "exports/lead_page.hpp"
#include "exports/testing/export_product.hpp"
#include "exports/testing/lead_file_reader.hpp"
#include "leads/lead_intake.hpp"
#include "leads/sample_leads.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <fstream>

namespace leadcrm::exports {
namespace {

std::string word_of(ExportFormat format) { return boost::describe::enum_to_string(format, ""); }

// What people write into forms, and what a program that reads the file may make of it.
const std::vector<std::string> strange_names{"=cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0",
    "@SUM(A1)", "-2+3", "<b>&amp;\"'</b>", "_x0041_ _x005F_", "😀 Zoë Ωmega", "שלום עולם",
    "a,b;c\\d\\n", "tab\there", "BEGIN:VCARD", "\u202Eright to left"};

void take_in(
    Product& product, const std::string& name, const std::string& phone, const std::string& answer)
{
    product.database->write(product.organization, [&](db::Tx& tx) {
        leads::take_in(tx,
            {.leadgen_id = crypto::random_token(9),
                .contact = {name, "", phone},
                .source = {.channel = "meta", .page_id = "1", .form_name = "Spring, \"new\"; form"},
                .answers = {{"why", "Why; really?", {answer}}},
                .submitted_at = Instant::now(),
                .received_at = Instant::now()});
    });
}

LeadFileRead read_of(Product& product, testing::HttpClient& client, ExportFormat format,
    const boost::json::value& filter = nullptr)
{
    boost::json::object order{{"kind", "leads"}, {"format", word_of(format)}};
    if (!filter.is_null()) order["filter"] = filter;
    const auto made = product.made(client, order);
    REQUIRE(made.at("state") == "done");
    const auto file = product.fetched(client, made);
    REQUIRE(file.status == 200);
    CHECK(file.content_type == content_type(format));
    CHECK(file.header("Content-Disposition").ends_with("." + word_of(format) + "\""));
    CHECK(made.at("bytes").as_int64() == std::int64_t(file.body.size()));
    CHECK(std::string(made.at("sha256").as_string()) == crypto::hex(crypto::sha256(file.body)));
    auto read = read_lead_file(format, file.body);
    CHECK(made.at("rows").as_int64() == read.rows);
    return read;
}

std::int64_t count_of(testing::HttpClient& client, const std::string& question = "")
{
    return client.get("/api/v1/leads/count" + question).json().at("count").as_int64();
}

// No file grows beyond so many bytes, as on a disk that is full.
class FullDisk {
public:
    explicit FullDisk(std::size_t bytes) : before_(std::signal(SIGXFSZ, SIG_IGN))
    {
        getrlimit(RLIMIT_FSIZE, &limit_);
        const rlimit small{bytes, limit_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk()
    {
        setrlimit(RLIMIT_FSIZE, &limit_);
        std::signal(SIGXFSZ, before_);
    }

private:
    rlimit limit_{};
    void (*before_)(int);
};

void write_pages(const fs::path& path, ExportFormat format, int pages)
{
    LeadPage page;
    for (int i = 1; i <= 100; ++i)
        page.leads.push_back({.id = leads::LeadId::make(),
            .number = i,
            .name = crypto::random_token(200),
            .source = {{R"({"channel":"meta"})"}},
            .answers = {{"[]"}},
            .custom = {{"{}"}},
            .updated_at = Instant::now()});
    const auto file = make_lead_file(path, format, {.time_zone = "Etc/UTC"});
    for (int i = 0; i < pages; ++i) file->add(page);
    file->finish(pages * 100);
}

}  // namespace

TEST_CASE("a disk that is full gives no file that lacks rows")
{
    const auto path = fs::temp_directory_path() / ("leadcrm-full-" + crypto::random_token(9));
    for (const auto format : lead_formats()) {
        CAPTURE(word_of(format));
        write_pages(path, format, 20);
        // At each of these, something else of a workbook is cut: its rows, what they are put
        // together into, the end of that.
        for (std::size_t bytes = 100'000; bytes < fs::file_size(path); bytes += 10'000) {
            const FullDisk disk(bytes);
            CHECK_THROWS_AS(write_pages(path.string() + ".small", format, 20), Failure);
        }
    }
    fs::remove(path);
    fs::remove(path.string() + ".small");
}

TEST_CASE("leads come in every format but the archive's, and the API says so")
{
    Product product;
    CHECK(lead_formats().size() + 1
        == boost::mp11::mp_size<boost::describe::describe_enumerators<ExportFormat>>::value);
    const auto refused =
        product.owner.post("/api/v1/exports", {{"kind", "leads"}, {"format", "zip"}});
    CHECK(refused.status == 422);
    for (const auto format : lead_formats())
        CHECK(refused.body.find(word_of(format)) != std::string::npos);
}

TEST_CASE("each format holds what its filter lets through, within the sight of whoever asked")
{
    Product product;
    leads::make_samples(*product.database, product.organization, 300, 1);
    product.database->write(product.organization, [](db::Tx& tx) {
        tx.run("UPDATE leads SET is_test = TRUE WHERE organization_id = $1 AND number < 8");
    });
    testing::HttpClient joe{product.program.routes(), product.program.site()};
    product.sign_in_agent(joe);
    const auto shown = count_of(joe);
    const auto tests = count_of(product.owner, "?filter=%7B%22is_test%22:true%7D");
    REQUIRE(shown < count_of(product.owner));
    REQUIRE(tests > 0);
    for (const auto format : lead_formats()) {
        CAPTURE(word_of(format));
        CHECK(read_of(product, product.owner, format).rows == count_of(product.owner));
        CHECK(read_of(product, product.owner, format, {{"is_test", true}}).rows == tests);
        const auto order = boost::json::value{{"kind", "leads"}, {"format", word_of(format)}};
        const auto made = product.made(joe, order);
        CHECK(read_lead_file(format, product.fetched(joe, made).body).rows == shown);
        testing::HttpClient stranger{product.program.routes(), product.program.site()};
        CHECK(stranger.get(std::string(made.at("download_path").as_string())).status == 401);
    }
}

TEST_CASE("no format makes a formula, a tag or a second lead of a name, and none loses a name")
{
    Product product;
    int phone = 1'234'500;
    for (const auto& name : strange_names)
        take_in(
            product, name, "+49 30 " + std::to_string(++phone), "because\r\n\"it\", is;\\ " + name);
    std::vector<std::string> stored;
    const auto listed = product.owner.get("/api/v1/leads?limit=100").json();
    for (const auto& lead : listed.at("data").as_array())
        stored.emplace_back(lead.at("name").as_string());
    REQUIRE(stored.size() == strange_names.size());
    for (const auto format : lead_formats()) {
        CAPTURE(word_of(format));
        auto read = read_of(product, product.owner, format);
        CHECK(read.rows == std::int64_t(strange_names.size()));
        for (auto& name : read.names) {
            // A table that programs take for formulas says that a text is one.
            if (format == ExportFormat::csv && name.starts_with("'")) name.erase(0, 1);
            if (format == ExportFormat::xlsx)
                while (name.find("_x005F_x") != std::string::npos)
                    name.replace(name.find("_x005F_x"), 8, "_x");
        }
        auto expected = stored;
        if (format == ExportFormat::vcf)  // a card has no tabs
            for (auto& name : expected) std::ranges::replace(name, '\t', ' ');
        std::ranges::sort(read.names);
        std::ranges::sort(expected);
        CHECK(read.names == expected);
        CHECK(read.text.find("+49301234501") != std::string::npos);
    }
}

TEST_CASE("whoever may not export gets no format, and every one is in the audit log")
{
    Product product;
    leads::make_samples(*product.database, product.organization, 5, 1);
    testing::HttpClient joe{product.program.routes(), product.program.site()};
    product.sign_in_agent(joe);
    std::size_t made = 0;
    for (const auto format : lead_formats()) {
        CAPTURE(word_of(format));
        read_of(product, product.owner, format);
        ++made;
        const auto entries = product.owner.get("/api/v1/audit?limit=100").json().at("data");
        const auto of = [&](const std::string& action) {
            return std::size_t(std::ranges::count_if(entries.as_array(),
                [&](const auto& entry) { return entry.at("action").as_string() == action; }));
        };
        CHECK(of("POST /api/v1/exports") == made);
    }
    product.database->write_platform([&](db::PlatformTx& tx) {
        tx.run("UPDATE memberships SET may_export = FALSE WHERE role = 'agent'");
    });
    for (const auto format : lead_formats())
        CHECK(joe.post("/api/v1/exports", {{"kind", "leads"}, {"format", word_of(format)}}).status
            == 403);
}

TEST_CASE("whoever may not export any more when the file is made gets none")
{
    for (const auto format : lead_formats()) {
        CAPTURE(word_of(format));
        Product product;
        testing::HttpClient joe{product.program.routes(), product.program.site()};
        product.sign_in_agent(joe);
        REQUIRE(joe.post("/api/v1/exports", {{"kind", "leads"}, {"format", word_of(format)}}).status
            == 202);
        product.database->write_platform([&](db::PlatformTx& tx) {
            tx.run("UPDATE memberships SET may_export = FALSE WHERE role = 'agent'");
        });
        product.workers.run_due();
        CHECK(product.owner.get("/api/v1/exports").json().at("data").at(0).at("state") == "failed");
        CHECK(fs::is_empty(product.folder / "exports"));
    }
}

TEST_CASE("a file whose server died halfway is made anew, and nothing of the half is left")
{
    for (const auto format : lead_formats()) {
        CAPTURE(word_of(format));
        Product product;
        leads::make_samples(*product.database, product.organization, 20, 1);
        const auto ordered =
            product.owner.post("/api/v1/exports", {{"kind", "leads"}, {"format", word_of(format)}});
        REQUIRE(ordered.status == 202);
        const auto id = *ExportId::parse(std::string(ordered.json().at("id").as_string()));
        auto half = file_of(product.folder / "exports", id);
        half += ".part";
        fs::create_directories(product.folder / "exports");
        std::ofstream(half) << std::string(100'000, 'x');
        product.database->write(product.organization, [&](db::Tx& tx) {
            auto made = find(tx, id).value();
            made.state = ExportState::running;
            made.row_count = 7;
            update(tx, made);
        });
        product.workers.run_due();
        const auto made = product.owner.get("/api/v1/exports/" + id.text()).json().as_object();
        REQUIRE(made.at("state") == "done");
        const auto file = product.fetched(product.owner, made);
        CHECK(read_lead_file(format, file.body).rows == 20);
        CHECK(made.at("rows").as_int64() == 20);
        const auto part = product.fetched(product.owner, made, {{"Range", "bytes=10-19"}});
        CHECK(part.status == 206);
        CHECK(part.body == file.body.substr(10, 10));
        CHECK(std::distance(fs::directory_iterator(product.folder / "exports"), {}) == 1);
        const auto allowed = fs::status(file_of(product.folder / "exports", id)).permissions();
        CHECK(allowed == (fs::perms::owner_read | fs::perms::owner_write));
    }
}

}  // namespace leadcrm::exports
