// What Meta's webhooks look like and what goes wrong with them: PUT /_control/webhook.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <string>

namespace leadcrm::simulator {

BOOST_DEFINE_ENUM_CLASS(IdForm, strings, numbers)
BOOST_DEFINE_ENUM_CLASS(AdIds, real, absent, zero)
BOOST_DEFINE_ENUM_CLASS(Signing, right, wrong, absent, cut_short, sha1_only)

struct WebhookSettings {
    // Where to, and with which secret it is signed.
    std::string url;
    std::string app_secret;
    std::string verify_token;

    // What it looks like.
    IdForm ids = IdForm::strings;
    AdIds ad_ids = AdIds::real;
    bool escape_slashes = true;
    bool extra_keys = false;  // keys nobody has heard of
    bool foreign_field = false;  // a change of field "feed" beside each lead
    bool changed_fields_only = false;  // the subscription was made without values
    std::int64_t changes_per_post = 1;  // Meta sends up to 1000
    std::int64_t pages_per_post = 1;  // pages, that is tenants, in one POST
    std::int64_t gather_ms = 0;  // waits this long for more changes to send together

    // What goes wrong.
    double drop = 0;  // 0 … 1: never sent
    double twice = 0;  // sent again, as another delivery
    double reorder = 0;  // held back, so that later ones overtake it
    std::int64_t reorder_ms = 2000;
    std::int64_t delay_ms = 0;  // for all of them
    Signing signing = Signing::right;
    bool sha1_too = true;  // the legacy header beside the other
    bool alter_body = false;  // one byte, after signing

    // How it is delivered.
    std::int64_t answer_ms_max = 10'000;  // slower answers count as failures
    std::int64_t in_flight_max = 32;
    double retry_speed = 1;  // 60: an hour of Meta's schedule passes in a minute
    std::int64_t give_up_after_h = 36;
};
BOOST_DESCRIBE_STRUCT(WebhookSettings, (),
    (url, app_secret, verify_token, ids, ad_ids, escape_slashes, extra_keys, foreign_field,
        changed_fields_only, changes_per_post, pages_per_post, gather_ms, drop, twice, reorder,
        reorder_ms, delay_ms, signing, sha1_too, alter_body, answer_ms_max, in_flight_max,
        retry_speed, give_up_after_h))

}  // namespace leadcrm::simulator
