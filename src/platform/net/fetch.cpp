#include "platform/net/fetch.hpp"

#include "platform/failure.hpp"
#include "platform/net/public_address.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <future>
#include <list>
#include <mutex>
#include <thread>

namespace leadcrm::net {
namespace {

// One call on its way. libcurl keeps pointers into it, so it does not move.
struct Call {
    Request request;
    Answer answer;
    std::function<void(Answer)> done;
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    bool too_large = false;

    Call(Request what, std::function<void(Answer)> then)
        : request(std::move(what)), done(std::move(then))
    {
    }
    Call(const Call&) = delete;
    ~Call()
    {
        curl_slist_free_all(headers);
        if (easy) curl_easy_cleanup(easy);
    }
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* to)
{
    auto& call = *static_cast<Call*>(to);
    if (call.answer.body.size() + count > call.request.answer_max) {
        call.too_large = true;
        return 0;  // ends the call
    }
    call.answer.body.append(bytes, count);
    return count;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* to)
{
    auto& answer = static_cast<Call*>(to)->answer;
    std::string_view line(bytes, count);
    if (line.starts_with("HTTP/")) answer.headers.clear();  // after "100 Continue"
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || answer.headers.size() >= 200) return count;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
        [](unsigned char c) { return char(std::tolower(c)); });
    auto value = line.substr(colon + 1);
    const auto first = value.find_first_not_of(" \t");
    const auto last = value.find_last_not_of(" \t\r\n");
    value = first == std::string_view::npos || last == std::string_view::npos
        ? std::string_view()
        : value.substr(first, last - first + 1);
    answer.headers.emplace_back(std::move(name), value);
    return count;
}

curl_socket_t open_public(void*, curlsocktype, curl_sockaddr* where)
{
    if (!is_public(&where->addr)) return CURL_SOCKET_BAD;
    return socket(where->family, where->socktype | SOCK_CLOEXEC, where->protocol);
}

// A connection of its own: one that is open already was not asked about. No proxy, for it would
// resolve the name by itself.
void keep_to_public(CURL* easy)
{
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_public);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

void add_header(Call& call, const std::string& line)
{
    // A line break in a value would be the start of a header that nobody meant to send.
    if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
        throw Failure::internal("a header of a call holds a line break");
    call.headers = curl_slist_append(call.headers, line.c_str());
}

void prepare(Call& call)
{
    const auto& ask = call.request;
    auto* easy = call.easy = curl_easy_init();
    if (!easy) throw Failure::internal("libcurl cannot start a call");
    for (const auto& [name, value] : ask.headers) add_header(call, name + ": " + value);
    // libcurl would wait for "100 Continue" before sending a larger body.
    add_header(call, "Expect:");

    curl_easy_setopt(easy, CURLOPT_URL, ask.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, call.headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "leadcrm");
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");  // whatever libcurl can unpack
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, long(ask.connect_max.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, long(ask.time_max.count()));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &call);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &call);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &call);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    if (ask.public_only) keep_to_public(easy);
    if (ask.method != "GET") {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, ask.method.c_str());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, ask.body.data());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(ask.body.size()));
    }
}

Answer outcome(Call& call, CURLcode code)
{
    if (code == CURLE_OK) {
        long status = 0;
        curl_easy_getinfo(call.easy, CURLINFO_RESPONSE_CODE, &status);
        call.answer.status = int(status);
    } else {
        call.answer.trouble = call.too_large ? "the answer is too large" : curl_easy_strerror(code);
    }
    return std::move(call.answer);
}

}  // namespace

struct Client::State {
    CURLM* multi = nullptr;
    std::atomic<bool> stopping{false};
    std::mutex mutex;  // guards `waiting`, and `stopping` while it is changed
    std::list<std::unique_ptr<Call>> waiting;
    std::list<std::unique_ptr<Call>> running;  // the thread's own
    std::thread thread;

    State()
    {
        static const auto ready = curl_global_init(CURL_GLOBAL_DEFAULT);
        multi = curl_multi_init();
        if (ready != CURLE_OK || !multi) throw Failure::internal("libcurl cannot start");
        curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 32L);
        thread = std::thread([this] { work(); });
    }

    ~State()
    {
        stop();
        curl_multi_cleanup(multi);
    }

    void stop()
    {
        {
            const std::lock_guard lock(mutex);
            stopping = true;  // from here on nothing is added to `waiting`
        }
        if (!thread.joinable()) return;
        curl_multi_wakeup(multi);
        thread.join();
        for (auto& call : running) curl_multi_remove_handle(multi, call->easy);
        running.splice(running.end(), waiting);
        for (auto& call : running) refuse(*call);
        running.clear();
    }

    void add(std::unique_ptr<Call> call)
    {
        {
            const std::lock_guard lock(mutex);
            if (!stopping) {
                waiting.push_back(std::move(call));
                curl_multi_wakeup(multi);
                return;
            }
        }
        refuse(*call);
    }

    static void refuse(Call& call)
    {
        call.answer.trouble = "stopped";
        call.done(std::move(call.answer));
    }

    void work()
    {
        while (!stopping) {
            begin_waiting();
            int still_running = 0;
            curl_multi_perform(multi, &still_running);
            end_finished();
            curl_multi_poll(multi, nullptr, 0, 1'000, nullptr);
        }
    }

    void begin_waiting()
    {
        std::list<std::unique_ptr<Call>> fresh;
        {
            const std::lock_guard lock(mutex);
            fresh.swap(waiting);
        }
        for (auto& call : fresh) curl_multi_add_handle(multi, call->easy);
        running.splice(running.end(), fresh);
    }

    void end_finished()
    {
        int left = 0;
        while (const auto* message = curl_multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            const auto code = message->data.result;
            Call* finished = nullptr;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &finished);
            curl_multi_remove_handle(multi, finished->easy);
            finished->done(outcome(*finished, code));
            running.remove_if([&](const auto& call) { return call.get() == finished; });
        }
    }
};

Client::Client() : state_(std::make_unique<State>()) { }

Client::~Client() = default;

void Client::start(Request request, std::function<void(Answer)> done)
{
    auto call = std::make_unique<Call>(std::move(request), std::move(done));
    prepare(*call);
    state_->add(std::move(call));
}

void Client::stop() { state_->stop(); }

Answer Client::fetch(Request request)
{
    auto answered = std::make_shared<std::promise<Answer>>();
    auto future = answered->get_future();
    start(
        std::move(request), [answered](Answer answer) { answered->set_value(std::move(answer)); });
    return future.get();
}

std::string_view Answer::header(std::string_view lower_case_name) const
{
    for (const auto& [name, value] : headers)
        if (name == lower_case_name) return value;
    return {};
}

}  // namespace leadcrm::net
