#include "accounts/testing/passkey_site.hpp"

#include "platform/testing/comes_true.hpp"

#include <algorithm>
#include <stdexcept>

namespace leadcrm::testing {
namespace {

// What an app does with a secret that was typed into it.
std::string from_base32(std::string_view text)
{
    constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    unsigned bits = 0;
    int held = 0;
    for (const char sign : text) {
        bits = bits << 5 | unsigned(signs.find(sign));
        if ((held += 5) < 8) continue;
        held -= 8;
        bytes += char(bits >> held & 0xff);
    }
    return bytes;
}

void must_be(const Answer& answer, int status)
{
    if (answer.status != status) throw std::runtime_error(answer.body);
}

}  // namespace

std::string text_in(const Answer& answer, const char* member)
{
    return std::string(answer.json().at(member).as_string());
}

PasskeySite::PasskeySite() { must_be(register_at(ana, email), 201); }

Answer PasskeySite::register_at(HttpClient& from, const std::string& address)
{
    auto answer = from.post("/api/v1/auth/register",
        {{"organization_name", "Acme"}, {"name", "Ana"}, {"email", address},
            {"password", password}});
    database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE users SET email_confirmed_at = 1"); });
    return answer;
}

Answer PasskeySite::sign_in(HttpClient& from, const boost::json::object& besides)
{
    boost::json::object ask{{"email", email}, {"password", password}};
    for (const auto& [name, value] : besides) ask[name] = value;
    return from.post("/api/v1/auth/login", ask);
}

Answer PasskeySite::begin(HttpClient& from, const boost::json::object& besides)
{
    boost::json::object ask{{"password", password}};
    for (const auto& [name, value] : besides) ask[name] = value;
    return from.post("/api/v1/me/passkeys/challenge", ask);
}

Answer PasskeySite::add(HttpClient& from, PasskeyDevice& device, const std::string& name,
    const boost::json::object& besides)
{
    const auto begun = begin(from, besides);
    must_be(begun, 200);
    device.user_handle = text_in(begun, "user_handle");
    return from.post("/api/v1/me/passkeys", device.make({text_in(begun, "challenge")}, name));
}

std::vector<boost::json::object> PasskeySite::passkeys()
{
    std::vector<boost::json::object> found;
    const auto answer = ana.get("/api/v1/me/passkeys").json();
    for (const auto& each : answer.at("data").as_array()) found.push_back(each.as_object());
    return found;
}

Answer PasskeySite::remove(HttpClient& from, std::size_t index, const boost::json::object& besides)
{
    boost::json::object ask{{"password", password}};
    for (const auto& [name, value] : besides) ask[name] = value;
    const auto id = std::string(passkeys().at(index).at("id").as_string());
    return from.post("/api/v1/me/passkeys/" + id + "/remove", ask);
}

std::string PasskeySite::question(HttpClient& from)
{
    return text_in(from.post("/api/v1/auth/passkey/challenge"), "challenge");
}

Answer PasskeySite::sign_in_with(HttpClient& from, const PasskeyDevice& device, Saying saying)
{
    if (saying.challenge.empty()) saying.challenge = question(from);
    return from.post("/api/v1/auth/passkey", device.sign(saying));
}

std::string PasskeySite::set_up_app(HttpClient& from)
{
    const auto begun = from.post("/api/v1/me/second-factor", {{"password", password}});
    must_be(begun, 200);
    auto secret = from_base32(text_in(begun, "secret"));
    const auto code = accounts::totp::code_at(secret, accounts::totp::step_at(Instant::now()) - 1);
    must_be(from.post("/api/v1/me/second-factor/confirm", {{"code", code}}), 200);
    return secret;
}

void PasskeySite::need_second_factor(bool is_needed)
{
    database->write_platform([&](db::PlatformTx& tx) {
        tx.run("UPDATE organizations SET needs_second_factor = $1", is_needed);
    });
}

std::int64_t PasskeySite::letters(const std::string& notice)
{
    const auto payloads = database->read_platform([](db::PlatformReader& db) {
        return db.rows<std::string>(
            "SELECT payload FROM jobs WHERE kind = 'accounts.notice_letter'");
    });
    return std::ranges::count_if(payloads, [&](const std::string& payload) {
        return payload.find("\"" + notice + "\"") != std::string::npos;
    });
}

std::int64_t PasskeySite::recorded(
    const std::string& action, std::int64_t times, audit::Outcome outcome)
{
    const auto count = [&] {
        return database->read_platform([&](db::PlatformReader& db) {
            const auto organization = db.one<OrganizationId>(
                "SELECT m.organization_id FROM memberships m JOIN users u ON u.id = m.user_id"
                " WHERE u.email = $1 ORDER BY m.created_at LIMIT 1",
                email);
            return db.in_organization(organization)
                .one<std::int64_t>("SELECT COUNT(*) FROM audit_log"
                                   " WHERE organization_id = $1 AND action = $2 AND outcome = $3",
                    action, outcome);
        });
    };
    comes_true([&] { return count() >= times; });
    return count();
}

}  // namespace leadcrm::testing
