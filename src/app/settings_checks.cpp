#include "app/finding.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>

namespace leadcrm::app {
namespace {

constexpr int certificate_days_min = 14;

struct Free {
    void operator()(std::FILE* file) const { std::fclose(file); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using File = std::unique_ptr<std::FILE, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;

Certificate read_certificate(const std::string& path)
{
    const File file(std::fopen(path.c_str(), "re"));
    return Certificate(file ? PEM_read_X509(file.get(), nullptr, nullptr, nullptr) : nullptr);
}

// A key behind a password cannot be used: nobody could type it in.
Key read_key(const std::string& path)
{
    const File file(std::fopen(path.c_str(), "re"));
    const auto no_password = [](char*, int, int, void*) { return 0; };
    return Key(file ? PEM_read_PrivateKey(file.get(), nullptr, no_password, nullptr) : nullptr);
}

std::string host_of(const std::string& address)
{
    const auto url = boost::urls::parse_uri(address);
    return url ? std::string(url->host_address()) : std::string();
}

bool is_local(const std::string& host)
{
    return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.")
        || host == "::1";
}

void check_public_url(const Config& config, Findings& findings)
{
    const auto host = host_of(config.public_url);
    if (host.empty())
        findings.problem("public address", config.public_url + " names no host",
            "Set --public-url to the address people and Meta reach the server by, such as "
            "https://crm.example.com.");
    else if (config.secure() || is_local(host))
        findings.ok("public address", config.public_url);
    else
        findings.problem("public address",
            config.public_url
                + " is not https, so passwords travel in the open and Meta sends "
                  "nothing there",
            "Set --public-url to an https:// address, and give the server a certificate "
            "(--tls-cert, --tls-key) or put a proxy with one in front of it.");
    if (config.secure() && config.operator_contact.empty())
        findings.warn("operator", "the privacy policy names nobody to write to",
            "Set --operator-contact, --operator-name and --operator-legal-entity.");
}

void check_expiry(const X509* certificate, Findings& findings)
{
    int days = 0;
    int seconds = 0;
    ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(certificate));
    const auto next = "Renew it and start the server anew: it reads the files when it starts.";
    if (days < 0 || seconds < 0)
        findings.problem("certificate", "it has expired: browsers and Meta refuse it", next);
    else if (days < certificate_days_min)
        findings.warn("certificate", "it expires in " + std::to_string(days) + " days", next);
    else
        findings.ok("certificate", "good for " + std::to_string(days) + " more days");
}

void check_tls(const Config& config, Findings& findings)
{
    if (config.tls_cert.empty()) {
        findings.ok("certificate", "none: plain HTTP, for a proxy in front or this machine alone");
        return;
    }
    const auto certificate = read_certificate(config.tls_cert);
    const auto key = read_key(config.tls_key);
    ERR_clear_error();
    if (!certificate || !key) {
        findings.problem("certificate",
            certificate ? "tls-key cannot be read as a private key without a password"
                        : "tls-cert cannot be read as a PEM certificate",
            "See that the file is there, is PEM and can be read by whoever runs the server.");
        return;
    }
    if (X509_check_private_key(certificate.get(), key.get()) != 1) {
        ERR_clear_error();
        findings.problem("certificate", "tls-key is the key of another certificate",
            "Set --tls-cert and --tls-key to two files that belong together.");
        return;
    }
    const auto host = host_of(config.public_url);
    const bool is_for_host =
        X509_check_host(certificate.get(), host.data(), host.size(), 0, nullptr) == 1
        || X509_check_ip_asc(certificate.get(), host.c_str(), 0) == 1;
    if (!is_for_host)
        findings.problem("certificate", "it is not for " + host,
            "Get a certificate for the host of --public-url.");
    check_expiry(certificate.get(), findings);
}

void check_meta_app(const Config& config, Findings& findings)
{
    const std::pair<const char*, bool> parts[] = {{"meta-app-id", !config.meta_app_id.empty()},
        {"meta-app-secret", !config.meta_app_secret.empty()},
        {"meta-verify-token", !config.meta_verify_token.empty()}};
    std::string missing;
    bool has_some = false;
    for (const auto& [name, is_set] : parts) {
        has_some = has_some || is_set;
        if (!is_set) missing += (missing.empty() ? "" : ", ") + std::string(name);
    }
    if (missing.empty())
        findings.ok("Meta app", "id, secret and verify token are set");
    else if (has_some)
        findings.problem("Meta app", "missing: " + missing,
            "The three only work together: without them no webhook is verified or believed.");
    else
        findings.warn("Meta app", "none: organizations need an app of their own",
            "Set --meta-app-id, --meta-app-secret and --meta-verify-token, if it is to be "
            "otherwise.");
}

}  // namespace

void check_settings(const Config& config, Findings& findings)
{
    check_public_url(config, findings);
    check_tls(config, findings);
    check_meta_app(config, findings);
}

}  // namespace leadcrm::app
