#include "app/commands.hpp"

#include "app/config.hpp"
#include "app/program.hpp"
#include "app/routes.hpp"
#include "app/serve.hpp"
#include "app/storage.hpp"
#include "leads/sample_leads.hpp"
#include "meta/key_rotation.hpp"
#include "meta/page.hpp"
#include "platform/http/openapi.hpp"
#include "platform/mail/mail.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string_view>

namespace leadcrm::app {
namespace {

constexpr auto help_text =
    R"(Lead CRM takes in the leads of Facebook and Instagram lead ads and shows them to a sales team.

    leadcrm serve [settings]      the product: web app, API, webhook, background work
    leadcrm migrate [settings]    brings the database up to date and stops
    leadcrm openapi               prints the description of the API (OpenAPI 3.1)
    leadcrm version
    leadcrm help [settings]       this text; with "settings" every setting

    leadcrm admin import-page --organization ID --page-id P --name N --access-token-file F
                                  connects a Facebook Page without the login in the browser
    leadcrm admin mails [--limit N]
                                  the newest letters; without smtp-url with their text
    leadcrm admin rotate-keys     seals tokens and leads with a new key and removes the old one
    leadcrm admin make-sample-leads --organization ID --count N [--seed S]
                                  fills an organization with invented leads

Settings of serve and migrate work for admin commands too. A server may be running meanwhile.
)";

// The words of a command that are its own; the rest are settings.
class Options {
public:
    // Throws std::invalid_argument for an option without its value.
    Options(const std::vector<std::string>& words, const std::vector<std::string_view>& own)
    {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto& word = words[i];
            const bool is_own = word.starts_with("--")
                && std::find(own.begin(), own.end(), std::string_view(word).substr(2)) != own.end();
            if (!is_own) {
                settings.push_back(word);
            } else if (i + 1 == words.size()) {
                throw std::invalid_argument(word + " needs a value");
            } else {
                values_[word.substr(2)] = words[++i];
            }
        }
    }

    const std::string& required(const std::string& name) const
    {
        const auto found = values_.find(name);
        if (found == values_.end()) throw std::invalid_argument("--" + name + " is missing");
        return found->second;
    }
    std::int64_t number(const std::string& name, std::optional<std::int64_t> otherwise) const
    {
        if (otherwise && !values_.contains(name)) return *otherwise;
        try {
            std::size_t used = 0;
            const auto& text = required(name);
            const auto number = std::stoll(text, &used);
            if (used == text.size() && number >= 0) return number;
        } catch (const std::logic_error&) {
            // said below
        }
        throw std::invalid_argument("--" + name + " has to be a whole number");
    }
    OrganizationId organization() const
    {
        const auto id = OrganizationId::parse(required("organization"));
        if (!id)
            throw std::invalid_argument("--organization has to be an id that begins with org_");
        return *id;
    }

    std::vector<std::string> settings;

private:
    std::map<std::string, std::string> values_;
};

std::string first_line_of(const std::string& path)
{
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line.empty())
        throw std::invalid_argument("--access-token-file: cannot read a token from " + path);
    while (line.ends_with('\r') || line.ends_with(' ')) line.pop_back();
    return line;
}

void must_exist(db::Database& database, const OrganizationId& id)
{
    const auto found = database.read_platform([&](db::PlatformReader& db) {
        return db.row<std::string>("SELECT name FROM organizations WHERE id = $1", id);
    });
    if (!found) throw std::invalid_argument("there is no organization " + id.text());
}

int import_page(const std::vector<std::string>& words)
{
    const Options options(words, {"organization", "page-id", "name", "access-token-file"});
    const auto organization = options.organization();
    const auto token = first_line_of(options.required("access-token-file"));
    const auto config = read_config(options.settings, process_environment());
    const auto database = open_storage(config);
    must_exist(*database, organization);
    meta::import_page(*database, open_vault(config), organization, options.required("page-id"),
        options.required("name"), token);
    std::printf("Page %s is connected.\n", options.required("page-id").c_str());
    return 0;
}

int make_sample_leads(const std::vector<std::string>& words)
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

int list_mails(const std::vector<std::string>& words)
{
    const Options options(words, {"limit"});
    const auto limit = options.number("limit", 20);
    const auto database = open_storage(read_config(options.settings, process_environment()));
    const auto mails =
        database->read_platform([&](db::PlatformReader& db) { return mail::list(db, limit); });
    for (const auto& each : mails)
        std::printf("%s  to %s\n%s\n%s\n", rfc3339(each.created_at).c_str(), each.recipient.c_str(),
            each.subject.c_str(), each.text ? ("\n" + *each.text).c_str() : "");
    return 0;
}

int rotate_keys(const std::vector<std::string>& words)
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
        std::puts(http::openapi_text(program.routes(), api_facts(config)).c_str());
    }
    std::filesystem::remove_all(config.data);
    return 0;
}

int help(const std::vector<std::string>& words)
{
    const bool settings = !words.empty() && words.front() == "settings";
    std::fputs(settings ? settings_help().c_str() : help_text, stdout);
    return 0;
}

int admin(std::vector<std::string> words)
{
    const auto command = words.empty() ? "" : words.front();
    if (!words.empty()) words.erase(words.begin());
    if (command == "import-page") return import_page(words);
    if (command == "mails") return list_mails(words);
    if (command == "rotate-keys") return rotate_keys(words);
    if (command == "make-sample-leads") return make_sample_leads(words);
    throw std::invalid_argument(
        "there is no admin command \"" + command + "\"; leadcrm help lists them");
}

int run(std::vector<std::string> words)
{
    const auto command = words.empty() ? "help" : words.front();
    if (!words.empty()) words.erase(words.begin());
    if (std::find(words.begin(), words.end(), "--help") != words.end()) return help({"settings"});
    if (command == "serve") return serve(read_config(words, process_environment()));
    if (command == "migrate") return migrate(words);
    if (command == "admin") return admin(words);
    if (command == "help" || command == "--help" || command == "-h") return help(words);
    if (command == "version" || command == "--version") {
        std::puts("leadcrm " LEADCRM_VERSION);
        return 0;
    }
    if (command == "openapi") return print_openapi();
    throw std::invalid_argument("there is no command \"" + command + "\"; leadcrm help lists them");
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
        std::fprintf(stderr, "leadcrm: %s\n",
            failure.detail.empty() ? failure.message.c_str() : failure.detail.c_str());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "leadcrm: %s\n", error.what());
    }
    return 1;
}

}  // namespace leadcrm::app
