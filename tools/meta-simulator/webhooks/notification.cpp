#include "meta-simulator/webhooks/notification.hpp"

#include "meta-simulator/graph/meta_text.hpp"
#include "platform/crypto/crypto.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdint>

namespace leadcrm::simulator {

namespace {

json::value id_value(const std::string& id, IdForm form)
{
    if (form == IdForm::numbers) return std::stoll(id);
    return json::value(boost::json::string(id));
}

json::object entry_of(const std::string& page_id, const WebhookSettings& settings, Instant now)
{
    json::object entry{{"id", id_value(page_id, settings.ids)}, {"time", now.unix_seconds()}};
    if (settings.extra_keys) entry["uid"] = "u-" + page_id;
    return entry;
}

json::object change_json(const Change& change, const WebhookSettings& settings)
{
    json::object shown{{"value", change.value}, {"field", change.field}};
    if (settings.extra_keys) shown["schema_hint"] = json::array{1, nullptr, "café/☕"};
    return shown;
}

json::object feed_change(const std::string& page_id)
{
    return {{"field", "feed"},
        {"value",
            json::object{{"item", "status"}, {"verb", "add"}, {"post_id", page_id + "_1"},
                {"message", "Größer & besser 😀"}}}};
}

// By OpenSSL and not by the product's own code, so that a mistake there cannot cancel itself out.
std::string signature(const EVP_MD* digest, std::string_view scheme, std::string_view app_secret,
    std::string_view body)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned size = 0;
    HMAC(digest, app_secret.data(), static_cast<int>(app_secret.size()),
        reinterpret_cast<const unsigned char*>(body.data()), body.size(), code.data(), &size);
    return std::string(scheme) + crypto::hex({reinterpret_cast<const char*>(code.data()), size});
}

}  // namespace

Change lead_change(const Lead& lead, const WebhookSettings& settings)
{
    json::object value{{"form_id", id_value(lead.form_id, settings.ids)},
        {"leadgen_id", id_value(lead.id, settings.ids)},
        {"created_time", lead.created.unix_seconds()},
        {"page_id", id_value(lead.page_id, settings.ids)}};
    const bool zero = settings.ad_ids == AdIds::zero;
    if (zero || (lead.ad && settings.ad_ids == AdIds::real)) {
        // Meta's adgroup is the ad, whatever the word suggests.
        const auto ad_id = id_value(zero ? "0" : lead.ad->ad_id, settings.ids);
        value["ad_id"] = ad_id;
        value["adgroup_id"] = ad_id;
    }
    if (settings.extra_keys) value["lead_origin"] = json::object{{"kind", "instant_form"}};
    return {.page_id = lead.page_id, .field = "leadgen", .value = std::move(value)};
}

Change lead_update_change(const Lead& lead, Instant now)
{
    json::object value{{"leadgen_id", std::stoll(lead.id)}, {"page_id", std::stoll(lead.page_id)},
        {"form_id", std::stoll(lead.form_id)}};
    if (lead.ad) {
        value["ad_id"] = std::stoll(lead.ad->ad_id);
        value["adgroup_id"] = std::stoll(lead.ad->ad_id);
    }
    value["updated_time"] = std::to_string(now.unix_seconds());
    value["area"] = "ai_agent_updates";
    value["event"] = "qualification_status_change";
    value["updated_fields"] = json::array{"qualification_details", "qualification_status"};
    return {.page_id = lead.page_id, .field = "leadgen_update", .value = std::move(value)};
}

std::string notification_body(
    const std::vector<Change>& changes, const WebhookSettings& settings, Instant now)
{
    json::array entries;
    std::string page_of_entry;
    for (const auto& change : changes) {
        if (entries.empty() || page_of_entry != change.page_id) {
            entries.push_back(entry_of(change.page_id, settings, now));
            page_of_entry = change.page_id;
        }
        auto& entry = entries.back().get_object();
        if (settings.changed_fields_only) {
            entry["changed_fields"] = json::array{boost::json::string(change.field)};
            continue;
        }
        auto* list = entry.if_contains("changes");
        if (!list) list = &(entry["changes"] = json::array());
        list->get_array().push_back(change_json(change, settings));
        if (settings.foreign_field) list->get_array().push_back(feed_change(change.page_id));
    }
    return meta_json(
        json::object{{"object", "page"}, {"entry", std::move(entries)}}, settings.escape_slashes);
}

std::string dashboard_test_body(Instant now)
{
    const auto seconds = now.unix_seconds();
    const json::object value{{"ad_id", "444444444"}, {"form_id", "444444444444"},
        {"leadgen_id", "444444444444"}, {"created_time", seconds}, {"page_id", "444444444444"},
        {"adgroup_id", "44444444444"}};
    const json::object change{{"field", "leadgen"}, {"value", value}};
    const json::object entry{{"id", "0"}, {"time", seconds}, {"changes", json::array{change}}};
    return meta_json(json::object{{"object", "page"}, {"entry", json::array{entry}}});
}

std::string sha256_signature(std::string_view app_secret, std::string_view body)
{
    return signature(EVP_sha256(), "sha256=", app_secret, body);
}

std::string sha1_signature(std::string_view app_secret, std::string_view body)
{
    return signature(EVP_sha1(), "sha1=", app_secret, body);
}

http::Headers notification_headers(std::string_view body, const WebhookSettings& settings)
{
    http::Headers headers{
        {"Content-Type", "application/json"}, {"User-Agent", "facebookexternalua"}};
    auto sha256 = sha256_signature(settings.app_secret, body);
    if (settings.signing == Signing::wrong)
        sha256 = sha256_signature(settings.app_secret + "-not", body);
    if (settings.signing == Signing::cut_short) sha256.resize(sha256.size() - 8);
    if (settings.signing != Signing::absent && settings.signing != Signing::sha1_only)
        headers.emplace_back("X-Hub-Signature-256", std::move(sha256));
    if (settings.signing == Signing::sha1_only
        || (settings.sha1_too && settings.signing == Signing::right))
        headers.emplace_back("X-Hub-Signature", sha1_signature(settings.app_secret, body));
    return headers;
}

}  // namespace leadcrm::simulator
