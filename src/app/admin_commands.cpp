#include "app/admin_commands.hpp"

#include "accounts/new_password.hpp"
#include "accounts/platform_admin.hpp"
#include "accounts/second_factor.hpp"
#include "app/announcement_command.hpp"
#include "app/config.hpp"
#include "app/options.hpp"
#include "app/organization_commands.hpp"
#include "app/printed_table.hpp"
#include "app/storage.hpp"
#include "audit/audit.hpp"
#include "features/feature.hpp"
#include "leads/sample_leads.hpp"
#include "meta/key_rotation.hpp"
#include "meta/page.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/line.hpp"
#include "platform/mail/mail.hpp"
#include "platform/net/fetch.hpp"
#include "platform_admin/dead_letters.hpp"
#include "platform_admin/graph_calls.hpp"
#include "platform_admin/oversight.hpp"
#include "platform_admin/plan.hpp"

#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>

namespace leadcrm::app {

const char* const admin_help =
    R"(What the operator of a server does. Lists take --json; settings of serve work here too.

    leadcrm admin organizations   who there is: plan, members, pages, leads of 30 days, state
    leadcrm admin queue           work that waits or has failed, by kind
    leadcrm admin lag             how long leads of the last day took from webhook to database
    leadcrm admin failing-pages   pages whose leads do not come in, and why
    leadcrm admin graph-errors    how calls to Meta ended since the server started
    leadcrm admin dead-letters    jobs that failed for good
    leadcrm admin retry --job ID | --all
                                  lets them begin anew
    leadcrm admin mails [--limit N]
                                  the newest letters; without smtp-url with their text

    leadcrm admin write-to-owners --subject S --text-file F
                                  a letter to everybody who owns an organization, such as that
                                  the terms change; --count says to how many
    leadcrm admin plans           what there is to choose from
    leadcrm admin set-plan --organization ID --plan P
                                  "none" ends it
    leadcrm admin features        what can be turned off, and for whom it is
    leadcrm admin set-feature --feature F --state on|off [--organization ID]
                                  for everybody, or one organization; "default" for one: as everybody

    leadcrm admin suspend --organization ID --reason TEXT
                                  its members can only read why; its leads come in and wait
    leadcrm admin restore --organization ID --reason TEXT
                                  they can work again; the reason is in its audit log
    leadcrm admin reset-second-factor EMAIL
                                  for somebody who has lost phone and recovery codes; make sure
                                  who asks. Signs them out, and tells them and their audit logs

    leadcrm admin create-platform-admin --email E [--name N]
                                  who operates the service in a browser; prints a link that sets the
                                  password. A second factor is asked for
    leadcrm admin remove-platform-admin --email E
    leadcrm admin platform-admins who they are

    leadcrm admin import-page --organization ID --page-id P --name N --access-token-file F
                                  connects a Facebook Page without the login in the browser
    leadcrm admin rotate-keys     seals tokens and leads with a new key and removes the old one
    leadcrm admin make-sample-leads --organization ID --count N [--seed S]
                                  fills an organization with invented leads
)";

namespace {

using Words = std::vector<std::string>;

std::unique_ptr<db::Database> open_database(const Options& options)
{
    return open_storage(read_config(options.settings, process_environment()));
}

std::string first_line_of(const std::string& path)
{
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line.empty())
        throw std::invalid_argument("--access-token-file: cannot read a token from " + path);
    while (line.ends_with('\r') || line.ends_with(' ')) line.pop_back();
    return line;
}

std::string checked_email(const std::string& text)
{
    try {
        return Email::check(text).value;
    } catch (const BadField&) {
        throw std::invalid_argument(text + " is no mail address");
    }
}

void must_exist(db::Database& database, const OrganizationId& id)
{
    const auto found = database.read_platform([&](db::PlatformReader& db) {
        return db.row<std::string>("SELECT name FROM organizations WHERE id = $1", id);
    });
    if (!found) throw std::invalid_argument("there is no organization " + id.text());
}

