#include "bench/load.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace leadcrm::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
    int socket = -1;
    std::string request;
    std::string answer;
    std::size_t answer_length = 0;  // 0 until the head is there
    Clock::time_point began;
};

// How long the whole answer at the front of `text` is, or 0 while its head is incomplete.
std::size_t answer_length(std::string_view text)
{
    const auto head = text.find("\r\n\r\n");
    if (head == std::string_view::npos) return 0;
    std::string lower(text.substr(0, head));
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](unsigned char c) { return char(std::tolower(c)); });
    std::size_t length = 0;
    if (const auto at = lower.find("\r\ncontent-length:"); at != std::string::npos) {
        const auto first = lower.find_first_not_of(' ', at + 17);
        std::from_chars(lower.data() + first, lower.data() + lower.size(), length);
    }
    return head + 4 + length;
}

class Loop {
public:
    explicit Loop(const Load& load) : load_(load), epoll_(epoll_create1(EPOLL_CLOEXEC))
    {
        connections_.reserve(std::size_t(load.connections));
        for (int i = 0; i < load.connections; ++i) open();
    }
    ~Loop()
    {
        for (const auto& connection : connections_) close(connection->socket);
        close(epoll_);
    }

    Figures run()
    {
        const auto begin = Clock::now();
        const auto end = begin + load_.duration;
        for (const auto& connection : connections_) ask(*connection);
        std::array<epoll_event, 256> events;
        while (Clock::now() < end) {
            const int ready = epoll_wait(epoll_, events.data(), int(events.size()), 10);
            for (int i = 0; i < ready; ++i)
                on_ready(*static_cast<Connection*>(events[std::size_t(i)].data.ptr));
        }
        figures_.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        std::sort(figures_.latencies_us.begin(), figures_.latencies_us.end());
        return std::move(figures_);
    }

private:
    void open()
    {
        auto connection = std::make_unique<Connection>();
        connection->socket = connect_to(load_.target);
        fcntl(connection->socket, F_SETFL, O_NONBLOCK);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = connection.get();
        epoll_ctl(epoll_, EPOLL_CTL_ADD, connection->socket, &event);
        connections_.push_back(std::move(connection));
    }

    void ask(Connection& connection)
    {
        connection.request.clear();
        connection.answer.clear();
        connection.answer_length = 0;
        load_.next_request(connection.request);
        connection.began = Clock::now();
        const auto sent = send(
            connection.socket, connection.request.data(), connection.request.size(), MSG_NOSIGNAL);
        // Requests here are far smaller than a socket's buffer.
        if (sent != ssize_t(connection.request.size())) ++figures_.failures;
    }

    void on_ready(Connection& connection)
    {
        std::array<char, 64 * 1024> chunk;
        const auto got = recv(connection.socket, chunk.data(), chunk.size(), 0);
        if (got <= 0) {
            ++figures_.failures;
            epoll_ctl(epoll_, EPOLL_CTL_DEL, connection.socket, nullptr);
            return;
        }
        connection.answer.append(chunk.data(), std::size_t(got));
        if (connection.answer_length == 0)
            connection.answer_length = answer_length(connection.answer);
        if (connection.answer_length == 0 || connection.answer.size() < connection.answer_length)
            return;
        const auto took = Clock::now() - connection.began;
        figures_.latencies_us.push_back(
            std::uint32_t(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
        const bool good = connection.answer.compare(9, 1, "2") == 0;
        good ? ++figures_.answers : ++figures_.failures;
        ask(connection);
    }

    const Load& load_;
    int epoll_;
    std::vector<std::unique_ptr<Connection>> connections_;
    Figures figures_;
};

}  // namespace

std::uint32_t Figures::latency_us(double share) const
{
    if (latencies_us.empty()) return 0;
    return latencies_us[std::min(
        latencies_us.size() - 1, std::size_t(share * double(latencies_us.size())))];
}

Figures run(const Load& load) { return Loop(load).run(); }

int connect_to(const Target& target)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::uint16_t(target.port));
    inet_pton(AF_INET, target.host.c_str(), &address.sin_addr);
    if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        close(socket);
        throw std::runtime_error(
            "nobody listens on " + target.host + ":" + std::to_string(target.port));
    }
    return socket;
}

}  // namespace leadcrm::bench
