#include "app/config.hpp"

#include "app/setting_text.hpp"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

namespace leadcrm::app {
namespace {

constexpr std::string_view prefix = "LEADCRM_";

using Set = void (*)(Config&, const std::string&);

struct Setting {
    std::string_view flag;  // without the two dashes; the config file's key
    std::string_view shown_default;
    std::string_view help;
    bool is_secret;
    Set set;
};

template <std::string Config::*Member>
void set_text(Config& config, const std::string& text)
{
    config.*Member = text;
}

const Setting settings[] = {
    {"listen", "127.0.0.1:8080", "address and port of the product", false,
        [](Config& c, const std::string& t) { c.listen = parse_address(t); }},
    {"public-url", "http:// + listen", "how people and Meta reach it", false,
        [](Config& c, const std::string& t) { c.public_url = parse_url(t); }},
    {"data", "./data", "folder of the SQLite file, keys and exports", false,
        [](Config& c, const std::string& t) { c.data = t; }},
    {"backups", "backups in the data folder", "folder of what leadcrm backup makes", false,
        [](Config& c, const std::string& t) { c.backups = t; }},
    {"database-url", "", "postgresql://…; empty: SQLite in the data folder", true,
        [](Config& c, const std::string& t) { c.database_url = parse_database_url(t); }},
    {"tls-cert", "", "certificate chain (PEM); empty: plain HTTP", false,
        set_text<&Config::tls_cert>},
    {"tls-key", "", "its private key (PEM)", false, set_text<&Config::tls_key>},
    {"trusted-proxies", "", "addresses (CIDR, comma-separated) whose X-Forwarded headers count",
        false, [](Config& c, const std::string& t) { c.trusted_proxies = parse_proxies(t); }},
    {"meta-app-id", "", "Meta app of the platform; empty: organizations use their own", false,
        set_text<&Config::meta_app_id>},
    {"meta-app-secret", "", "secret of the Meta app", true, set_text<&Config::meta_app_secret>},
    {"meta-verify-token", "", "verify token of the webhook", true,
        set_text<&Config::meta_verify_token>},
    {"meta-login-config-id", "", "Login for Business configuration; empty: classic scopes", false,
        set_text<&Config::meta_login_config_id>},
    {"meta-graph-url", "https://graph.facebook.com", "Graph API", false,
        [](Config& c, const std::string& t) { c.meta_graph_url = parse_url(t); }},
    {"meta-dialog-url", "https://www.facebook.com", "login dialog", false,
        [](Config& c, const std::string& t) { c.meta_dialog_url = parse_url(t); }},
    {"meta-graph-version", "v26.0", "version of the Graph API", false,
        [](Config& c, const std::string& t) { c.meta_graph_version = parse_graph_version(t); }},
    {"meta-reconcile-interval", "300", "seconds between looks at a hot form", false,
        [](Config& c, const std::string& t) { c.meta_reconcile_interval_s = parse_seconds(t); }},
    {"smtp-url", "", "smtp://…; empty: mails are kept in the database", true,
        [](Config& c, const std::string& t) { c.smtp_url = parse_smtp_url(t); }},
    {"mail-from", "", "sender of mails, such as Lead CRM <crm@example.com>", false,
        [](Config& c, const std::string& t) { c.mail_from = parse_sender(t); }},
    {"private-issuers", "no", "yes: companies' sign-in may be in this network, and without TLS",
        false, [](Config& c, const std::string& t) { c.allows_private_issuers = parse_yes(t); }},
    {"operator-name", "", "who runs this server, as the public site names them", false,
        set_text<&Config::operator_name>},
    {"operator-contact", "", "their mail address, or an https:// page with a way to reach them",
        false, [](Config& c, const std::string& t) { c.operator_contact = parse_contact(t); }},
    {"operator-legal-entity", "the name", "who answers for the data: company, address, country",
        false, set_text<&Config::operator_legal_entity>},
    {"operator-price", "Ask us", "what a place here costs: $12 per person a month", false,
        set_text<&Config::operator_price>},
    {"metrics-listen", "127.0.0.1:9464", "address and port of Prometheus metrics", false,
        [](Config& c, const std::string& t) { c.metrics_listen = parse_address(t); }},
    {"log-format", "text on a terminal, else json", "text or json", false,
        [](Config& c, const std::string& t) { c.log_format = parse_format(t); }},
    {"log-level", "info", "debug, info, warn or error", false,
        [](Config& c, const std::string& t) { c.log_level = parse_level(t); }},
};

std::string variable_of(const Setting& setting)
{
    std::string name(prefix);
    for (const char c : setting.flag)
        name += c == '-' ? '_' : char(std::toupper(static_cast<unsigned char>(c)));
    return name;
}

// How many letters to change, add or drop to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] =
                std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

// What one setting was given, and where: "--listen", "LEADCRM_LISTEN", "leadcrm.conf line 3".
struct Given {
    std::string text;
    std::string where;
};

// A later answer takes the place of an earlier one.
using Answers = std::map<const Setting*, Given>;

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string read_secret(const std::string& path, const std::string& where)
{
    std::ifstream file(path);
    if (!file) throw std::invalid_argument(where + ": cannot read " + path);
    return trimmed({std::istreambuf_iterator<char>(file), {}});
}

// False when there is no setting of this name. A secret's name with "-file" at its end gives the
// path of a file that holds it.
bool take(
    Answers& answers, const std::string& name, const std::string& text, const std::string& where)
{
    for (const auto& setting : settings) {
        if (setting.flag == name)
            answers[&setting] = {text, where};
        else if (setting.is_secret && std::string(setting.flag) + "-file" == name)
            answers[&setting] = {text.empty() ? text : read_secret(text, where), where};
        else
            continue;
        return true;
    }
    return false;
}

const Setting& nearest(std::string_view name)
{
    return *std::min_element(
        std::begin(settings), std::end(settings), [&](const Setting& a, const Setting& b) {
            return distance(a.flag, name) < distance(b.flag, name);
        });
}

void take_known(
    Answers& answers, const std::string& name, const std::string& text, const std::string& where)
{
    if (!take(answers, name, text, where))
        throw std::invalid_argument(where + ": there is no setting \"" + name
            + "\"; did you mean \"" + std::string(nearest(name).flag) + "\"?");
}

void take_file(Answers& answers, const std::string& path)
{
    std::ifstream file(path);
    if (!file) throw std::invalid_argument("--config: cannot read " + path);
    int number = 0;
    for (std::string line; std::getline(file, line);) {
        const auto where = path + " line " + std::to_string(++number);
        line = trimmed(line);
        if (line.empty() || line.starts_with('#')) continue;
        const auto equals = line.find('=');
        if (equals == std::string::npos)
            throw std::invalid_argument(where + " is not of the form key = value");
        take_known(
            answers, trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)), where);
    }
}

