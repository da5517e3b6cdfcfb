// What somebody answers to a form.
#pragma once

#include "meta-simulator/world/dice.hpp"
#include "meta-simulator/world/objects.hpp"
#include "meta-simulator/world/people.hpp"

#include <vector>

namespace leadcrm::simulator {

// In the order of the questions, then the form's tracking parameters, as Meta adds them.
std::vector<Answer> make_answers(Dice& dice, const Form& form, const Person& person);

// "<test lead: dummy data for full_name>": what Meta's testing tool fills in.
std::vector<Answer> placeholder_answers(const Form& form);

std::vector<Disclaimer> make_disclaimers(Dice& dice, const Form& form);

}  // namespace leadcrm::simulator