int import_page(const Words& words)
{
    const Options options(words, {"organization", "page-id", "name", "access-token-file"});
    const auto organization = options.organization();
    const auto token = first_line_of(options.required("access-token-file"));
    const auto config = read_config(options.settings, process_environment());
    const auto database = open_storage(config);
    must_exist(*database, organization);
    meta::import_page(*database, open_vault(config), organization, options.required("page-id"),
        options.required("name"), token);
    database->write(organization, [&](db::Tx& tx) {
        audit::record(tx,
            {.action = "leadcrm admin import-page",
                .what = "Connect a Facebook Page",
                .object = options.required("page-id")});
    });
    std::printf("Page %s is connected.\n", options.required("page-id").c_str());
    return 0;
}

int make_sample_leads(const Words& words)
{
    const Options options(words, {"organization", "count", "seed"});
    const auto organization = options.organization();
    const auto count = options.number("count", std::nullopt);
    const auto seed = options.number("seed", 1);
    const auto config = read_config(options.settings, process_environment());
    const auto database = open_storage(config);
    must_exist(*database, organization);
    leads::make_samples(*database, organization, count, std::uint64_t(seed), [](std::int64_t made) {
        std::fprintf(stderr, "\r%lld leads", static_cast<long long>(made));
    });
    std::fprintf(stderr, "\n");
    return 0;
}

int list_mails(const Words& words)
{
    const Options options(words, {"limit"});
    const auto limit = options.number("limit", 20);
    const auto database = open_database(options);
    const auto mails =
        database->read_platform([&](db::PlatformReader& db) { return mail::list(db, limit); });
    for (const auto& each : mails)
        std::printf("%s  to %s\n%s\n%s\n", rfc3339(each.created_at).c_str(), each.recipient.c_str(),
            each.subject.c_str(), each.text ? ("\n" + *each.text).c_str() : "");
    return 0;
}

int rotate_keys(const Words& words)
{
    const auto config = read_config(words, process_environment());
    const auto database = open_storage(config);
    auto vault = std::make_unique<crypto::Vault>(config.data / "keys");
    std::fprintf(stderr,
        "A server that runs on this machine goes on meanwhile. One on another machine must be "
        "stopped, and given the new file %s afterwards.\n",
        (config.data / "keys").c_str());
    const auto rotation = meta::rotate_keys(*database, *vault);
    std::printf(
        "%lld texts are sealed with the new key.\n", static_cast<long long>(rotation.resealed));
    if (rotation.is_complete) {
        std::puts("The old key is gone.");
        return 0;
    }
    std::printf("The old keys stay: %lld texts cannot be opened, see the log.\n",
        static_cast<long long>(rotation.unreadable));
    return 1;
}

// `list` reads what is shown.
template <class List>
int show(const Words& words, const List& list)
{
    const Options options(words, {}, {"json"});
    const auto database = open_database(options);
    print_list(database->read_platform([&](db::PlatformReader& db) { return list(db); }),
        options.has("json"));
    return 0;
}

int retry(const Words& words)
{
    const Options options(words, {"job"}, {"all"});
    std::optional<jobs::JobId> only;
    if (!options.has("all")) {
        only = jobs::JobId::parse(options.required("job"));
        if (!only) throw std::invalid_argument("--job has to be an id that begins with job_");
    }
    const auto database = open_database(options);
    const auto begun = database->write_platform([&](db::PlatformTx& tx) {
        if (only) return static_cast<int>(jobs::retry_dead(tx, *only));
        int count = 0;
        for (const auto& letter : platform_admin::all_dead_letters(tx))
            count += jobs::retry_dead(tx, letter.id);
        return count;
    });
    std::printf("%d begin anew.\n", begun);
    return begun > 0 || !only ? 0 : 1;
}

// The server counts them; its metrics address tells.
int graph_errors(const Words& words)
{
    const Options options(words, {}, {"json"});
    const auto config = read_config(options.settings, process_environment());
    const auto address = "http://" + text_of(config.metrics_listen) + "/metrics";
    const auto answer = net::Client().fetch({.url = address});
    if (answer.status != 200)
        throw std::runtime_error("no running server tells its figures at " + address
            + "; --metrics-listen has to be what the server was started with");
    print_list(platform_admin::graph_calls_in(answer.body), options.has("json"));
    return 0;
}

