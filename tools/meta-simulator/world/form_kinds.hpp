// The forms advertisers build, in several languages, as templates for World::add_form.
#pragma once

#include "meta-simulator/world/objects.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::simulator {

struct FormKind {
    std::string_view name;
    std::string_view locale;
    std::string_view campaign;
    std::vector<Question> questions;
    LegalContent legal;
    std::vector<std::pair<std::string, std::string>> tracking_parameters;
};

std::span<const FormKind> form_kinds();

}  // namespace leadcrm::simulator
