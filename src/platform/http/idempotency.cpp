#include "platform/http/idempotency.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/crypto/sealed_under.hpp"
#include "platform/http/routes.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <algorithm>
#include <variant>
#include <vector>

namespace leadcrm::http {

struct KeptHeader {
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(KeptHeader, (), (name, value))

struct KeptAnswer {
    int status = 200;
    std::string content_type;
    std::vector<KeptHeader> headers;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(KeptAnswer, (), (status, content_type, headers, body))

struct KeptRow {
    db::Blob request_hash;
    db::Blob answer;
};
BOOST_DESCRIBE_STRUCT(KeptRow, (), (request_hash, answer))

namespace {

constexpr std::size_t key_max = 255;

Failure at_work()
{
    return Failure::conflict("A request with this Idempotency-Key is still at work.");
}

bool is_visible(char c) { return c > ' ' && c < '\x7f'; }

}  // namespace

bool is_repeatable(const Route& route)
{
    return route.method == "POST" && route.endpoint.right != Right::everybody
        && (std::holds_alternative<Route::Write>(route.run)
            || std::holds_alternative<Route::Work>(route.run));
}

std::optional<std::string> idempotency_key(const Request& request)
{
    const auto header = request.header("Idempotency-Key");
    if (!header) return std::nullopt;
    auto key = *header;
    if (key.size() >= 2 && key.front() == '"' && key.back() == '"')
        key = key.substr(1, key.size() - 2);
    if (key.empty() || key.size() > key_max || !std::all_of(key.begin(), key.end(), is_visible))
        throw Failure::malformed(
            "An Idempotency-Key has 1 to 255 visible characters, such as those of a UUID.");
    return std::string(key);
}

std::shared_ptr<void> KeysAtWork::hold(std::string name)
{
    const std::lock_guard lock(mutex_);
    const auto [place, is_new] = held_.insert(std::move(name));
    if (!is_new) throw at_work();
    return {nullptr, [this, name = *place](void*) {
                const std::lock_guard again(mutex_);
                held_.erase(name);
            }};
}

RepeatedRequest::RepeatedRequest(
    const Request& request, const std::string& who, const std::string& key)
    : key_(who + " " + key)
    , name_{crypto::sha256("name " + key_)}
    , request_hash_{crypto::sha256(request.method + " " + request.target + "\n" + request.body)}
{
}

std::optional<Response> RepeatedRequest::given_answer(const db::Reader& db) const
{
    const auto kept = db.row<KeptRow>(
        "SELECT {columns} FROM given_answers WHERE organization_id = $1 AND name = $2 AND at > $3",
        name_, Instant::now() - answers_kept);
    if (!kept) return std::nullopt;
    if (kept->request_hash != request_hash_)
        throw Failure::invalid("Idempotency-Key", "reused",
            "This Idempotency-Key came with another request. Please take a new one.");
    auto answer = json::from_text<KeptAnswer>(crypto::open_under(key_, kept->answer.bytes));
    Response response{answer.status, std::move(answer.content_type), std::move(answer.body)};
    for (auto& header : answer.headers)
        response.headers.emplace_back(std::move(header.name), std::move(header.value));
    return response;
}

void RepeatedRequest::keep(db::Tx& tx, const Response& answer) const
{
    KeptAnswer kept{answer.status, answer.content_type, {}, answer.body};
    for (const auto& [name, value] : answer.headers) kept.headers.push_back({name, value});
    const auto now = Instant::now();
    tx.run("DELETE FROM given_answers WHERE organization_id = $1 AND at <= $2", now - answers_kept);
    const auto stored =
        tx.run("INSERT INTO given_answers (organization_id, name, request_hash, answer, at)"
               " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization_id, name) DO NOTHING",
            name_, request_hash_, db::Blob{crypto::seal_under(key_, json::text_of(kept))}, now);
    if (stored == 0) throw at_work();
}

}  // namespace leadcrm::http
