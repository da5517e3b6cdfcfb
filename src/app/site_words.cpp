#include "app/site_words.hpp"

#include <string>
#include <string_view>

namespace leadcrm::app {
namespace {

std::string escaped(std::string_view text)
{
    std::string html;
    for (const char c : text) {
        switch (c) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        default:
            html += c;
        }
    }
    return html;
}

std::string contact_link(const std::string& contact)
{
    if (contact.empty()) return "(the operator has not named a contact address yet)";
    const auto address = contact.starts_with("https://") ? contact : "mailto:" + contact;
    return "<a href=\"" + escaped(address) + "\">" + escaped(contact) + "</a>";
}

// "$12 per person a month": the first word is written large.
std::string price_tag(const std::string& price)
{
    const auto end = price.find(' ');
    if (end == std::string::npos) return escaped(price);
    return escaped(price.substr(0, end)) + " <span>" + escaped(price.substr(end + 1)) + "</span>";
}

}  // namespace

http::FilledWords site_words(const Config& config)
{
    const auto name =
        config.operator_name.empty() ? "the operator of this server" : config.operator_name;
    const auto entity = config.operator_legal_entity.empty() ? name : config.operator_legal_entity;
    return {{"@@PUBLIC_URL@@", escaped(config.public_url)}, {"@@OPERATOR_NAME@@", escaped(name)},
        {"@@OPERATOR_LEGAL_ENTITY@@", escaped(entity)},
        {"@@OPERATOR_CONTACT@@", contact_link(config.operator_contact)},
        {"@@OPERATOR_PRICE@@", price_tag(config.operator_price)}};
}

}  // namespace leadcrm::app
