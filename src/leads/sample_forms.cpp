#include "leads/sample_forms.hpp"

#include "leads/submission.hpp"
#include "platform/json/json.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace leadcrm::leads::samples {
namespace {

struct PageOfForms {
    std::string_view page_id;
    std::string_view page_name;
    std::string_view campaign;
};
constexpr std::array<PageOfForms, 3> pages{{
    {"103520198847201", "Sunrise Solar", "Roof check"},
    {"104882317650934", "Bright Smile Dental", "Implants"},
    {"105993021774468", "Blue Door Homes", "New homes"},
}};

const std::array<std::vector<SampleQuestion>, 3> questions{{
    {{"roof_type", "What kind of roof do you have?", {"Pitched", "Flat", "Not sure"}},
        {"monthly_bill", "What do you pay for electricity each month?",
            {"Less than 50 €", "50 to 100 €", "100 to 200 €", "More than 200 €"}},
        {"interested_in", "What are you interested in?",
            {"Solar panels", "Battery", "Heat pump", "Wallbox"}, true}},
    {{"welche_behandlung?", "Welche Behandlung interessiert Sie?",
         {"Implantat", "Bleaching", "Zahnspange", "Kontrolle"}, true},
        {"wann_erreichbar?", "Wann sind Sie am besten erreichbar?",
            {"Vormittags", "Nachmittags", "Abends"}}},
    {{"¿cuántas_habitaciones?", "¿Cuántas habitaciones necesita?", {"1", "2", "3", "4 o más"}},
        {"budget", "Budget / Presupuesto",
            {"150.000 – 250.000 €", "250.000 – 400.000 €", "> 400.000 €"}},
        {"move_in", "When would you like to move in?",
            {"Right away", "Within 3 months", "Within a year", "Just looking <3"}}},
}};

constexpr std::array<std::string_view, 4> editions{
    "all year", "Spring edition", "Summer edition", "Autumn edition"};
constexpr std::array<std::pair<double, double>, 4> runs{
    {{1.0, 0.0}, {0.95, 0.70}, {0.65, 0.45}, {0.30, 0.0}}};

std::string source_json(const PageOfForms& page, const SampleForm& form,
    const std::string& form_name, std::string_view edition)
{
    const auto number = form.form_id.substr(10);
    const std::string campaign(page.campaign);
    return json::text_of(Source{.channel = "sample",
        .platform = form.platform,
        .page_id = std::string(page.page_id),
        .page_name = std::string(page.page_name),
        .form_id = form.form_id,
        .form_name = form_name,
        .ad_id = "6021" + number + "0007",
        .ad_name = "Video A",
        .adset_id = "6020" + number + "0003",
        .adset_name = "25–45, 40 km",
        .campaign_id = "6019" + number + "0001",
        .campaign_name = campaign + ", " + std::string(edition),
        .is_organic = false});
}

void append_answer(std::string& text, const std::string& key, const std::string& label,
    const std::vector<std::string>& values)
{
    if (text.size() > 1) text += ',';
    json::append_text(text, Answer{key, label, values});
}

std::vector<std::string> chosen(const SampleQuestion& question, Dice& dice)
{
    std::vector<std::string> values{dice.one_of(question.choices)};
    if (question.is_multiple && dice.chance(40)) {
        const auto& more = dice.one_of(question.choices);
        if (more != values.front()) values.push_back(more);
    }
    return values;
}

}  // namespace

std::vector<SampleForm> sample_forms()
{
    std::vector<SampleForm> forms;
    std::int64_t number = 200'310'000'001'000;
    for (std::size_t p = 0; p < pages.size(); ++p)
        for (std::size_t e = 0; e < editions.size(); ++e)
            for (const auto* platform : {"fb", "ig"}) {
                SampleForm form{.form_id = std::to_string(number += 111),
                    .page_id = std::string(pages[p].page_id),
                    .platform = platform,
                    .from_age = runs[e].first,
                    .to_age = runs[e].second,
                    .disclaimers_json = json::text_of(std::vector<Disclaimer>{
                        {"consent_phone", "You may call me about this offer.", true}}),
                    .name_label = "Full name",
                    .email_label = "Email",
                    .phone_label = "Phone number",
                    .questions = questions[p]};
                const auto name = std::string(pages[p].campaign) + " " + std::string(editions[e])
                    + (form.platform == "ig" ? " (Instagram)" : "");
                form.source_json = source_json(pages[p], form, name, editions[e]);
                forms.push_back(std::move(form));
            }
    return forms;
}

std::string answers_json(const SampleForm& form, const Writing& writing, Dice& dice)
{
    std::string text = "[";
    append_answer(text, "full_name", form.name_label, {writing.somebody.name});
    if (writing.email) append_answer(text, "email", form.email_label, {*writing.email});
    if (writing.phone_raw)
        append_answer(text, "phone_number", form.phone_label, {*writing.phone_raw});
    for (const auto& question : form.questions)
        append_answer(text, question.key, question.label, chosen(question, dice));
    return text + "]";
}

}  // namespace leadcrm::leads::samples
