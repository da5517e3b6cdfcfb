// Lead forms for sample leads: what they ask, when they ran and where. Used by sample_leads.hpp.
#pragma once

#include "leads/sample_people.hpp"

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::leads::samples {

struct SampleQuestion {
    std::string key;
    std::string label;
    std::vector<std::string> choices;
    bool is_multiple = false;
};

struct SampleForm {
    std::string form_id;
    std::string page_id;
    std::string platform;
    double from_age = 1;  // it ran from that part of a year ago …
    double to_age = 0;  // … until that
    std::string source_json;  // of every lead that came by it
    std::string disclaimers_json;
    std::string name_label;
    std::string email_label;
    std::string phone_label;
    std::vector<SampleQuestion> questions;
};

// Some ran all year, some for a few weeks.
std::vector<SampleForm> sample_forms();

// What one person wrote.
struct Writing {
    const Somebody& somebody;
    const std::optional<std::string>& email;
    const std::optional<std::string>& phone_raw;
};
std::string answers_json(const SampleForm& form, const Writing& writing, Dice& dice);

}  // namespace leadcrm::leads::samples
