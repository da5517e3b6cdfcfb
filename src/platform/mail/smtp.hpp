// Handing a mail to a mail server, by libcurl.
#pragma once

#include "platform/mail/mail.hpp"

#include <chrono>

namespace leadcrm::mail {

// The head of a mail, "Name: value" each, in ASCII. What could begin a line of its own becomes a
// space. Throws jobs::GiveUp for an address that is more than one.
std::vector<std::string> head_of(const Settings& settings, const Mail& mail, Instant now);

// Blocking, half a minute at most. Throws like Post::deliver; no trouble names the server or its
// password. With a name and a password in the address nothing is sent without TLS.
void send_by_smtp(const Settings& settings, const Mail& mail, const std::atomic<bool>& stopping);

// What keeps the mail server from taking mail; empty when it greets us, and takes the password if
// there is one. Nothing is sent. Blocking, for `patience` at most.
std::string trouble_with_smtp(const Settings& settings, std::chrono::milliseconds patience);

}  // namespace leadcrm::mail
