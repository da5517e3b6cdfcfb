// Calls to other people's servers: libcurl's multi interface on one thread, connections reused.
// Every call has time and size limits; nothing follows redirects unless asked.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadcrm::net {

struct Request {
    std::string method = "GET";
    std::string url;  // no secrets in it: it may be logged
    std::vector<std::pair<std::string, std::string>> headers;  // secrets go here; never logged
    std::string body;
    std::chrono::milliseconds connect_max{5'000};
    std::chrono::milliseconds time_max{30'000};
    std::size_t answer_max = 16 * 1024 * 1024;
    bool public_only = false;  // somebody else chose the address: public_address.hpp
};

// `status` is 0 when no HTTP answer came; `trouble` says why, without secrets.
struct Answer {
    int status = 0;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string trouble;

    std::string_view header(std::string_view lower_case_name) const;
};

class Client {
public:
    Client();
    ~Client();  // stops

    // Thread-safe. `done` is called on the client's thread; must be quick.
    void start(Request request, std::function<void(Answer)> done);
    // Blocking, for job workers.
    Answer fetch(Request request);
    // Open calls end with trouble "stopped", and so does every later one. Not to be called from
    // `done`.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace leadcrm::net
