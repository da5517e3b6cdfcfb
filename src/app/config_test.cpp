#include "app/config.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
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

Environment variables(std::map<std::string, std::string> all)
{
    return [all](const std::string& name) -> std::optional<std::string> {
        const auto found = all.find(name);
        return found == all.end() ? std::nullopt : std::optional(found->second);
    };
}

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
        variables({{"LEADCRM_LISTEN", "0.0.0.0:2"}, {"LEADCRM_DATA", "/variable"}}));
    CHECK(config.listen.port == 3);
    CHECK(config.data == "/variable");
    CHECK(config.mail_from == "a@b.c");
    CHECK(config.meta_graph_url == "https://graph.facebook.com");
    CHECK(config.public_url == "http://0.0.0.0:3");
}

TEST_CASE("a secret can stand in a file of its own")
{
    const Folder folder;
    const auto secret = folder.write("secret", "s3cret\n");
    CHECK(read_config({}, variables({{"LEADCRM_META_APP_SECRET_FILE", secret}})).meta_app_secret
        == "s3cret");
    CHECK(complaint({}, variables({{"LEADCRM_META_APP_SECRET_FILE", "/nowhere"}}))
        == "LEADCRM_META_APP_SECRET_FILE: cannot read /nowhere");
}

TEST_CASE("a mistake is named with its place")
{
    const Folder folder;
    CHECK(complaint({"--lisen", "x"}, variables({}))
        == "--lisen: there is no setting \"lisen\"; did you mean \"listen\"?");
    CHECK(complaint({"--listen"}, variables({})) == "--listen needs a value");
    CHECK(complaint({"--listen", "8080"}, variables({})).starts_with("--listen is no address"));
    CHECK(complaint({"listen"}, variables({})) == "\"listen\" is not expected here");
    CHECK(complaint({}, variables({{"LEADCRM_LOG_LEVEL", "loud"}}))
        == "LEADCRM_LOG_LEVEL has to be debug, info, warn or error");
    const auto file = folder.write("b.conf", "\ncolour = blue\n");
    CHECK(complaint({"--config", file}, variables({})).find("b.conf line 2") != std::string::npos);
    CHECK(
        complaint({"--tls-cert", "a"}, variables({})) == "tls-cert and tls-key only work together");
}

TEST_CASE("the help names every setting with its variable")
{
    const auto help = settings_help();
    for (const auto* name : {"--listen", "LEADCRM_PUBLIC_URL", "LEADCRM_META_RECONCILE_INTERVAL",
             "--metrics-listen", "LEADCRM_LOG_FORMAT"})
        CHECK(help.find(name) != std::string::npos);
}

}  // namespace leadcrm::app
