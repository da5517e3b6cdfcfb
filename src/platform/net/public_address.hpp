// Which addresses a call may go to when somebody else chose where: not into the network this
// server stands in. Asked at the socket, after the name was resolved, so that a name which answers
// differently the second time gains nothing.
#pragma once

#include <sys/socket.h>

namespace leadcrm::net {

// False for loopback, private, link-local, shared, multicast and reserved ones, IPv4 inside IPv6
// included.
bool is_public(const sockaddr* address);

}  // namespace leadcrm::net
