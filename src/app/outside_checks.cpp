#include "app/finding.hpp"
#include "app/program.hpp"
#include "meta/app_webhook.hpp"
#include "platform/mail/smtp.hpp"
#include "platform/net/fetch.hpp"
#include "platform/time/instant.hpp"

#include <ctime>

namespace leadcrm::app {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 5s;
constexpr auto clock_wrong = 60s;  // codes of a second factor begin to be refused
constexpr auto clock_imprecise = 10s;

void check_mail(const Config& config, Findings& findings)
{
    if (config.smtp_url.empty()) {
        findings.warn("mail", "no mail server: letters are kept in the database",
            "Set --smtp-url and --mail-from; leadcrm admin mails shows what was kept.");
        return;
    }
    const auto trouble = mail::trouble_with_smtp({config.smtp_url, config.mail_from}, patience);
    if (trouble.empty())
        findings.ok("mail", "the mail server answers");
    else
        findings.problem("mail", "the mail server does not take mail: " + trouble,
            "See host, port, name and password in --smtp-url. With a password it must offer TLS.");
}

std::optional<Instant> date_in(const net::Answer& answer)
{
    std::tm parts{};
    const std::string text(answer.header("date"));
    if (!strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S", &parts)) return std::nullopt;
    return Instant::from_unix_seconds(timegm(&parts));
}

void check_clock(const net::Answer& answer, Findings& findings)
{
    const auto theirs = date_in(answer);
    if (!theirs) return;
    const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(Instant::now() - *theirs);
    const auto off = std::chrono::abs(ahead);
    const auto seen = in_words(off) + (ahead > 0s ? " ahead of Meta's" : " behind Meta's");
    const auto next = "Let the machine keep time (systemd-timesyncd, chrony): codes of a second "
                      "factor, and sign-ins with a company's account, are refused otherwise.";
    if (off > clock_wrong)
        findings.problem("clock", seen, next);
    else if (off > clock_imprecise)
        findings.warn("clock", seen, next);
    else
        findings.ok("clock", "as Meta's, within seconds");
}

// What Meta itself says of the app: whether id and secret belong together, and where its webhook
// leads.
void check_app_at_meta(const Config& config, Findings& findings)
{
    if (config.meta_app_id.empty() || config.meta_app_secret.empty()) return;
    net::Client client;
    meta::App app(
        [&](net::Request request) {
            request.connect_max = patience;
            request.time_max = 2 * patience;
            return client.fetch(std::move(request));
        },
        meta_settings(config), std::nullopt);
    const auto found = meta::read_app_webhook(app.graph);
    const auto next = "In the app's dashboard at Meta, Webhooks, Page: the address "
        + meta::webhook_url(app) + ", the verify token of --meta-verify-token, the field leadgen.";
    if (found.problem)
        findings.problem("app at Meta", found.problem->text(),
            "See that --meta-app-id and --meta-app-secret are those of one app, under Basic "
            "settings in its dashboard.");
    else if (found.callback_url != meta::webhook_url(app))
        findings.problem("app at Meta",
            found.callback_url.empty() ? "it has no webhook: no lead is announced"
                                       : "its webhook leads to " + found.callback_url,
            next);
    else if (!found.has_leads || !found.is_active)
        findings.problem("app at Meta", "its webhook leads here, and leads are not sent", next);
    else
        findings.ok("app at Meta", "id and secret belong together, and its webhook leads here");
}

void check_graph(const Config& config, Findings& findings)
{
    net::Request ask{.url = config.meta_graph_url + '/' + config.meta_graph_version + '/'};
    ask.connect_max = patience;
    ask.time_max = 2 * patience;
    const auto answer = net::Client().fetch(std::move(ask));
    if (answer.status == 0)
        findings.problem("Meta", config.meta_graph_url + " does not answer: " + answer.trouble,
            "See that this machine may reach it: name service, firewall, proxy.");
    else if (answer.status >= 500)
        findings.warn("Meta",
            config.meta_graph_url + " answers with " + std::to_string(answer.status),
            "Wait; nothing is lost meanwhile. https://metastatus.com says how Meta is.");
    else {
        findings.ok("Meta", config.meta_graph_url + " answers");
        check_app_at_meta(config, findings);
    }
    if (answer.status != 0) check_clock(answer, findings);
}

}  // namespace

void check_outside(const Config& config, Findings& findings)
{
    check_mail(config, findings);
    check_graph(config, findings);
}

}  // namespace leadcrm::app
