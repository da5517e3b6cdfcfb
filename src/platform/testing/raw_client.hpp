// A TCP client for tests that must see the very bytes: it sends what it is told, whole or in
// pieces, and reads answers one by one. Every wait ends after ten seconds with an exception.
#pragma once

#include "platform/testing/http_client.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace leadcrm::testing {

class RawClient {
public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(const RawClient&) = delete;

    // False when the other side has closed.
    bool send(std::string_view bytes);
    void finish_sending();

    // One answer with its body. Further bytes stay for the next one.
    Answer read_answer(bool head_only = false);
    Answer ask(std::string_view bytes);  // send and read_answer
    // Everything up to and with `mark`.
    std::string read_until(std::string_view mark);
    // Everything until the other side closes.
    std::string read_all();
    // True when the other side closes within `patience` without another byte.
    bool is_closed(std::chrono::milliseconds patience = std::chrono::seconds(10));

    int descriptor() const { return descriptor_; }

private:
    bool read_some(std::chrono::milliseconds patience);

    int descriptor_ = -1;
    std::string unread_;
    bool is_over_ = false;
};

}  // namespace leadcrm::testing
