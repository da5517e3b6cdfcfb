#include "deletion/certificate.hpp"

#include "deletion/counted_rows.hpp"

namespace leadcrm::deletion {

mail::Letter certificate(
    const letters::Reader& to, const DeletionOrder& order, const std::string& public_url)
{
    const letters::Words say(to);
    return say.letter("certificate",
        {{"day", say.day(order.ordered_at)}, {"rows", counted_rows(say, order.counts)},
            {"code", order.code}},
        public_url + "/data-deletion/" + order.code);
}

void send_certificate(const Surroundings& around, const DeletionOrder& order)
{
    for (const auto& recipient : order.recipients) {
        const auto reads = order.readers.find(recipient);
        const auto to = reads == order.readers.end() ? letters::Reader() : reads->second;
        if (around.sends_mail)
            around.post.deliver(mail::write(certificate(to, order, around.public_url), recipient));
        around.database.write_platform([&](db::PlatformTx& tx) {
            tx.run("DELETE FROM mails WHERE recipient = $1", recipient);
        });
    }
}

}  // namespace leadcrm::deletion
