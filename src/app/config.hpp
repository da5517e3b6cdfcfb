// The settings of `leadcrm serve`: each is a flag, an environment variable and a line of the config
// file (`key = value`), in that order of precedence. Secrets can be given as …_FILE, the path of a
// file that holds them.
#pragma once

#include "platform/log/log.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::app {

struct Address {
    std::string host;
    int port = 0;
};

std::string text_of(const Address& address);  // "127.0.0.1:8080", "[::1]:8080"

struct Config {
    Address listen{"127.0.0.1", 8080};
    std::string public_url;  // without a slash at the end
    std::filesystem::path data = "./data";
    std::filesystem::path backups;  // empty: "backups" in `data`
    std::string database_url;  // empty: SQLite in `data`
    std::string tls_cert;
    std::string tls_key;
    std::string trusted_proxies;  // "127.0.0.1, 10.0.0.0/8"
    std::string meta_app_id;  // empty: organizations use their own
    std::string meta_app_secret;
    std::string meta_verify_token;
    std::string meta_login_config_id;
    std::string meta_graph_url = "https://graph.facebook.com";
    std::string meta_dialog_url = "https://www.facebook.com";
    std::string meta_graph_version = "v26.0";
    int meta_reconcile_interval_s = 300;
    std::string smtp_url;
    std::string mail_from;
    bool allows_private_issuers = false;  // of a company's sign-in: in the server's own network
    std::string operator_name;  // this and the next three stand on the public site
    std::string operator_contact;  // a mail address, or an https:// page
    std::string operator_legal_entity;
    std::string operator_price = "Ask us";  // "$12 per person a month"
    Address metrics_listen{"127.0.0.1", 9464};
    log::Format log_format = log::Format::text;
    log::Level log_level = log::Level::info;

    bool secure() const { return public_url.starts_with("https://"); }
};

// Variables by name.
using Environment = std::map<std::string, std::string>;

// `words` are the flags after the command ("--listen", "0.0.0.0:80" or "--listen=0.0.0.0:80").
// A setting that is given as nothing keeps its default. Throws std::invalid_argument that names the
// setting, where it stood and what is wrong with it.
Config read_config(const std::vector<std::string>& words, const Environment& environment);

Environment process_environment();  // only ours: LEADCRM_…

// Every setting with its variable, default and meaning.
std::string settings_help();

}  // namespace leadcrm::app