int list_features(const Words& words)
{
    const Options options(words, {}, {"json"});
    const auto database = open_database(options);
    const auto lines =
        database->read_platform([](db::PlatformReader& db) { return features::list_features(db); });
    if (options.has("json")) {
        print_list(lines, true);
        return 0;
    }
    for (const auto& line : lines) {
        std::printf(
            "%-16s %s\n", features::name_of(line.feature).c_str(), line.is_on ? "on" : "off");
        for (const auto& each : line.organizations)
            std::printf("                 %s  %s for %s\n", each.id.text().c_str(),
                each.is_on ? "on" : "off", each.name.c_str());
    }
    return 0;
}

int reset_second_factor(Words words)
{
    if (words.empty() || words.front().starts_with("--"))
        throw std::invalid_argument("reset-second-factor wants the address of the account");
    const auto email = checked_email(words.front());
    words.erase(words.begin());
    const auto database = open_database(Options(words, {}));
    database->write_platform(
        [&](db::PlatformTx& tx) { accounts::reset_lost_second_factor(tx, email); });
    std::puts("It is off, and a letter says so.");
    return 0;
}

int create_platform_admin(const Words& words)
{
    const Options options(words, {"email", "name"});
    const auto email = checked_email(options.required("email"));
    std::optional<std::string> name;
    if (options.has("name")) name = Line<1, 120>::check(options.required("name")).value;
    const auto config = read_config(options.settings, process_environment());
    const auto database = open_storage(config);
    const auto user = database->write_platform(
        [&](db::PlatformTx& tx) { return accounts::appoint_platform_admin(tx, email, name); });
    const auto link = accounts::make_reset_link(*database, user.id, config.public_url);
    std::printf("%s is a platform admin. This link sets the password, once, within an hour:\n%s\n",
        user.name.c_str(), link.c_str());
    return 0;
}

int remove_platform_admin(const Words& words)
{
    const Options options(words, {"email"});
    const auto email = checked_email(options.required("email"));
    const auto database = open_database(options);
    const bool was_one = database->write_platform(
        [&](db::PlatformTx& tx) { return accounts::dismiss_platform_admin(tx, email); });
    std::puts(was_one ? "No platform admin any more." : "Nobody with this address is one.");
    return was_one ? 0 : 1;
}

const std::map<std::string, std::function<int(const Words&)>>& commands()
{
    using namespace platform_admin;
    static const std::map<std::string, std::function<int(const Words&)>> all{
        {"create-platform-admin", create_platform_admin},
        {"dead-letters", [](const Words& words) { return show(words, all_dead_letters); }},
        {"failing-pages", [](const Words& words) { return show(words, list_failing_pages); }},
        {"features", list_features},
        {"graph-errors", graph_errors},
        {"import-page", import_page},
        {"lag",
            [](const Words& words) {
                return show(words, [](const auto& db) { return list_lags(db, Instant::now()); });
            }},
        {"mails", list_mails},
        {"make-sample-leads", make_sample_leads},
        {"organizations",
            [](const Words& words) {
                return show(
                    words, [](const auto& db) { return list_organizations(db, Instant::now()); });
            }},
        {"plans", [](const Words& words) { return show(words, list_plans); }},
        {"platform-admins",
            [](const Words& words) { return show(words, accounts::list_platform_admins); }},
        {"queue", [](const Words& words) { return show(words, list_queue); }},
        {"remove-platform-admin", remove_platform_admin},
        {"reset-second-factor", reset_second_factor},
        {"restore", restore_organization},
        {"retry", retry},
        {"rotate-keys", rotate_keys},
        {"set-feature", set_feature},
        {"set-plan", set_plan},
        {"suspend", suspend},
        {"write-to-owners", write_to_owners},
    };
    return all;
}

}  // namespace

int run_admin_command(Words words)
{
    const auto command = words.empty() ? "" : words.front();
    if (!words.empty()) words.erase(words.begin());
    const auto found = commands().find(command);
    if (found == commands().end())
        throw std::invalid_argument(
            "there is no admin command \"" + command + "\"; leadcrm help admin lists them");
    return found->second(words);
}

}  // namespace leadcrm::app
