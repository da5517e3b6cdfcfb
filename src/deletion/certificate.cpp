#include "deletion/certificate.hpp"

#include "deletion/counted_rows.hpp"

namespace leadcrm::deletion {
namespace {

mail::Letter certificate(const DeletionOrder& order, const std::string& public_url)
{
    return {.subject = "Your organization has been deleted",
        .before = {"Hello,",
            "as it was ordered on " + rfc3339(order.ordered_at).substr(0, 10)
                + ", your organization and everything it had here has been deleted: "
                + counted_rows(order.counts) + ".",
            "Keep the code " + order.code
                + ". The page behind it says the same to whoever has to see it, for instance an "
                  "auditor, and names nobody."},
        .button = "See the certificate",
        .link = public_url + "/data-deletion/" + order.code,
        .after = {"We have taken your address off our list with this letter."}};
}

}  // namespace

void send_certificate(const Surroundings& around, const DeletionOrder& order)
{
    for (const auto& recipient : order.recipients) {
        if (around.sends_mail)
            around.post.deliver(mail::write(certificate(order, around.public_url), recipient));
        around.database.write_platform([&](db::PlatformTx& tx) {
            tx.run("DELETE FROM mails WHERE recipient = $1", recipient);
        });
    }
}

}  // namespace leadcrm::deletion
