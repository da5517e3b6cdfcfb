#include "accounts/letters.hpp"

#include "letters/words.hpp"

namespace leadcrm::accounts {

using letters::Words;

namespace {

std::string device_in(const Words& say, const DeviceKind& device)
{
    if (device.browser.empty() && device.system.empty()) return say.text("device.unknown");
    if (device.browser.empty()) return say.text("device.system", {{"system", device.system}});
    if (device.system.empty()) return device.browser;
    return say.text("device.known", {{"browser", device.browser}, {"system", device.system}});
}

// A letter has no clock of its own, so it says when.
std::string when_and_where(const Words& say, const Seen& seen)
{
    auto time = say.time(seen.at);
    if (seen.address.empty()) return time;
    return say.text("seen_from",
        {{"time", time}, {"address", seen.address}, {"device", device_in(say, seen.device)}});
}

}  // namespace

mail::Letter confirmation_letter(const Reader& to, const std::string& name, const std::string& link)
{
    return Words(to).letter("confirmation", {{"name", name}}, link);
}

mail::Letter new_address_letter(const Reader& to, const std::string& name, const std::string& link)
{
    return Words(to).letter("new_address", {{"name", name}}, link);
}

mail::Letter reset_letter(const Reader& to, const std::string& name, const std::string& link)
{
    return Words(to).letter("new_password", {{"name", name}}, link);
}

mail::Letter notice_letter(const Reader& to, Notice notice, const std::string& name,
    const Seen& seen, const std::string& link)
{
    const Words say(to);
    return say.letter(std::string("notice.") + boost::describe::enum_to_string(notice, ""),
        {{"name", name}, {"seen", when_and_where(say, seen)}}, link);
}

mail::Letter invitation_letter(const Reader& to, const std::string& inviter,
    const std::string& organization, const std::string& link)
{
    return Words(to).letter(
        "invitation", {{"inviter", inviter}, {"organization", organization}}, link);
}

mail::Letter ownership_letter(const Reader& to, const OwnershipNews& news)
{
    return Words(to).letter(news.is_new_owner ? "ownership_taken" : "ownership_given",
        {{"name", news.name}, {"organization", news.organization}, {"other", news.other}},
        news.link);
}

mail::Letter support_letter(const Reader& to, const SupportNews& news)
{
    const Words say(to);
    return say.letter("support_opened",
        {{"name", news.name}, {"organization", news.organization}, {"support", news.support},
            {"reason", news.reason}, {"until", say.time(news.until)}},
        news.link);
}

mail::Letter support_request_letter(const Reader& to, const SupportNews& news)
{
    const Words say(to);
    return say.letter("support_asked",
        {{"name", news.name}, {"organization", news.organization}, {"support", news.support},
            {"reason", news.reason}, {"until", say.time(news.until)}},
        news.link);
}

mail::Letter support_answer_letter(const Reader& to, const SupportAnswerNews& news)
{
    return Words(to).letter(news.is_granted ? "support_granted" : "support_declined",
        {{"name", news.name}, {"organization", news.organization}}, news.link);
}

}  // namespace leadcrm::accounts
