#include "platform/failure.hpp"
#include "platform/net/fetch.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace leadcrm::net {
namespace {

// A server of one answer: whatever comes, these bytes go back, then the connection closes
// (or, with `silent`, nothing goes back at all).
class OneAnswer {
public:
    explicit OneAnswer(std::string bytes, bool silent = false)
        : listener_(socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        listen(listener_, 8);
        socklen_t length = sizeof address;
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
        port = ntohs(address.sin_port);
        thread_ = std::thread([this, bytes = std::move(bytes), silent] { serve(bytes, silent); });
    }
    ~OneAnswer()
    {
        shutdown(listener_, SHUT_RDWR);
        close(listener_);
        stopped_ = true;
        thread_.join();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port) + "/path"; }

    int port = 0;
    std::string heard;  // read it after the client has its answer

private:
    void serve(const std::string& bytes, bool silent)
    {
        for (;;) {
            const int connection = accept(listener_, nullptr, nullptr);
            if (connection < 0) return;
            char chunk[4096];
            const auto got = recv(connection, chunk, sizeof chunk, 0);
            if (got > 0) heard.assign(chunk, std::size_t(got));
            while (silent && !stopped_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            close(connection);
        }
    }

    int listener_;
    std::atomic<bool> stopped_{false};
    std::thread thread_;
};

Request to(const std::string& url)
{
    Request request;
    request.url = url;
    return request;
}

}  // namespace

TEST_CASE("an answer comes with its status, headers in lower case and body")
{
    OneAnswer server("HTTP/1.1 400 Bad Request\r\nX-App-Usage:  {\"call_count\":28} \r\n"
                     "Content-Length: 5\r\n\r\nhello");
    Client client;
    auto request = to(server.url());
    request.method = "POST";
    request.headers = {{"Authorization", "Bearer secret"}};
    request.body = "{\"a\":1}";
    const auto answer = client.fetch(request);
    CHECK(answer.status == 400);
    CHECK(answer.body == "hello");
    CHECK(answer.header("x-app-usage") == "{\"call_count\":28}");
    CHECK(answer.trouble.empty());
    CHECK(server.heard.starts_with("POST /path HTTP/1.1\r\n"));
    CHECK(server.heard.find("Authorization: Bearer secret\r\n") != std::string::npos);
    CHECK(server.heard.ends_with("\r\n\r\n{\"a\":1}"));
}

TEST_CASE("trouble is told in words, without a status")
{
    Client client;
    SUBCASE("nobody listens")
    {
        int port = 0;
        {
            const OneAnswer gone("");
            port = gone.port;
        }
        const auto answer = client.fetch(to("http://127.0.0.1:" + std::to_string(port) + "/"));
        CHECK(answer.status == 0);
        CHECK_FALSE(answer.trouble.empty());
    }
    SUBCASE("the server is silent")
    {
        OneAnswer server("", true);
        auto request = to(server.url());
        request.time_max = std::chrono::milliseconds(200);
        CHECK(client.fetch(request).trouble.find("Timeout") != std::string::npos);
    }
    SUBCASE("the answer is no HTTP")
    {
        OneAnswer server("SSH-2.0-OpenSSH\r\n");
        CHECK_FALSE(client.fetch(to(server.url())).trouble.empty());
    }
    SUBCASE("the answer is cut off")
    {
        OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        const auto answer = client.fetch(to(server.url()));
        CHECK(answer.status == 0);
        CHECK_FALSE(answer.trouble.empty());
    }
    SUBCASE("the answer is larger than we take")
    {
        OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + std::string(100, 'x'));
        auto request = to(server.url());
        request.answer_max = 99;
        CHECK(client.fetch(request).trouble == "the answer is too large");
    }
    SUBCASE("the address is of another kind")
    {
        CHECK_FALSE(client.fetch(to("file:///etc/passwd")).trouble.empty());
    }
}

TEST_CASE("a redirect is an answer, not followed")
{
    OneAnswer server(
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    Client client;
    CHECK(client.fetch(to(server.url())).status == 302);
}

TEST_CASE("a value with a line break is not sent as a header")
{
    OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    Client client;
    auto request = to(server.url());
    request.headers = {{"Authorization", "Bearer a\r\nHost: elsewhere"}};
    CHECK_THROWS_AS(client.fetch(request), Failure);
}

TEST_CASE("a packed answer counts by its unpacked size")
{
    // A thousand times "x", by gzip.
    const std::string packed(
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\xa8\x18\x05\xa3\x60\x14\x0c\x77\x00"
        "\x00\xe6\xc9\x41\x3b\xe8\x03\x00\x00",
        29);
    OneAnswer server("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
        + std::to_string(packed.size()) + "\r\n\r\n" + packed);
    Client client;
    auto request = to(server.url());
    CHECK(client.fetch(request).body == std::string(1'000, 'x'));
    request.answer_max = 999;
    CHECK(client.fetch(request).trouble == "the answer is too large");
}

TEST_CASE("a stopped client makes no calls, and says so")
{
    OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    Client client;
    CHECK(client.fetch(to(server.url())).status == 200);
    client.stop();
    client.stop();
    CHECK(client.fetch(to(server.url())).trouble == "stopped");
}

TEST_CASE("stopping ends the calls that are on their way")
{
    OneAnswer server("", true);
    std::string trouble;
    {
        Client client;
        client.start(to(server.url()), [&](Answer answer) { trouble = answer.trouble; });
    }
    CHECK(trouble == "stopped");
}

}  // namespace leadcrm::net
