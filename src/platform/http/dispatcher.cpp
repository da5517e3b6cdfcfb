#include "platform/http/dispatcher.hpp"

#include "platform/http/exchange.hpp"
#include "platform/http/problem.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <concepts>
#include <stdexcept>
#include <variant>

namespace leadcrm::http {

namespace {

bool changes_something(const Request& request)
{
    return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

Failure please_sign_in() { return Failure::signed_out("Please sign in."); }

// What a key lacks is named: the program's author reads it, not a person before a screen.
Failure not_allowed(const Admitted& who, Right right)
{
    if (!who.key) return Failure::forbidden("Your role does not allow this.");
    return Failure::forbidden("This API key does not allow this. It would need the right "
        + std::string(boost::describe::enum_to_string(right, "")) + ".");
}

// Whoever looks as somebody else acts for themselves at an open endpoint: leaving, joining.
void be_oneself(std::optional<Admitted>& who)
{
    if (!who || !who->viewer) return;
    who->user_id = *who->viewer;
    who->viewer.reset();
    if (std::exchange(who->is_support, false)) who->organization_id = {};
}

bool is_shown_to_support(const Route& route)
{
    switch (route.endpoint.right) {
    case Right::read_leads:
    case Right::read_reports:
    case Right::read_sources:
        return !route.shape.is_download;
    default:
        return route.endpoint.for_support;
    }
}

void refuse_support(const Request& request, const Route& route)
{
    if (route.endpoint.while_viewing) return;
    if (changes_something(request)) throw Failure::forbidden("Support looks and changes nothing.");
    if (!is_shown_to_support(route)) throw Failure::forbidden("This is not shown to support.");
}

void refuse_viewer(const Request& request, const Route& route)
{
    if (route.endpoint.while_viewing) return;
    if (changes_something(request))
        throw Failure::forbidden(
            "You look at this as somebody else, so nothing is changed. End the view first.");
    if (route.endpoint.right == Right::signed_in)
        throw Failure::forbidden("This is only for the person whose account it is.");
}

// Whether reading this is put down: a single thing, a file, and whatever support looks at.
bool is_put_down(const Route& route, const Admitted& who)
{
    return opens_one(route) || takes_file(route)
        || (who.is_support && route.endpoint.right != Right::signed_in);
}

Failure too_busy()
{
    return Failure::unavailable("The server is busy. Please try again in a moment.", 2);
}

}  // namespace

Dispatcher::Dispatcher(const Routes& routes, Site site)
    : routes_(routes)
    , site_(std::move(site))
    , router_(routes)
    , origin_(origin_of(site_.public_url))
    , key_limit_(site_.key_quota)
    , busy_(nullptr, [this](void*) { quiet_.set_value(); })
{
    bool has_work = false;
    for (const auto& route : routes.all()) {
        has_work = has_work || std::holds_alternative<Route::Work>(route.run);
        if (route.endpoint.right != Right::everybody && (!site_.database || !site_.authenticate))
            throw std::logic_error(route.path + ": nobody to ask who the caller is");
    }
    if (has_work) pool_ = std::make_unique<CpuPool>(site_.work_threads, site_.work_waiting_max);
}

Dispatcher::~Dispatcher()
{
    pool_.reset();
    busy_.reset();
    quiet_.get_future().wait();
}

Router::Match Dispatcher::find(std::string_view method, std::string_view target) const
{
    return router_.find(method, target.substr(0, target.find('?')));
}

void Dispatcher::answer(
    Request request, Router::Match match, Respond respond, const OpenStream& open)
{
    if (!match.route) return answer_elsewhere(request, match, respond);
    request.path_values = std::move(match.path_values);
    if (std::holds_alternative<Route::Raw>(match.route->run))
        return answer_raw(std::move(request), *match.route, respond);
    auto credentials = credentials_of(request);
    const auto exchange = std::make_shared<Exchange>(Exchange{std::move(request), *match.route,
        std::move(respond), open, std::move(credentials), busy_, key_limit_});
    try {
        if (changes_something(exchange->request))
            refuse_other_sites(exchange->request, exchange->credentials);
        if (exchange->credentials.empty() && match.route->endpoint.right != Right::everybody)
            throw please_sign_in();
        if (is_repeatable(*match.route)) hold_key(*exchange);
        std::visit(
            [&]<class Kind>(const Kind& kind) {
                if constexpr (!std::same_as<Kind, Route::Raw>) run(kind, exchange);
            },
            match.route->run);
    } catch (...) {
        exchange->finish(std::current_exception());
    }
}

void Dispatcher::hold_key(Exchange& exchange)
{
    exchange.idempotency_key = idempotency_key(exchange.request);
    if (!exchange.idempotency_key) return;
    const auto& who = exchange.credentials;
    exchange.at_work =
        keys_at_work_.hold(who.session_token + who.api_key + "\n" + *exchange.idempotency_key);
}

// Webhooks come this way: nothing is allocated that the handler does not ask for.
void Dispatcher::answer_raw(Request request, const Route& route, const Respond& respond)
{
    const auto request_id = request.request_id;
    try {
        std::get<Route::Raw>(route.run)(std::move(request), respond);
    } catch (...) {
        respond(problem(std::current_exception(),
            {.method = route.method, .path = route.path, .request_id = request_id}));
    }
}

// No endpoint: the methods of this path, a static file, or nothing.
void Dispatcher::answer_elsewhere(
    const Request& request, const Router::Match& match, const Respond& respond)
{
    if (!match.allowed.empty() || request.path == "*") {
        auto answer = request.method == "OPTIONS"
            ? Response{204, {}, {}}
            : problem(405, "This address does not do that.", request.request_id);
        answer.headers.emplace_back("Allow", allow_text(match.allowed));
        return respond(std::move(answer));
    }
    const bool is_page =
        (request.method == "GET" || request.method == "HEAD") && !request.path.starts_with("/api/");
    if (!is_page || !routes_.fallback())
        return respond(problem(404, "There is nothing at this address.", request.request_id));
    try {
        routes_.fallback()(request, respond);
    } catch (...) {
        respond(problem(std::current_exception(), request));
    }
}

Credentials Dispatcher::credentials_of(const Request& request) const
{
    Credentials found{.client_address = request.client_address};
    constexpr std::string_view scheme = "Bearer ";
    const auto authorization = request.header("Authorization");
    if (authorization && authorization->size() > scheme.size()
        && same_name(authorization->substr(0, scheme.size()), scheme))
        found.api_key = authorization->substr(scheme.size());
    else if (const auto token = request.cookie(site_.session_cookie))
        found.session_token = *token;
    return found;
}

// A browser attaches the session cookie whoever made the page that sends the request, so one that
// changes something must come from a page of ours: browsers say so in headers that scripts cannot
// set. Without a cookie nothing is stolen, but a foreign page could sign somebody in as somebody
// else, so it is refused as well. API keys are never attached by a browser.
void Dispatcher::refuse_other_sites(const Request& request, const Credentials& credentials) const
{
    if (!credentials.api_key.empty()) return;
    const auto site = request.header("Sec-Fetch-Site");
    const auto origin = request.header("Origin");
    if (site == "same-origin" || (origin && *origin == origin_)) return;
    if (!credentials.session_token.empty() || origin || (site && *site != "none"))
        throw Failure::forbidden("This request did not come from a page of this site.");
}

Admitted Dispatcher::admitted(db::PlatformReader& db, Exchange& exchange)
{
    auto caller = site_.authenticate(db, exchange.credentials);
    if (!caller) throw please_sign_in();
    if (caller->key) exchange.count_for(*caller->key);
    if (caller->is_support)
        refuse_support(exchange.request, exchange.route);
    else if (caller->viewer)
        refuse_viewer(exchange.request, exchange.route);
    if (site_.admit) site_.admit(*caller, exchange.route);
    if (!caller->rights.has(exchange.route.endpoint.right))
        throw not_allowed(*caller, exchange.route.endpoint.right);
    if (exchange.wrong) std::rethrow_exception(exchange.wrong);
    return std::move(*caller);
}

void Dispatcher::run(const Route::Read& read, const ExchangePointer& exchange)
{
    site_.database->start_read(
        [this, exchange, prepared = exchange->prepare(read)](db::PlatformReader& db) {
            const auto caller = admitted(db, *exchange);
            exchange->answer = prepared(db, caller);
            if (is_put_down(exchange->route, caller)) record_beside(exchange, caller);
        },
        [exchange](const std::exception_ptr& error) { exchange->finish(error); });
}

void Dispatcher::run(const Route::Write& write, const ExchangePointer& exchange)
{
    auto prepared = exchange->prepare(write);
    const auto done = [exchange](const std::exception_ptr& error) { exchange->finish(error); };
    // A request that will be refused need not wait in the queue of writers.
    if (exchange->wrong)
        return site_.database->start_read(
            [this, exchange](db::PlatformReader& db) { admitted(db, *exchange); }, done);
    site_.database->start_write(
        [this, exchange, prepared = std::move(prepared)](db::PlatformTx& tx) {
            const auto caller = admitted(tx, *exchange);
            if (exchange->was_answered(tx, caller)) return;
            exchange->answer = prepared(tx, caller);
            keep_in_mind(tx, *exchange, caller);
        },
        done);
}

void Dispatcher::run(const Route::Work& work, const ExchangePointer& exchange)
{
    auto prepared = exchange->prepare(work);
    if (exchange->wrong && exchange->route.endpoint.right == Right::everybody)
        std::rethrow_exception(exchange->wrong);
    const bool is_taken = pool_->take_on([this, exchange, prepared = std::move(prepared)] {
        std::exception_ptr error;
        try {
            work_now(prepared, *exchange);
        } catch (...) {
            error = std::current_exception();
        }
        exchange->finish(error);
    });
    if (!is_taken) throw too_busy();
}

void Dispatcher::work_now(const std::function<Response(const Call&)>& prepared, Exchange& exchange)
{
    std::optional<Admitted> who;
    const bool is_open = exchange.route.endpoint.right == Right::everybody;
    bool is_answered = false;
    if (!exchange.credentials.empty() && site_.database)
        site_.database->read_platform([&](db::PlatformReader& db) {
            if (is_open) {
                who = site_.authenticate(db, exchange.credentials);
                be_oneself(who);
            } else {
                who = admitted(db, exchange);
                is_answered = exchange.was_answered(db, *who);
            }
        });
    if (is_answered) return;
    bool is_recorded = false;
    exchange.answer = prepared({exchange.request, who, [&](db::PlatformTx& tx) {
                                    if (!site_.record || !who) return;
                                    site_.record(tx, exchange.act_of(*who));
                                    is_recorded = true;
                                }});
    const bool is_kept = site_.record || exchange.idempotency_key;
    const bool is_noted =
        changes_something(exchange.request) || (who && is_put_down(exchange.route, *who));
    if (!is_kept || !site_.database || !is_noted) return;
    site_.database->write_platform([&](db::PlatformTx& tx) {
        auto by = is_open ? signed_in_by(tx, exchange.answer) : std::nullopt;
        if (!by) by = who;
        if (by) keep_in_mind(tx, exchange, *by, is_recorded);
    });
}

void Dispatcher::keep_in_mind(
    db::PlatformTx& tx, const Exchange& exchange, const Admitted& who, bool is_recorded)
{
    if (site_.record && !is_recorded) site_.record(tx, exchange.act_of(who));
    const auto repeated = exchange.repeated_by(who);
    if (!repeated) return;
    auto inside = tx.in_organization(who.organization_id);
    repeated->keep(inside, exchange.answer);
}

// Whose session cookie the answer sets.
std::optional<Admitted> Dispatcher::signed_in_by(
    db::PlatformReader& db, const Response& answer) const
{
    if (!site_.record) return std::nullopt;
    const auto begin = site_.session_cookie + "=";
    for (const auto& [name, value] : answer.headers) {
        if (name != "Set-Cookie" || !value.starts_with(begin)) continue;
        const auto token = value.substr(begin.size(), value.find(';') - begin.size());
        if (!token.empty()) return site_.authenticate(db, {.session_token = token});
    }
    return std::nullopt;
}

// The answer does not wait for it; what cannot be put down is in the log.
void Dispatcher::record_beside(const ExchangePointer& exchange, const Admitted& who)
{
    if (!site_.record) return;
    auto noted = std::make_shared<const Exchange::Noted>(
        Exchange::Noted{exchange->request, who, exchange->route, busy_});
    site_.database->start_write(
        [this, noted](db::PlatformTx& tx) {
            site_.record(tx, {noted->route, noted->request, Response{}, noted->who});
        },
        [noted](const std::exception_ptr& error) {
            if (error) problem(error, noted->request);  // for the log
        });
}

void Dispatcher::run(const Route::Stream& stream, const ExchangePointer& exchange)
{
    site_.database->start_read(
        [this, exchange, &stream](db::PlatformReader& db) {
            const auto caller = admitted(db, *exchange);
            if (is_put_down(exchange->route, caller)) record_beside(exchange, caller);
            exchange->sink = exchange->open();
            stream(caller, std::string(exchange->request.header("Last-Event-ID").value_or("")),
                exchange->sink);
            exchange->answer = {200, "text/event-stream"};
        },
        [exchange](const std::exception_ptr& error) { exchange->finish(error); });
}

// A key that was revoked is refused by a Failure. Whoever could not be asked about goes on.
void Dispatcher::check_again(
    const Route& route, const Credentials& credentials, std::function<void(bool)> done)
{
    auto may = std::make_shared<bool>(false);
    site_.database->start_read(
        [this, &route, credentials, may, busy = busy_](db::PlatformReader& db) {
            try {
                const auto caller = site_.authenticate(db, credentials);
                *may = caller && caller->rights.has(route.endpoint.right);
            } catch (const Failure& failure) {
                if (failure.kind != Failure::Kind::signed_out
                    && failure.kind != Failure::Kind::forbidden)
                    throw;
            }
        },
        [may, done = std::move(done)](const std::exception_ptr& error) { done(error || *may); });
}

bool opens_one(const Route& route)
{
    return route.method == "GET" && std::holds_alternative<Route::Read>(route.run)
        && route.path.ends_with('}');
}

bool takes_file(const Route& route)
{
    return route.method == "GET" && route.shape.is_download
        && route.endpoint.right != Right::everybody;
}

std::string origin_of(std::string_view url)
{
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed) return {};
    auto plain = boost::urls::url(parsed->encoded_origin());
    plain.normalize();
    const bool is_default_port = (plain.scheme() == "https" && plain.port() == "443")
        || (plain.scheme() == "http" && plain.port() == "80");
    if (is_default_port) plain.remove_port();
    return std::string(plain.buffer());
}

}  // namespace leadcrm::http
