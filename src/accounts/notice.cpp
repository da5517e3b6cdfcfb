#include "accounts/notice.hpp"

#include "accounts/device_name.hpp"
#include "accounts/letters.hpp"
#include "accounts/reader_of.hpp"
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
    std::string browser;
    std::string system;
    letters::Reader reads;
};
BOOST_DESCRIBE_STRUCT(NoticeOrder, (), (notice, name, email, at, address, browser, system, reads))

}  // namespace

void order_notice(db::PlatformTx& tx, const User& user, Notice notice, const Visitor& visitor)
{
    if (!user.email_confirmed_at) return;
    const auto device = device_of(visitor.user_agent);
    jobs::enqueue(tx,
        {.kind = letter_job,
            .payload = json::text_of(NoticeOrder{notice, user.name, user.email, Instant::now(),
                visitor.address, device.browser, device.system, reader_of(tx, user.id)})});
}

void handle_notices(jobs::Workers& workers, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<NoticeOrder>(job.payload);
        post.deliver(mail::write(notice_letter(order.reads, order.notice, order.name,
                                     {order.at, order.address, {order.browser, order.system}},
                                     public_url + "/app/new-password"),
            order.email));
    });
}

}  // namespace leadcrm::accounts