// Other programs have variables that begin like ours (Kubernetes sets LEADCRM_PORT beside a service
// of our name), so only what is nearly the name of a setting is taken for a slip.
void take_environment(Answers& answers, const Environment& environment)
{
    constexpr std::size_t slip = 2;
    for (const auto& [variable, text] : environment) {
        if (!variable.starts_with(prefix)) continue;
        std::string name;
        for (const char c : variable.substr(prefix.size()))
            name += c == '_' ? '-' : char(std::tolower(static_cast<unsigned char>(c)));
        if (name == "config" || take(answers, name, text, variable)) continue;
        const auto& meant = nearest(name);
        if (distance(meant.flag, name) <= slip)
            throw std::invalid_argument(
                variable + " is no setting; did you mean " + variable_of(meant) + "?");
    }
}

std::vector<std::pair<std::string, std::string>> flags_in(const std::vector<std::string>& words)
{
    std::vector<std::pair<std::string, std::string>> flags;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!word.starts_with("--"))
            throw std::invalid_argument("\"" + word + "\" is not expected here");
        const auto equals = word.find('=');
        if (equals != std::string::npos)
            flags.emplace_back(word.substr(2, equals - 2), word.substr(equals + 1));
        else if (i + 1 < words.size())
            flags.emplace_back(word.substr(2), words[++i]);
        else
            throw std::invalid_argument(word + " needs a value");
    }
    return flags;
}

Answers gather(const std::vector<std::string>& words, const Environment& environment)
{
    const auto flags = flags_in(words);
    const auto variable = environment.find(std::string(prefix) + "CONFIG");
    std::string file = variable == environment.end() ? "" : variable->second;
    for (const auto& [name, text] : flags)
        if (name == "config") file = text;

    Answers answers;
    if (!file.empty()) take_file(answers, file);
    take_environment(answers, environment);
    for (const auto& [name, text] : flags)
        if (name != "config") take_known(answers, name, text, "--" + name);
    return answers;
}

void check_together(const Config& config)
{
    if (config.tls_cert.empty() != config.tls_key.empty())
        throw std::invalid_argument("tls-cert and tls-key only work together");
    if (!config.smtp_url.empty() && config.mail_from.empty())
        throw std::invalid_argument("smtp-url needs mail-from: every mail has a sender");
    if (!config.meta_app_id.empty() && config.meta_app_secret.empty())
        throw std::invalid_argument("meta-app-id needs meta-app-secret: without it no webhook "
                                    "can be told from a forged one");
}

}  // namespace

Config read_config(const std::vector<std::string>& words, const Environment& environment)
{
    Config config;
    config.log_format = isatty(STDERR_FILENO) ? log::Format::text : log::Format::json;
    for (const auto& [setting, given] : gather(words, environment)) {
        if (given.text.empty()) continue;  // as if it were not there: the default holds
        try {
            setting->set(config, given.text);
        } catch (const std::invalid_argument& wrong) {
            throw std::invalid_argument(given.where + " " + wrong.what());
        }
    }
    check_together(config);
    if (config.public_url.empty())
        config.public_url =
            (config.tls_cert.empty() ? "http://" : "https://") + text_of(config.listen);
    return config;
}

Environment process_environment()
{
    Environment environment;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (text.starts_with(prefix) && equals != std::string_view::npos)
            environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return environment;
}

std::string text_of(const Address& address)
{
    const bool is_ipv6 = address.host.find(':') != std::string::npos;
    return (is_ipv6 ? "[" + address.host + "]" : address.host) + ':' + std::to_string(address.port);
}

std::string settings_help()
{
    std::string help;
    for (const auto& setting : settings) {
        help += "  --" + std::string(setting.flag) + "  (" + variable_of(setting) + ")\n      "
            + std::string(setting.help);
        if (!setting.shown_default.empty())
            help += "; default: " + std::string(setting.shown_default);
        if (setting.is_secret)
            help += "; or " + variable_of(setting) + "_FILE, a file that holds it";
        help += '\n';
    }
    return help
        + "  --config FILE  (LEADCRM_CONFIG)\n"
          "      a file of such settings, one a line: listen = 127.0.0.1:80\n";
}

}  // namespace leadcrm::app
