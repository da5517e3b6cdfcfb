#include "app/config.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace leadcrm::app {
namespace {

// Files of one test, gone afterwards.
struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / "leadcrm-config-test";
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string write(const std::string& name, const std::string& text) const
    {
        std::ofstream(path / name) << text;
        return (path / name).string();
    }
};

std::string complaint(const std::vector<std::string>& words, const Environment& environment)
{
    try {
        read_config(words, environment);
    } catch (const std::invalid_argument& wrong) {
        return wrong.what();
    }
    return {};
}

}  // namespace

TEST_CASE("a flag wins over a variable, a variable over the file, the file over the default")
{
    const Folder folder;
    const auto file =
        folder.write("a.conf", "# ours\nlisten = 0.0.0.0:1\ndata = /file\nmail-from = a@b.c\n");
    const auto config = read_config({"--config", file, "--listen=0.0.0.0:3"},
        {{"LEADCRM_LISTEN", "0.0.0.0:2"}, {"LEADCRM_DATA", "/variable"}});
    CHECK(config.listen.port == 3);
    CHECK(config.data == "/variable");
    CHECK(config.mail_from == "a@b.c");
    CHECK(config.meta_graph_url == "https://graph.facebook.com");
    CHECK(config.public_url == "http://0.0.0.0:3");
    CHECK(read_config({}, {{"LEADCRM_CONFIG", file}}).data == "/file");
}

TEST_CASE("a setting that is given as nothing keeps its default, whoever gave it before")
{
    const Environment environment{{"LEADCRM_PUBLIC_URL", ""}, {"LEADCRM_LOG_LEVEL", ""},
        {"LEADCRM_DATABASE_URL", "postgresql://db/crm"}};
    CHECK(read_config({}, environment).public_url == "http://127.0.0.1:8080");
    CHECK(read_config({}, environment).database_url == "postgresql://db/crm");
    CHECK(read_config({"--database-url="}, environment).database_url.empty());
}

TEST_CASE("the public address follows from where the server listens, and whether it speaks TLS")
{
    CHECK(
        read_config({"--listen", "[::1]:8443", "--tls-cert", "c", "--tls-key", "k"}, {}).public_url
        == "https://[::1]:8443");
    const auto config = read_config({"--public-url", "https://crm.example.com/"}, {});
    CHECK(config.public_url == "https://crm.example.com");
    CHECK(config.secure());
}

TEST_CASE("a secret can stand in a file of its own")
{
    const Folder folder;
    const auto secret = folder.write("secret", "s3cret\n");
    const auto main = folder.write("c.conf", "meta-app-secret-file = " + secret + "\n");
    CHECK(read_config({}, {{"LEADCRM_META_APP_SECRET_FILE", secret}}).meta_app_secret == "s3cret");
    CHECK(read_config({"--meta-app-secret-file", secret}, {}).meta_app_secret == "s3cret");
    CHECK(read_config({"--config", main}, {}).meta_app_secret == "s3cret");
    CHECK(complaint({}, {{"LEADCRM_META_APP_SECRET_FILE", "/nowhere"}})
        == "LEADCRM_META_APP_SECRET_FILE: cannot read /nowhere");
    CHECK(complaint({"--data-file", secret}, {}).find("no setting") != std::string::npos);
}

TEST_CASE("a mistake is named with its place")
{
    const Folder folder;
    CHECK(complaint({"--lisen", "x"}, {})
        == "--lisen: there is no setting \"lisen\"; did you mean \"listen\"?");
    CHECK(complaint({"--listen"}, {}) == "--listen needs a value");
    CHECK(complaint({"--listen", "8080"}, {}).starts_with("--listen is no address"));
    CHECK(complaint({"listen"}, {}) == "\"listen\" is not expected here");
    CHECK(complaint({}, {{"LEADCRM_LOG_LEVEL", "loud"}})
        == "LEADCRM_LOG_LEVEL has to be debug, info, warn or error");
    CHECK(complaint({"--public-url", "crm.example.com"}, {})
        == "--public-url has to begin with http:// or https://");
    CHECK(complaint({"--database-url", "mysql://db"}, {})
        == "--database-url has to begin with postgresql://");
    CHECK(complaint({"--meta-graph-version", "26"}, {}).find("such as v26.0") != std::string::npos);
    CHECK(complaint({"--meta-reconcile-interval", "0"}, {}).find("seconds") != std::string::npos);
    CHECK(complaint({"--trusted-proxies", "10.0.0.0/8, 10.0.0.0/99"}, {})
        == "--trusted-proxies holds what is not a network: 10.0.0.0/99");
    const auto file = folder.write("b.conf", "\ncolour = blue\n");
    CHECK(complaint({"--config", file}, {}).find("b.conf line 2") != std::string::npos);
    CHECK(complaint({"--tls-cert", "a"}, {}) == "tls-cert and tls-key only work together");
    CHECK(complaint({"--meta-app-id", "1"}, {}).starts_with("meta-app-id needs meta-app-secret"));
    CHECK(complaint({"--smtp-url", "mail.example.com:25"}, {})
        == "--smtp-url has to begin with smtp:// or smtps://");
    CHECK(complaint({"--smtp-url", "smtp://mail.example.com"}, {}).starts_with("smtp-url needs"));
    for (const auto* sender : {"nobody", "Lead CRM crm@example.com", "Lead CRM <crm@example.com"})
        CHECK(complaint({"--mail-from", sender}, {}).starts_with("--mail-from is no address"));
    CHECK(complaint({"--smtp-url", "smtp://mail.example.com", "--mail-from",
                        "Lead CRM <crm@example.com>"},
              {})
        == "");
}

TEST_CASE("a variable that is nearly a setting's is a slip, other programs' variables are not")
{
    CHECK(complaint({}, {{"LEADCRM_LISTN", "0.0.0.0:80"}})
        == "LEADCRM_LISTN is no setting; did you mean LEADCRM_LISTEN?");
    CHECK(complaint({}, {{"LEADCRM_PORT", "tcp://10.0.0.1:80"}, {"LEADCRM_SERVICE_HOST", "x"}})
        == "");
}

TEST_CASE("the help names every setting with its variable")
{
    const auto help = settings_help();
    for (const auto* name :
        {"listen", "public-url", "data", "database-url", "tls-cert", "tls-key", "trusted-proxies",
            "meta-app-id", "meta-app-secret", "meta-verify-token", "meta-login-config-id",
            "meta-graph-url", "meta-dialog-url", "meta-graph-version", "meta-reconcile-interval",
            "smtp-url", "mail-from", "metrics-listen", "log-format", "log-level"})
        CHECK(help.find("--" + std::string(name) + "  (LEADCRM_") != std::string::npos);
    CHECK(help.find("LEADCRM_META_APP_SECRET_FILE") != std::string::npos);
}

}  // namespace leadcrm::app
