// leadcrm-bench: the measuring ends of ./dev bench. Each command prints one JSON object; run.py
// starts the servers, calls these and prints the table.
//
//     leadcrm-bench get PORT CONNECTIONS MS PATH [COOKIE]
//     leadcrm-bench webhooks PORT CONNECTIONS MS PATH SECRET PAGE_ID
//     leadcrm-bench streams PORT COUNT COOKIE    a line in: wait for an event on all, one line out
#include "bench/load.hpp"
#include "platform/crypto/crypto.hpp"

#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace leadcrm::bench {
namespace {

void print(const Figures& figures)
{
    std::printf("{\"per_second\": %.1f, \"failures\": %llu, \"p50_us\": %u, \"p95_us\": %u, "
                "\"p99_us\": %u, \"max_us\": %u}\n",
        figures.per_second(), static_cast<unsigned long long>(figures.failures),
        figures.latency_us(0.50), figures.latency_us(0.95), figures.latency_us(0.99),
        figures.latency_us(1.0));
}

std::string get_request(std::string_view path, std::string_view cookie)
{
    std::string text = "GET ";
    text += path;
    text += " HTTP/1.1\r\nHost: localhost\r\n";
    if (!cookie.empty()) {
        text += "Cookie: ";
        text += cookie;
        text += "\r\n";
    }
    return text + "\r\n";
}

// Every delivery tells of a lead nobody has seen before.
class Deliveries {
public:
    Deliveries(std::string path, std::string secret, std::string page_id)
        : path_(std::move(path))
        , secret_(std::move(secret))
        , page_id_(std::move(page_id))
        , leadgen_id_(std::uint64_t(std::time(nullptr)) * 1'000'000'000)
    {
    }

    void next(std::string& request)
    {
        const auto now = std::to_string(std::time(nullptr));
        std::string body = R"({"object":"page","entry":[{"id":")" + page_id_ + R"(","time":)" + now
            + R"(,"changes":[{"field":"leadgen","value":{"leadgen_id":")"
            + std::to_string(++leadgen_id_) + R"(","page_id":")" + page_id_
            + R"(","form_id":"202020202020202","created_time":)" + now + "}}]}]}";
        request += "POST " + path_ + " HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nX-Hub-Signature-256: sha256="
            + crypto::hex(crypto::hmac_sha256(secret_, body))
            + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

private:
    std::string path_;
    std::string secret_;
    std::string page_id_;
    std::uint64_t leadgen_id_;
};

// Many open streams of one person, and how long it takes until the last of them has been told.
class Streams {
public:
    Streams(const Target& target, int count, std::string_view cookie)
        : epoll_(epoll_create1(EPOLL_CLOEXEC))
    {
        const auto request = get_request("/api/v1/stream", cookie);
        for (int i = 0; i < count; ++i) {
            const int socket = connect_to(target);
            if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) < 0)
                throw std::runtime_error("a stream could not be opened");
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.fd = socket;
            epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
            sockets_.push_back(socket);
        }
        wait_for("event: hello", std::chrono::seconds(60));
    }
    ~Streams()
    {
        for (const int socket : sockets_) close(socket);
        close(epoll_);
    }

    struct Told {
        std::size_t streams = 0;
        double first_ms = 0;
        double last_ms = 0;
    };
    Told wait_for(std::string_view event, std::chrono::seconds patience)
    {
        const auto begin = std::chrono::steady_clock::now();
        std::vector<bool> seen(
            std::size_t(*std::max_element(sockets_.begin(), sockets_.end())) + 1);
        Told told;
        std::array<epoll_event, 512> ready;
        std::array<char, 16 * 1024> chunk;
        while (
            told.streams < sockets_.size() && std::chrono::steady_clock::now() < begin + patience) {
            const int count = epoll_wait(epoll_, ready.data(), int(ready.size()), 100);
            for (int i = 0; i < count; ++i) {
                const int socket = ready[std::size_t(i)].data.fd;
                const auto got = recv(socket, chunk.data(), chunk.size(), MSG_DONTWAIT);
                if (got <= 0) throw std::runtime_error("a stream was closed");
                const std::string_view text(chunk.data(), std::size_t(got));
                if (seen[std::size_t(socket)] || text.find(event) == std::string_view::npos)
                    continue;
                seen[std::size_t(socket)] = true;
                const std::chrono::duration<double, std::milli> after =
                    std::chrono::steady_clock::now() - begin;
                if (told.streams++ == 0) told.first_ms = after.count();
                told.last_ms = after.count();
            }
        }
        return told;
    }

private:
    int epoll_;
    std::vector<int> sockets_;
};

void fan_out(const Target& target, int count, std::string_view cookie)
{
    Streams streams(target, count, cookie);
    std::printf("{\"open\": %d}\n", count);
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line);) {
        const auto told = streams.wait_for("event: lead.created", std::chrono::seconds(20));
        std::printf(
            "{\"told\": %zu, \"first_ms\": %.1f, \"last_ms\": %.1f, \"fan_out_ms\": %.1f}\n",
            told.streams, told.first_ms, told.last_ms, told.last_ms - told.first_ms);
        std::fflush(stdout);
    }
}

int measure(const std::vector<std::string>& words)
{
    if (words.size() < 4) return 2;
    Load load;
    load.target.port = std::stoi(words[1]);
    load.connections = std::stoi(words[2]);
    if (words[0] == "streams") {
        fan_out(load.target, load.connections, words[3]);
        return 0;
    }
    if (words.size() < 5) return 2;
    load.duration = std::chrono::milliseconds(std::stoi(words[3]));
    if (words[0] == "get") {
        const auto request = get_request(words[4], words.size() > 5 ? words[5] : "");
        load.next_request = [request](std::string& text) { text = request; };
    } else if (words[0] == "webhooks" && words.size() == 7) {
        auto deliveries = std::make_shared<Deliveries>(words[4], words[5], words[6]);
        load.next_request = [deliveries](std::string& text) { deliveries->next(text); };
    } else {
        return 2;
    }
    print(run(load));
    return 0;
}

}  // namespace
}  // namespace leadcrm::bench

int main(int count, char** words)
{
    // Ten thousand streams need as many descriptors.
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    try {
        const int result = leadcrm::bench::measure({words + 1, words + count});
        if (result == 2) std::fprintf(stderr, "usage: see the top of bench/main.cpp\n");
        return result;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "leadcrm-bench: %s\n", error.what());
        return 1;
    }
}
