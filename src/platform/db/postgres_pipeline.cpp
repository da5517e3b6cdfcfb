#include "platform/db/postgres_pipeline.hpp"

#include "platform/db/errors.hpp"

#include <array>
#include <chrono>
#include <thread>

namespace leadcrm::db {
namespace {

constexpr std::array<std::chrono::milliseconds, 4> waits_before_connecting = {
    std::chrono::milliseconds(0), std::chrono::milliseconds(50), std::chrono::milliseconds(250),
    std::chrono::milliseconds(1000)};

// The address may say otherwise: what comes later wins. A server that has vanished without a word
// is given up after half a minute.
constexpr std::array<const char*, 6> keywords = {"fallback_application_name", "connect_timeout",
    "tcp_user_timeout", "keepalives_idle", "dbname", nullptr};

PGconn* try_to_connect(const std::string& url)
{
    const std::array<const char*, 6> values = {"leadcrm", "5", "30000", "20", url.c_str(), nullptr};
    return PQconnectdbParams(keywords.data(), values.data(), 1);
}

constexpr const char* session_settings = R"sql(
    SET client_encoding = 'UTF8';
    SET standard_conforming_strings = on;
    SET bytea_output = 'hex';
    SET extra_float_digits = 1;
    SET statement_timeout = '60s';
    SET lock_timeout = '10s';
    SET idle_in_transaction_session_timeout = '120s';
)sql";

void ignore_notice(void*, const PGresult*) { }

}  // namespace

PostgresHandle connect_to_postgres(const std::string& url)
{
    PostgresHandle handle;
    for (const auto wait : waits_before_connecting) {
        std::this_thread::sleep_for(wait);
        handle.reset(try_to_connect(url));
        if (PQstatus(handle.get()) == CONNECTION_OK) break;
    }
    if (PQstatus(handle.get()) != CONNECTION_OK)
        throw Failure::unavailable("The database cannot be reached. Please try again soon.", 5)
            .because(PQerrorMessage(handle.get()));
    PQsetNoticeReceiver(handle.get(), ignore_notice, nullptr);
    const PostgresResult set(PQexec(handle.get(), session_settings));
    if (PQresultStatus(set.get()) != PGRES_COMMAND_OK)
        throw Failure::internal(PQerrorMessage(handle.get()));
    return handle;
}

void PostgresPipeline::connect()
{
    handle_.reset();
    awaited_ = 0;
    handle_ = connect_to_postgres(url_);
    PQenterPipelineMode(handle_.get());
}

void PostgresPipeline::check_sent(int sent)
{
    if (!sent) fail(nullptr, "sending");
}

void PostgresPipeline::send(const char* text, const PostgresParameters& parameters)
{
    check_sent(PQsendQueryParams(handle_.get(), text, parameters.count(), parameters.types(),
        parameters.values(), parameters.lengths(), parameters.formats(), 0));
}

void PostgresPipeline::send_preparation(
    const std::string& name, const std::string& text, const PostgresParameters& parameters)
{
    check_sent(PQsendPrepare(
        handle_.get(), name.c_str(), text.c_str(), parameters.count(), parameters.types()));
}

void PostgresPipeline::send_prepared(const std::string& name, const PostgresParameters& parameters)
{
    check_sent(PQsendQueryPrepared(handle_.get(), name.c_str(), parameters.count(),
        parameters.values(), parameters.lengths(), parameters.formats(), 0));
}

void PostgresPipeline::flush()
{
    check_sent(PQpipelineSync(handle_.get()));
    ++awaited_;
}

PostgresResult PostgresPipeline::exchange(std::string_view text)
{
    flush();
    PostgresResult last;
    PostgresResult error;
    while (awaited_ > 0) {
        PostgresResult result(PQgetResult(handle_.get()));
        if (!result && is_lost()) break;
        if (!result) continue;  // the end of one command's answer
        switch (PQresultStatus(result.get())) {
        case PGRES_PIPELINE_SYNC:
            --awaited_;
            break;
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
            last = std::move(result);
            break;
        case PGRES_PIPELINE_ABORTED:  // something before it failed
            break;
        default:
            if (!error) error = std::move(result);
        }
        if (is_lost()) break;
    }
    if (error || is_lost()) fail(error.get(), text);
    return last;
}

void PostgresPipeline::run_script(const std::string& text)
{
    if (!PQexitPipelineMode(handle_.get())) throw Failure::internal("a script in a pipeline");
    const PostgresResult result(PQexec(handle_.get(), text.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        PQenterPipelineMode(handle_.get());
        fail(result.get(), text);
    }
    PQenterPipelineMode(handle_.get());
}

void PostgresPipeline::fail(const PGresult* result, std::string_view text)
{
    const char* code = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    sqlstate_ = code ? code : "";
    std::string why = result ? PQresultErrorMessage(result) : PQerrorMessage(handle_.get());
    throw postgres_failure(sqlstate_, why + ": " + std::string(text));
}

}  // namespace leadcrm::db
