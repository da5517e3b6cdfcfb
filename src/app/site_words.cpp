#include "app/site_words.hpp"

#include "platform/html.hpp"

#include <string>

namespace leadcrm::app {
namespace {

std::string contact_link(const std::string& contact)
{
    if (contact.empty()) return "(the operator has not named a contact address yet)";
    const auto address = contact.starts_with("https://") ? contact : "mailto:" + contact;
    return "<a href=\"" + escaped_for_html(address) + "\">" + escaped_for_html(contact) + "</a>";
}

// "$12 per person a month": the amount is written large. "Ask us" has none, and is so as a whole.
std::string price_tag(const std::string& price)
{
    const auto end = price.find(' ');
    if (end == std::string::npos || price.substr(0, end).find_first_of("0123456789") > end)
        return escaped_for_html(price);
    return escaped_for_html(price.substr(0, end)) + " <span>"
        + escaped_for_html(price.substr(end + 1)) + "</span>";
}

}  // namespace

http::FilledWords site_words(const Config& config)
{
    const auto name =
        config.operator_name.empty() ? "the operator of this server" : config.operator_name;
    const auto entity = config.operator_legal_entity.empty() ? name : config.operator_legal_entity;
    return {{"@@PUBLIC_URL@@", escaped_for_html(config.public_url)},
        {"@@OPERATOR_NAME@@", escaped_for_html(name)},
        {"@@OPERATOR_LEGAL_ENTITY@@", escaped_for_html(entity)},
        {"@@OPERATOR_CONTACT@@", contact_link(config.operator_contact)},
        {"@@OPERATOR_PRICE@@", price_tag(config.operator_price)}};
}

}  // namespace leadcrm::app
