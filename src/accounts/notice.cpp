#include "accounts/notice.hpp"

#include "accounts/device_name.hpp"
#include "accounts/letters.hpp"
#include "platform/json/json.hpp"

namespace leadcrm::accounts {
namespace {

constexpr auto letter_job = "accounts.notice_letter";

struct NoticeOrder {
    Notice notice = Notice::new_device;
    std::string name;
    std::string email;
    Instant at;
    std::string address;
    std::string device;
};
BOOST_DESCRIBE_STRUCT(NoticeOrder, (), (notice, name, email, at, address, device))

// "2026-11-26 at 21:40 UTC from 192.0.2.7, Firefox on Windows": a letter has no clock of its own.
std::string when_and_where(const NoticeOrder& order)
{
    const auto time = rfc3339(order.at);
    auto text = time.substr(0, 10) + " at " + time.substr(11, 5) + " UTC";
    // Without an address it was done on the server itself.
    if (!order.address.empty()) text += " from " + order.address + ", " + order.device;
    return text;
}

}  // namespace

void order_notice(db::PlatformTx& tx, const User& user, Notice notice, const Visitor& visitor)
{
    if (!user.email_confirmed_at) return;
    jobs::enqueue(tx,
        {.kind = letter_job,
            .payload = json::text_of(NoticeOrder{notice, user.name, user.email, Instant::now(),
                visitor.address, device_name(visitor.user_agent)})});
}

void handle_notices(jobs::Workers& workers, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<NoticeOrder>(job.payload);
        post.deliver(mail::write(notice_letter(order.notice, order.name, when_and_where(order),
                                     public_url + "/app/new-password"),
            order.email));
    });
}

}  // namespace leadcrm::accounts
