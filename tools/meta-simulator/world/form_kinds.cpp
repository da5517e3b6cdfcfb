#include "meta-simulator/world/form_kinds.hpp"

namespace leadcrm::simulator {

namespace {

Question ask(std::string key, std::string label, std::string type)
{
    return {.key = std::move(key), .label = std::move(label), .type = std::move(type)};
}

Question choose(
    std::string key, std::string label, std::vector<Option> options, bool several = false)
{
    return {.key = std::move(key),
        .label = std::move(label),
        .type = "CUSTOM",
        .options = std::move(options),
        .several = several};
}

LegalContent plain_legal(std::string link_text)
{
    return {
        .privacy_url = "https://example.com/privacy", .privacy_link_text = std::move(link_text)};
}

FormKind windows_in_german()
{
    return {.name = "Fenster & Türen",
        .locale = "de_DE",
        .campaign = "Fenster Herbst",
        .questions = {ask("full_name", "Vollständiger Name", "FULL_NAME"),
            ask("email", "E-Mail", "EMAIL"), ask("phone_number", "Telefonnummer", "PHONE"),
            choose("wie_viele_fenster?", "Wie viele Fenster?",
                {{"1_bis_5", "1 bis 5"}, {"mehr_als_5", "Mehr als 5"}}),
            ask("wann_dürfen_wir_anrufen?", "Wann dürfen wir anrufen?", "CUSTOM")},
        .legal = {.privacy_url = "https://example.com/datenschutz",
            .privacy_link_text = "Datenschutz",
            .disclaimer_title = "Einwilligung",
            .disclaimer_body = "Bitte sagen Sie uns, wie wir Sie erreichen dürfen.",
            .checkboxes = {{"consent_phone", "Ich bin mit einem Anruf einverstanden.", true},
                {"consent_mail", "Ich möchte den Newsletter.", false}}},
        .tracking_parameters = {{"utm_source", "facebook"}, {"utm_campaign", "fenster_q4"}}};
}

FormKind implants_in_english()
{
    return {.name = "Dental implants",
        .locale = "en_US",
        .campaign = "Implants Q4",
        .questions = {ask("first_name", "First name", "FIRST_NAME"),
            ask("last_name", "Last name", "LAST_NAME"), ask("email", "Email", "EMAIL"),
            ask("phone_number", "Phone number", "PHONE"),
            choose("how_soon_do_you_need_treatment?", "How soon do you need treatment?",
                {{"this_week", "This week"}, {"this_month", "This month"},
                    {"just_looking", "Just looking"}}),
            ask("anything_else_we_should_know?", "Anything else we should know?", "CUSTOM")},
        .legal = plain_legal("Privacy policy")};
}

FormKind homes_in_spanish()
{
    return {.name = "Casas en la costa",
        .locale = "es_ES",
        .campaign = "Costa 2026",
        .questions = {ask("full_name", "Nombre completo", "FULL_NAME"),
            ask("email", "Correo electrónico", "EMAIL"),
            ask("whatsapp_number", "WhatsApp", "WHATSAPP_NUMBER"), ask("city", "Ciudad", "CITY"),
            choose("¿qué_te_interesa?", "¿Qué te interesa?",
                {{"piso", "Piso"}, {"chalé", "Chalé"}, {"ático", "Ático"}, {"local", "Local"}},
                true),
            ask("presupuesto", "Presupuesto", "SLIDER")},
        .legal = plain_legal("Política de privacidad"),
        .tracking_parameters = {{"inmobiliaria", "costa & sol"}}};
}

FormKind training_in_french()
{
    return {.name = "Formation continue",
        .locale = "fr_FR",
        .campaign = "Rentrée",
        .questions = {ask("full_name", "Nom complet", "FULL_NAME"),
            ask("work_email", "E-mail professionnel", "WORK_EMAIL"),
            ask("work_phone_number", "Téléphone professionnel", "WORK_PHONE_NUMBER"),
            ask("company_name", "Entreprise", "COMPANY_NAME"),
            ask("job_title", "Fonction", "JOB_TITLE"),
            choose("quelle_formation_vous_intéresse_?", "Quelle formation vous intéresse ?",
                {{"gestion", "Gestion"}, {"vente", "Vente"}, {"langues", "Langues étrangères"}},
                true)},
        .legal = {.privacy_url = "https://example.com/confidentialite",
            .privacy_link_text = "Confidentialité",
            .disclaimer_title = "Vos données",
            .disclaimer_body = "Nous vous recontactons uniquement à votre demande.",
            .checkboxes = {{"accord_contact", "J'accepte d'être recontacté(e).", false}}}};
}

FormKind courses_in_arabic()
{
    return {.name = "دورات اللغة",
        .locale = "ar_AR",
        .campaign = "دورات الشتاء",
        .questions = {ask("full_name", "الاسم الكامل", "FULL_NAME"),
            ask("email", "البريد الإلكتروني", "EMAIL"), ask("phone_number", "رقم الهاتف", "PHONE"),
            choose("ما_هو_مستواك؟", "ما هو مستواك؟", {{"مبتدئ", "مبتدئ"}, {"متقدم", "متقدم"}}),
            ask("store", "أقرب فرع", "STORE_LOOKUP")},
        .legal = plain_legal("سياسة الخصوصية")};
}

FormKind travel_in_chinese()
{
    return {.name = "旅游咨询",
        .locale = "zh_CN",
        .campaign = "春节旅行",
        .questions = {ask("full_name", "姓名", "FULL_NAME"), ask("email", "电子邮件", "EMAIL"),
            ask("phone_number", "电话号码", "PHONE"), ask("post_code", "邮政编码", "POST_CODE"),
            ask("您想去哪里旅行以及大概的出发日期是什么时候？",
                "您想去哪里旅行，以及大概的出发日期是什么时候？", "CUSTOM"),
            ask("date_time", "方便联系的时间", "DATE_TIME")},
        .legal = plain_legal("隐私政策")};
}

}  // namespace

std::span<const FormKind> form_kinds()
{
    static const std::vector<FormKind> kinds{windows_in_german(), implants_in_english(),
        homes_in_spanish(), training_in_french(), courses_in_arabic(), travel_in_chinese()};
    return kinds;
}

}  // namespace leadcrm::simulator
