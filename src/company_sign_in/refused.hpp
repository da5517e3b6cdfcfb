// Why somebody was not let in with a company's account. The sign-in page has words for each.
#pragma once

#include <boost/describe.hpp>

#include <stdexcept>
#include <string>

namespace leadcrm::company_sign_in {

BOOST_DEFINE_ENUM_CLASS(Trouble, not_set_up, too_many_tries, issuer_unreachable, issuer_mismatch,
    issuer_incomplete, begun_elsewhere, declined, secret_refused, code_refused, wrong_signature,
    wrong_issuer, wrong_audience, wrong_nonce, token_expired, no_subject, email_unverified,
    other_domain, no_member, address_unconfirmed, sign_in_first, other_subject, no_seat, failed)

struct Refused : std::runtime_error {
    // `detail` is for the log and for the owner who tries the set-up.
    explicit Refused(Trouble why, const std::string& detail = {})
        : std::runtime_error(std::string(boost::describe::enum_to_string(why, ""))
            + (detail.empty() ? "" : ": ") + detail)
        , trouble(why)
    {
    }
    Trouble trouble;
};

}  // namespace leadcrm::company_sign_in
