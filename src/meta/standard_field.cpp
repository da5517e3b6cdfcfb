#include "meta/standard_field.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace leadcrm::meta {
namespace {

struct Sign {
    Target target;
    std::string_view text;
};

// The form's own word for a question decides; of several, the first in this list.
constexpr auto types = std::to_array<Sign>({
    {Target::name, "FULL_NAME"},
    {Target::first_name, "FIRST_NAME"},
    {Target::last_name, "LAST_NAME"},
    {Target::email, "EMAIL"},
    {Target::email, "WORK_EMAIL"},
    {Target::phone, "PHONE"},
    {Target::phone, "PHONE_OTP"},
    {Target::phone, "USER_PROVIDED_PHONE_NUMBER"},
    {Target::phone, "WHATSAPP_NUMBER"},
    {Target::phone, "WORK_PHONE_NUMBER"},
});

// Without the form, or where an advertiser made a question of their own for it: the usual keys.
constexpr auto keys = std::to_array<Sign>({
    {Target::name, "full_name"},
    {Target::name, "name"},
    {Target::name, "your_name"},
    {Target::name, "vollständiger_name"},
    {Target::name, "vor-_und_nachname"},
    {Target::name, "nombre_completo"},
    {Target::name, "nombre_y_apellidos"},
    {Target::name, "nome_completo"},
    {Target::name, "nome_e_cognome"},
    {Target::name, "nom_complet"},
    {Target::name, "ad_soyad"},
    {Target::name, "имя"},
    {Target::name, "الاسم"},
    {Target::name, "الاسم_الكامل"},
    {Target::first_name, "first_name"},
    {Target::first_name, "vorname"},
    {Target::first_name, "nombre"},
    {Target::first_name, "nome"},
    {Target::first_name, "prénom"},
    {Target::first_name, "prenom"},
    {Target::last_name, "last_name"},
    {Target::last_name, "nachname"},
    {Target::last_name, "apellidos"},
    {Target::last_name, "apellido"},
    {Target::last_name, "sobrenome"},
    {Target::last_name, "cognome"},
    {Target::last_name, "nom"},
    {Target::email, "email"},
    {Target::email, "e-mail"},
    {Target::email, "email_address"},
    {Target::email, "work_email"},
    {Target::email, "e-mail-adresse"},
    {Target::email, "correo"},
    {Target::email, "correo_electrónico"},
    {Target::email, "adresse_e-mail"},
    {Target::email, "البريد_الإلكتروني"},
    {Target::phone, "phone_number"},
    {Target::phone, "phone"},
    {Target::phone, "mobile"},
    {Target::phone, "mobile_number"},
    {Target::phone, "whatsapp_number"},
    {Target::phone, "whatsapp"},
    {Target::phone, "work_phone_number"},
    {Target::phone, "telefonnummer"},
    {Target::phone, "telefon"},
    {Target::phone, "handynummer"},
    {Target::phone, "teléfono"},
    {Target::phone, "telefono"},
    {Target::phone, "telefone"},
    {Target::phone, "celular"},
    {Target::phone, "téléphone"},
    {Target::phone, "numéro_de_téléphone"},
    {Target::phone, "телефон"},
    {Target::phone, "رقم_الهاتف"},
});

// What no sign speaks for stands behind all that one does.
constexpr int last_place = int(types.size() + keys.size());

// Of those who claim a field, the first by place that says anything.
std::string best(const std::vector<Claim>& claims, Target target)
{
    const Claim* found = nullptr;
    for (const auto& claim : claims) {
        const bool says = std::any_of(claim.values.begin(), claim.values.end(),
            [](const std::string& value) { return !value.empty(); });
        if (claim.field.target != target || !says) continue;
        if (!found || claim.field.place < found->field.place) found = &claim;
    }
    if (!found) return {};
    return *std::find_if(found->values.begin(), found->values.end(),
        [](const std::string& value) { return !value.empty(); });
}

}  // namespace

std::string plain_key(std::string_view key)
{
    while (!key.empty() && (key.back() == '?' || key.back() == ':' || key.back() == '_'))
        key.remove_suffix(1);
    std::string plain(key);
    for (auto& c : plain) {
        if (c == ' ') c = '_';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return plain;
}

std::optional<StandardField> standard_field(std::string_view type, std::string_view key)
{
    for (const auto& sign : types)
        if (sign.text == type) return StandardField{sign.target, int(&sign - types.data())};
    const auto plain = plain_key(key);
    for (const auto& sign : keys)
        if (sign.text == plain)
            return StandardField{sign.target, int(types.size()) + int(&sign - keys.data())};
    return std::nullopt;
}

int place_of(std::string_view type, std::string_view key)
{
    const auto standard = standard_field(type, key);
    return standard ? standard->place : last_place;
}

leads::Contact contact_of(const std::vector<Claim>& claims)
{
    leads::Contact contact{.name = best(claims, Target::name),
        .email = best(claims, Target::email),
        .phone = best(claims, Target::phone)};
    const auto first = best(claims, Target::first_name);
    const auto last = best(claims, Target::last_name);
    if (contact.name.empty())
        contact.name = first.empty() || last.empty() ? first + last : first + " " + last;
    return contact;
}

}  // namespace leadcrm::meta
