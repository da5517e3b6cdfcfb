#include "platform/testing/running_server.hpp"

#include <doctest/doctest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cstdlib>
#include <filesystem>

using namespace leadcrm;
using namespace leadcrm::testing;

namespace {

// A certificate for one test, in a folder of its own.
struct Certificate {
    std::filesystem::path folder;
    std::filesystem::path cert;
    std::filesystem::path key;

    Certificate()
    {
        std::string name = (std::filesystem::temp_directory_path() / "leadcrm-tls-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        cert = folder / "cert.pem";
        key = folder / "key.pem";
        const auto command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
                             " -nodes -days 1 -subj /CN=localhost -keyout "
            + key.string() + " -out " + cert.string() + " 2>/dev/null";
        REQUIRE(std::system(command.c_str()) == 0);
    }
    ~Certificate() { std::filesystem::remove_all(folder); }
};

struct SecureServer : RunningServer {
    Certificate certificate;

    SecureServer()
    {
        settings.tls_cert = certificate.cert;
        settings.tls_key = certificate.key;
        start();
    }
};

// A TLS client over a RawClient's socket.
class TlsClient {
public:
    TlsClient(std::uint16_t port, int version_max)
        : raw_(port), context_(SSL_CTX_new(TLS_client_method()))
    {
        SSL_CTX_set_security_level(context_, 0);
        SSL_CTX_set_max_proto_version(context_, version_max);
        ssl_ = SSL_new(context_);
        SSL_set_fd(ssl_, raw_.descriptor());
        is_connected_ = SSL_connect(ssl_) == 1;
        ERR_clear_error();
    }
    ~TlsClient()
    {
        SSL_free(ssl_);
        SSL_CTX_free(context_);
    }
    TlsClient(const TlsClient&) = delete;

    bool is_connected() const { return is_connected_; }

    std::string ask(const std::string& request, std::string_view until)
    {
        SSL_write(ssl_, request.data(), static_cast<int>(request.size()));
        std::string answer;
        std::array<char, 65536> bytes;
        while (answer.find(until) == std::string::npos) {
            const int count = SSL_read(ssl_, bytes.data(), static_cast<int>(bytes.size()));
            if (count <= 0) break;
            answer.append(bytes.data(), static_cast<std::size_t>(count));
        }
        return answer;
    }

    // True when the other side said that it closes, instead of just being gone.
    bool is_closed_politely()
    {
        char byte = 0;
        return SSL_read(ssl_, &byte, 1) <= 0 && SSL_get_shutdown(ssl_) == SSL_RECEIVED_SHUTDOWN;
    }

private:
    RawClient raw_;
    SSL_CTX* context_;
    SSL* ssl_ = nullptr;
    bool is_connected_ = false;
};

}  // namespace

TEST_CASE("TLS carries requests, and answers say to come back by https only")
{
    SecureServer running;
    TlsClient client(running.port(), TLS1_3_VERSION);
    REQUIRE(client.is_connected());
    for (int i = 0; i < 2; ++i) {
        const auto answer = client.ask(post("/echo", "sealed"), "sealed");
        CHECK(answer.find("X-Secure: yes\r\n") != std::string::npos);
        CHECK(answer.find("Strict-Transport-Security: ") != std::string::npos);
        CHECK(answer.ends_with("sealed"));
    }
    client.ask(get("/hello", "Connection: close\r\n"), "hello");
    CHECK(client.is_closed_politely());
}

TEST_CASE("TLS 1.2 is spoken, 1.1 is not")
{
    SecureServer running;
    CHECK(TlsClient(running.port(), TLS1_2_VERSION).is_connected());
    CHECK(!TlsClient(running.port(), TLS1_1_VERSION).is_connected());
}

TEST_CASE("large answers and streams go through TLS as well")
{
    SecureServer running;
    running.server.reset();
    const std::string large(std::size_t(3) * 1024 * 1024, 'x');
    running.routes.raw("GET", "/large",
        [&](const http::Request&, const http::Respond& respond) {
            respond({200, "text/plain", large + "end"});
        },
        {"Is large", http::Right::everybody});
    running.routes.stream("/stream",
        [](const http::Caller&, const std::string&, const std::shared_ptr<http::EventSink>& sink) {
            for (int i = 0; i < 100; ++i)
                sink->send(
                    std::make_shared<const std::string>("data: " + std::to_string(i) + "\n\n"));
        },
        {"Streams"});
    running.start();
    TlsClient client(running.port(), TLS1_3_VERSION);
    CHECK(client.ask(get("/large"), "end").size() > large.size());
    CHECK(client.ask(get("/stream", "Cookie: leadcrm_session=ana\r\n"), "data: 99\n\n")
              .find("data: 98\n\n")
        != std::string::npos);
}

TEST_CASE("a client that speaks no TLS to a TLS port is dropped, and the next is served")
{
    SecureServer running;
    RawClient plain(running.port());
    plain.send(get("/hello"));
    plain.read_all();
    CHECK(TlsClient(running.port(), TLS1_3_VERSION).is_connected());
}

TEST_CASE("a certificate that cannot be used stops the program at start")
{
    RunningServer missing;
    missing.settings.tls_cert = "/nonexistent/cert.pem";
    missing.settings.tls_key = "/nonexistent/key.pem";
    CHECK_THROWS_AS(missing.start(), std::runtime_error);

    const Certificate one;
    const Certificate other;
    RunningServer mixed;
    mixed.settings.tls_cert = one.cert;
    mixed.settings.tls_key = other.key;
    CHECK_THROWS_AS(mixed.start(), std::runtime_error);
}
