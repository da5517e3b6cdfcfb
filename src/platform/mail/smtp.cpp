#include "platform/mail/smtp.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/jobs/jobs.hpp"

#include <curl/curl.h>
#include <openssl/evp.h>

#include <algorithm>
#include <ctime>
#include <memory>

namespace leadcrm::mail {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 32 || c == 127; }

std::string one_line(std::string text)
{
    std::replace_if(text.begin(), text.end(), is_control, ' ');
    return text;
}

std::string base64(std::string_view bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()), int(bytes.size()));
    text.resize(std::size_t(length));
    return text;
}

// RFC 2047: 45 bytes of UTF-8 make a word of 72 characters, and a letter is never cut in two.
std::string encoded(const std::string& text)
{
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c > 31; });
    if (is_plain && text.find("=?") == std::string::npos) return text;
    constexpr std::size_t word_max = 45;
    std::string words;
    for (std::size_t at = 0; at < text.size();) {
        auto end = std::min(at + word_max, text.size());
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        if (!words.empty()) words += ' ';
        words += "=?UTF-8?B?" + base64(std::string_view(text).substr(at, end - at)) + "?=";
        at = end;
    }
    return words;
}

std::string bare_address(const std::string& text)
{
    const auto open = text.rfind('<');
    if (open == std::string::npos || !text.ends_with('>')) return text;
    return text.substr(open + 1, text.size() - open - 2);
}

std::string sender(const std::string& from)
{
    const auto open = from.rfind('<');
    if (open == std::string::npos) return from;
    auto name = from.substr(0, open);
    while (name.ends_with(' ')) name.pop_back();
    return encoded(name) + " <" + bare_address(from) + '>';
}

std::string date_of(Instant now)
{
    const std::time_t seconds = now.unix_seconds();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &parts);
    return text;
}

// Everything libcurl keeps pointers into while it sends.
struct Sending {
    CURL* easy = curl_easy_init();
    curl_mime* message = curl_mime_init(easy);
    curl_slist* head = nullptr;
    curl_slist* recipients = nullptr;

    Sending() = default;
    Sending(const Sending&) = delete;
    ~Sending()
    {
        curl_mime_free(message);
        curl_slist_free_all(head);
        curl_slist_free_all(recipients);
        curl_easy_cleanup(easy);
    }

    // The last form is the one a mail program prefers.
    void add_forms(const Mail& mail)
    {
        auto* forms = curl_mime_init(easy);
        for (const auto& [type, body] : {std::pair("text/plain; charset=utf-8", &mail.text),
                 std::pair("text/html; charset=utf-8", &mail.html)}) {
            auto* form = curl_mime_addpart(forms);
            curl_mime_data(form, body->data(), body->size());
            curl_mime_type(form, type);
            curl_mime_encoder(form, "quoted-printable");
        }
        auto* whole = curl_mime_addpart(message);
        curl_mime_subparts(whole, forms);
        curl_mime_type(whole, "multipart/alternative");
        auto* inline_part = curl_slist_append(nullptr, "Content-Disposition: inline");
        curl_mime_headers(whole, inline_part, 1);
    }
};

int is_over(void* stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<const std::atomic<bool>*>(stopping)->load() ? 1 : 0;
}

// A server that refuses the address or the mail for good; "wait" and a wrong password are not that.
bool is_final(long code) { return code >= 550 && code <= 554; }

bool has_password(const std::string& url)
{
    const auto host = url.find("://");
    const auto path = host == std::string::npos ? host : url.find('/', host + 3);
    return url.substr(0, path).find('@') != std::string::npos;
}

// A password never goes there in the open.
void go_to_server(CURL* easy, const std::string& url)
{
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(
        easy, CURLOPT_USE_SSL, has_password(url) ? long(CURLUSESSL_ALL) : long(CURLUSESSL_TRY));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
}

}  // namespace

std::vector<std::string> head_of(const Settings& settings, const Mail& mail, Instant now)
{
    const bool is_one = mail.to.find('@') != std::string::npos
        && std::none_of(mail.to.begin(), mail.to.end(), [](char c) {
               return is_control(c)
                   || std::string_view(" ,;<>\"").find(c) != std::string_view::npos;
           });
    if (!is_one) throw jobs::GiveUp("a mail to what is not one address");
    const auto from = one_line(settings.from);
    const auto domain = bare_address(from);
    return {"From: " + sender(from), "To: <" + mail.to + '>',
        "Subject: " + encoded(one_line(mail.subject)), "Date: " + date_of(now),
        "Message-ID: <" + crypto::random_token(18)
            + domain.substr(std::min(domain.rfind('@'), domain.size())) + '>',
        "Auto-Submitted: auto-generated"};
}

void send_by_smtp(const Settings& settings, const Mail& mail, const std::atomic<bool>& stopping)
{
    Sending sending;
    auto* easy = sending.easy;
    if (!easy || !sending.message) throw Failure::unavailable("libcurl cannot start", 5);
    for (const auto& line : head_of(settings, mail, Instant::now()))
        sending.head = curl_slist_append(sending.head, line.c_str());
    sending.recipients = curl_slist_append(nullptr, ('<' + mail.to + '>').c_str());
    sending.add_forms(mail);
    const auto envelope_from = '<' + bare_address(one_line(settings.from)) + '>';

    go_to_server(easy, settings.smtp_url);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 30'000L);
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, envelope_from.c_str());
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, sending.recipients);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, sending.head);
    curl_easy_setopt(easy, CURLOPT_MIMEPOST, sending.message);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, is_over);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &stopping);

    const auto outcome = curl_easy_perform(easy);
    if (outcome == CURLE_OK) return;
    long code = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
    const auto why = std::string(curl_easy_strerror(outcome)) + ", " + std::to_string(code);
    if (is_final(code)) throw jobs::GiveUp("the mail server refuses this mail: " + why);
    throw Failure::unavailable("The mail could not be sent.", 60).because(why);
}

std::string trouble_with_smtp(const Settings& settings, std::chrono::milliseconds patience)
{
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(
        curl_easy_init(), curl_easy_cleanup);
    if (!easy) return "libcurl cannot start";
    go_to_server(easy.get(), settings.smtp_url);
    curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT_MS, long(patience.count()));
    curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT_MS, long(patience.count()));
    // As far as the greeting, TLS and the password, and no further.
    curl_easy_setopt(easy.get(), CURLOPT_CONNECT_ONLY, 1L);
    const auto outcome = curl_easy_perform(easy.get());
    return outcome == CURLE_OK ? std::string() : curl_easy_strerror(outcome);
}

}  // namespace leadcrm::mail
