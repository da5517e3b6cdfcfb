#include "meta-simulator/world/answers.hpp"

#include <algorithm>
#include <array>

namespace leadcrm::simulator {

namespace {

std::vector<std::string> choose_options(Dice& dice, const Question& question)
{
    if (!question.several) return {dice.pick(question.options).key};
    std::vector<std::string> chosen;
    for (const auto& option : question.options)
        if (dice.chance(0.45)) chosen.push_back(option.key);
    return chosen;  // possibly none: then Meta sends an empty list
}

std::string typed_answer(Dice& dice, const Question& question, const Person& person)
{
    constexpr std::array<std::string_view, 4> companies{
        "Example & Söhne GmbH", "Acme Ltd.", "株式会社サンプル", "Café \"Zur Post\""};
    constexpr std::array<std::string_view, 3> titles{"CEO", "Einkäuferin", "Directeur général"};

    const auto& type = question.type;
    if (type == "FULL_NAME") return person.full_name;
    if (type == "FIRST_NAME") return person.first_name;
    if (type == "LAST_NAME") return person.last_name;
    if (type == "EMAIL" || type == "WORK_EMAIL") return person.email;
    if (type == "PHONE" || type == "WHATSAPP_NUMBER" || type == "WORK_PHONE_NUMBER")
        return person.phone;
    if (type == "CITY") return person.city;
    if (type == "POST_CODE") return person.postal_code;
    if (type == "COMPANY_NAME") return std::string(dice.pick(companies));
    if (type == "JOB_TITLE") return std::string(dice.pick(titles));
    if (type == "SLIDER") return std::to_string(50'000 * (1 + dice.below(20)));
    if (type == "STORE_LOOKUP") return std::to_string(100 + dice.below(40));
    if (type == "DATE_TIME") return "2026-12-" + std::to_string(10 + dice.below(20)) + "T09:30:00";
    return make_remark(dice);
}

}  // namespace

std::vector<Answer> make_answers(Dice& dice, const Form& form, const Person& person)
{
    std::vector<Answer> answers;
    for (const auto& question : form.questions) {
        if (!question.options.empty())
            answers.push_back({question.key, choose_options(dice, question)});
        else
            answers.push_back({question.key, {typed_answer(dice, question, person)}});
    }
    for (const auto& [name, text] : form.tracking_parameters) answers.push_back({name, {text}});
    return answers;
}

std::vector<Answer> placeholder_answers(const Form& form)
{
    std::vector<Answer> answers;
    for (const auto& question : form.questions) {
        const bool is_email = question.type == "EMAIL" || question.type == "WORK_EMAIL";
        answers.push_back({question.key,
            {is_email ? "test@meta.com" : "<test lead: dummy data for " + question.key + ">"}});
    }
    return answers;
}

std::vector<Disclaimer> make_disclaimers(Dice& dice, const Form& form)
{
    std::vector<Disclaimer> disclaimers;
    for (const auto& checkbox : form.legal.checkboxes)
        disclaimers.push_back({checkbox.key, checkbox.is_required || dice.chance(0.4)});
    return disclaimers;
}

}  // namespace leadcrm::simulator
