// A submission: one form a person answered, as any source hands it to lead_intake.hpp.
#pragma once

#include "platform/id.hpp"
#include "platform/json/json.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::leads {

// One question with everything the person answered, in the form's order. `label` is what the person
// read, `key` the source's own name of the question; a choice is given as its text.
struct Answer {
    std::string key;
    std::string label;
    std::vector<std::string> values;
    bool operator==(const Answer&) const = default;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (key, label, values))

// A consent the form asked for, with the words shown.
struct Disclaimer {
    std::string key;
    std::string text;
    bool is_checked = false;
};
BOOST_DESCRIBE_STRUCT(Disclaimer, (), (key, text, is_checked))

// Where it came from. Empty members are unknown, which Meta does not treat as an error.
struct Source {
    std::string channel;  // meta, import, sample
    std::optional<std::string> platform;  // fb, ig; others may come
    std::optional<std::string> page_id;
    std::optional<std::string> page_name;
    std::optional<std::string> form_id;
    std::optional<std::string> form_name;
    std::optional<std::string> ad_id;
    std::optional<std::string> ad_name;
    std::optional<std::string> adset_id;
    std::optional<std::string> adset_name;
    std::optional<std::string> campaign_id;
    std::optional<std::string> campaign_name;
    std::optional<bool> is_organic;
};
BOOST_DESCRIBE_STRUCT(Source, (),
    (channel, platform, page_id, page_name, form_id, form_name, ad_id, ad_name, adset_id,
        adset_name, campaign_id, campaign_name, is_organic))

// The standard facts a source could tell from the answers; intake cleans them.
struct Contact {
    std::string name;  // may be empty; first and last name are joined by the source
    std::string email;
    std::string phone;  // as typed
};

struct Submission {
    std::string leadgen_id;  // the source's own id; the same submission always has the same one
    Contact contact;
    Source source;
    std::vector<Answer> answers;  // all of them, the contact's too
    std::vector<Disclaimer> disclaimers;
    Instant submitted_at;
    Instant received_at;
    bool is_test = false;
    json::object custom = {};  // values of custom fields, by key
    json::object misfits = {};  // answers that do not fit their field's type, by key
    std::optional<std::int64_t> form_version = {};  // what of the form was shown: by the source
    std::string raw_sealed;  // the source's own JSON under the vault; may be empty
};

}  // namespace leadcrm::leads
