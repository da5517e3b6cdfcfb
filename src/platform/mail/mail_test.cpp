#include "platform/jobs/jobs.hpp"
#include "platform/mail/smtp.hpp"

#include <doctest/doctest.h>

namespace leadcrm::mail {
namespace {

const Settings settings{"smtp://127.0.0.1:25", "Lead CRM <crm@example.com>"};

std::vector<std::string> head(const std::string& to, const std::string& subject)
{
    return head_of(settings, {to, subject, "", ""}, Instant::from_unix_seconds(1'795'720'000));
}

}  // namespace

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
