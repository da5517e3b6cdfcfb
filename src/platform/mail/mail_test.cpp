#include "platform/jobs/jobs.hpp"
#include "platform/mail/smtp.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace leadcrm::mail {
namespace {

const Settings settings{"smtp://127.0.0.1:25", "Lead CRM <crm@example.com>"};

std::vector<std::string> head(const std::string& to, const std::string& subject)
{
    return head_of(settings, {to, subject, "", ""}, Instant::from_unix_seconds(1'795'720'000));
}

// A mail server for one visit: greets, and answers each line with the next of `answers`.
class Greeting {
public:
    explicit Greeting(std::vector<std::string> answers)
        : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof where;
        auto* address = reinterpret_cast<sockaddr*>(&where);
        REQUIRE(bind(listener_, address, length) == 0);
        REQUIRE(listen(listener_, 1) == 0);
        REQUIRE(getsockname(listener_, address, &length) == 0);
        url = "smtp://127.0.0.1:" + std::to_string(ntohs(where.sin_port));
        thread_ = std::thread([this, answers = std::move(answers)] {
            const int visitor = accept(listener_, nullptr, nullptr);
            char line[512];
            for (const auto& answer : answers) {
                if (send(visitor, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) break;
                if (recv(visitor, line, sizeof line, 0) <= 0) break;
            }
            close(visitor);
        });
    }
    ~Greeting()
    {
        thread_.join();
        close(listener_);
    }
    Greeting(const Greeting&) = delete;

    std::string url;

private:
    int listener_;
    std::thread thread_;
};

}  // namespace

TEST_CASE("a mail server that greets is well; one that refuses, or takes no password, is not")
{
    using namespace std::chrono_literals;
    const auto trouble = [](const std::string& url) {
        return trouble_with_smtp({url, "crm@example.com"}, 5s);
    };
    {
        const Greeting well({"220 mail\r\n", "250 mail\r\n", "221 bye\r\n"});
        CHECK(trouble(well.url).empty());
    }
    {
        const Greeting refusing({"554 not you\r\n", "221 bye\r\n"});
        CHECK_FALSE(trouble(refusing.url).empty());
    }
    {
        const Greeting open({"220 mail\r\n", "250 mail\r\n", "221 bye\r\n"});
        auto url = open.url;
        url.insert(url.find("127"), "ana:hush@");
        const auto why = trouble(url);
        CHECK_FALSE(why.empty());
        CHECK(why.find("hush") == std::string::npos);
    }
    CHECK_FALSE(trouble("smtp://127.0.0.1:1").empty());
}

TEST_CASE("the head of a mail says from whom, to whom, about what and when")
{
    const auto lines = head("ana@acme.example", "Is this your address?");
    CHECK(lines[0] == "From: Lead CRM <crm@example.com>");
    CHECK(lines[1] == "To: <ana@acme.example>");
    CHECK(lines[2] == "Subject: Is this your address?");
    CHECK(lines[3] == "Date: Thu, 26 Nov 2026 19:06:40 +0000");
    CHECK(lines[4].ends_with("@example.com>"));
}

TEST_CASE("nothing in a subject or an address begins a line of its own")
{
    const auto lines = head("ana@acme.example", "Hello\r\nBcc: all@example.com");
    CHECK(lines[2] == "Subject: Hello  Bcc: all@example.com");
    for (const auto* to : {"ana@acme.example\r\nBcc: x@example.com", "ana@acme.example,x@e.com",
             "a b@acme.example", "<ana@acme.example>", "nobody"})
        CHECK_THROWS_AS(head(to, "Hello"), jobs::GiveUp);
}

TEST_CASE("a subject in another alphabet is cut between letters")
{
    CHECK(head("ana@acme.example", "Grüße")[2] == "Subject: =?UTF-8?B?R3LDvMOfZQ==?=");
    std::string subject = "Subject: ";
    for (int i = 0; i < 40; ++i) subject += "ß";
    const auto line = head("ana@acme.example", subject)[2];
    CHECK(line.find("?= =?UTF-8?B?") != std::string::npos);
    CHECK(
        head("ana@acme.example", "=?UTF-8?B?QQ==?=")[2].find("=?UTF-8?B?PT9") != std::string::npos);
}

TEST_CASE("what is text in a letter is text in its HTML")
{
    const auto mail = write({.subject = "Hello",
                                .before = {"Hello <b>\"Ana\"</b> & co,"},
                                .button = "Go",
                                .link = "https://crm.example.com/app/x#a&b",
                                .after = {}},
        "ana@acme.example");
    CHECK(
        mail.html.find("Hello &lt;b&gt;&quot;Ana&quot;&lt;/b&gt; &amp; co,") != std::string::npos);
    CHECK(mail.html.find("href=\"https://crm.example.com/app/x#a&amp;b\"") != std::string::npos);
    CHECK(mail.text == "Hello <b>\"Ana\"</b> & co,\n\nGo:\nhttps://crm.example.com/app/x#a&b\n\n");
}

}  // namespace leadcrm::mail
