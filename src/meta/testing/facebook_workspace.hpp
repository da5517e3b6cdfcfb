// The whole program beside a simulated Meta over HTTP, for tests of logging in and connecting: one
// organization whose owner is signed in, and a dialog that answers by itself.
//
//     testing::FacebookWorkspace crm;
//     CHECK(crm.log_in() == "/app/sources?connected=1");
//     CHECK(crm.connect(crm.page_id).status == 200);
#pragma once

#include "app/program.hpp"
#include "meta-simulator/simulator_server.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/http_client.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace leadcrm::testing {

struct DataFolder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("leadcrm-login-" + crypto::random_token(9));
    ~DataFolder() { std::filesystem::remove_all(path); }
};

class FacebookWorkspace {
public:
    explicit FacebookWorkspace(const std::string& config_id = {}, bool has_platform_app = true);

    // From the app to Facebook's dialog and back. Answers with the address the browser ends at.
    std::string log_in(const std::string& back_to = "/app/sources");
    // The steps of it: the dialog's address, and where the dialog sends the browser.
    std::string start(HttpClient& browser, const std::string& back_to = "/app/sources");
    std::string answer_dialog(const std::string& address);
    // Follows a full address of ours.
    Answer follow(HttpClient& browser, const std::string& address);

    Answer connect(const std::string& page_id);
    Answer disconnect(const std::string& page_id);
    boost::json::value connection();
    boost::json::object shown_page(const std::string& page_id);
    // What GET /api/v1/meta/pages says of the page.
    boost::json::object page(const std::string& page_id);
    // Another organization with its owner signed in.
    std::unique_ptr<HttpClient> other(const std::string& name);
    // Jobs of a kind that wait.
    std::int64_t jobs(const std::string& kind);
    std::string everything_stored();  // every text and blob of meta's tables

    template <class Action>
    auto at_meta(Action action)
    {
        return simulator.with_state(action);
    }
    void answers(std::function<void(simulator::LoginSettings&)> change);

    simulator::Simulator simulator;
    simulator::SimulatorServer server;
    DataFolder folder;
    app::Config config;
    TestDatabase database;
    app::Program program;
    HttpClient owner;
    std::string page_id;
    std::string second_page_id;
};

}  // namespace leadcrm::testing
