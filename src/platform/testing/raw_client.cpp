#include "platform/testing/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace leadcrm::testing {

namespace {

constexpr std::chrono::seconds patience_max{10};

Answer parse_head(std::string_view head)
{
    Answer answer;
    if (!head.starts_with("HTTP/1.1 ")) throw std::runtime_error("no answer: " + std::string(head));
    answer.status = std::stoi(std::string(head.substr(9, 3)));
    head.remove_prefix(head.find("\r\n") + 2);
    while (!head.empty() && !head.starts_with("\r\n")) {
        const auto line = head.substr(0, head.find("\r\n"));
        const auto colon = line.find(": ");
        answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
        head.remove_prefix(line.size() + 2);
    }
    answer.content_type = answer.header("Content-Type");
    return answer;
}

}  // namespace

RawClient::RawClient(std::uint16_t port)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("nobody listens on port " + std::to_string(port));
}

RawClient::~RawClient() { ::close(descriptor_); }

bool RawClient::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::finish_sending() { ::shutdown(descriptor_, SHUT_WR); }

bool RawClient::read_some(std::chrono::milliseconds patience)
{
    pollfd wait{descriptor_, POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) return false;
    std::array<char, 65536> bytes;
    const auto count = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
    if (count <= 0) {
        is_over_ = true;
        return false;
    }
    unread_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

std::string RawClient::read_until(std::string_view mark)
{
    std::size_t at = 0;
    while ((at = unread_.find(mark)) == std::string::npos)
        if (!read_some(patience_max))
            throw std::runtime_error(
                (is_over_ ? "closed before it came: " : "never came: ") + std::string(mark));
    auto text = unread_.substr(0, at + mark.size());
    unread_.erase(0, at + mark.size());
    return text;
}

Answer RawClient::read_answer(bool head_only)
{
    auto answer = parse_head(read_until("\r\n\r\n"));
    const auto length = answer.header("Content-Length");
    if (head_only || length.empty()) return answer;
    const auto size = static_cast<std::size_t>(std::stoul(length));
    while (unread_.size() < size)
        if (!read_some(patience_max)) throw std::runtime_error("the body ended early");
    answer.body = unread_.substr(0, size);
    unread_.erase(0, size);
    return answer;
}

Answer RawClient::ask(std::string_view bytes)
{
    send(bytes);
    return read_answer();
}

std::string RawClient::read_all()
{
    while (read_some(patience_max)) { }
    if (!is_over_) throw std::runtime_error("the other side did not close");
    return std::move(unread_);
}

bool RawClient::is_closed(std::chrono::milliseconds patience)
{
    if (!unread_.empty()) return false;
    return !read_some(patience) && is_over_;
}

}  // namespace leadcrm::testing
