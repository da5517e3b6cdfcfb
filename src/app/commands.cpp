#include "app/commands.hpp"

#include "app/admin_commands.hpp"
#include "app/backup_commands.hpp"
#include "app/config.hpp"
#include "app/doctor_command.hpp"
#include "app/program.hpp"
#include "app/routes.hpp"
#include "app/serve.hpp"
#include "app/storage.hpp"
#include "platform/http/openapi.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace leadcrm::app {
namespace {

constexpr auto help_text =
    R"(Lead CRM takes in the leads of Facebook and Instagram lead ads and shows them to a sales team.

    leadcrm serve [settings]      the product: web app, API, webhook, background work
    leadcrm migrate [settings]    brings the database up to date and stops
    leadcrm backup [--to FOLDER]  a file with everything in the database, made while a server runs
    leadcrm restore --from FILE [--move]
                                  puts it into an empty database, SQLite or PostgreSQL, and has
                                  owners told; --move: nothing was changed since, so they are not
    leadcrm doctor [--json]       looks at settings, data, database, mail and Meta, and says what
                                  is wrong and what to do; exit code 1 when something is
    leadcrm openapi               prints the description of the API (OpenAPI 3.1)
    leadcrm version
    leadcrm help [settings|admin] this text; every setting; every admin command

    leadcrm admin …               what the operator of a server does; "leadcrm help admin" lists it

Settings of serve work for all of them. A server may be running meanwhile.
)";

int migrate(const std::vector<std::string>& words)
{
    open_storage(read_config(words, process_environment()));
    std::puts("The database is up to date.");
    return 0;
}

// The routes want a database they could talk to; an empty one in a folder of its own will do.
int print_openapi()
{
    Config config;
    config.data = std::filesystem::temp_directory_path() / ("leadcrm-" + crypto::random_token(9));
    {
        const auto database = open_storage(config);
        Program program(config, *database);
        std::puts(
            http::openapi_text(program.routes(), api_facts(config, program.routes())).c_str());
    }
    std::filesystem::remove_all(config.data);
    return 0;
}

int help(const std::vector<std::string>& words)
{
    const auto about = words.empty() ? "" : words.front();
    if (about == "settings")
        std::fputs(settings_help().c_str(), stdout);
    else
        std::fputs(about == "admin" ? admin_help : help_text, stdout);
    return 0;
}

int run(std::vector<std::string> words)
{
    const auto command = words.empty() ? "help" : words.front();
    if (!words.empty()) words.erase(words.begin());
    if (std::find(words.begin(), words.end(), "--help") != words.end())
        return help({command == "admin" ? "admin" : command == "serve" ? "settings" : ""});
    if (command == "serve") return serve(read_config(words, process_environment()));
    if (command == "migrate") return migrate(words);
    if (command == "backup") return back_up("leadcrm " LEADCRM_VERSION, words);
    if (command == "restore") return restore(words);
    if (command == "doctor") return doctor(words);
    if (command == "admin") return run_admin_command(words);
    if (command == "help" || command == "--help" || command == "-h") return help(words);
    if (command == "version" || command == "--version") {
        std::puts("leadcrm " LEADCRM_VERSION);
        return 0;
    }
    if (command == "openapi") return print_openapi();
    throw std::invalid_argument("there is no command \"" + command + "\"; leadcrm help lists them");
}

// What a user is shown, and the reason that is only logged elsewhere: here both are read by whoever
// runs the machine.
std::string told(const Failure& failure)
{
    if (failure.detail.empty()) return failure.message;
    if (failure.kind == Failure::Kind::internal) return failure.detail;
    return failure.message + " (" + failure.detail + ")";
}

}  // namespace

int run_command(const std::vector<std::string>& words)
{
    try {
        return run(words);
    } catch (const std::invalid_argument& wrong) {
        std::fprintf(stderr, "leadcrm: %s\n", wrong.what());
        return 2;
    } catch (const Failure& failure) {
        std::fprintf(stderr, "leadcrm: %s\n", told(failure).c_str());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "leadcrm: %s\n", error.what());
    }
    return 1;
}

}  // namespace leadcrm::app
