#include "platform/testing/postgres_server.hpp"

#include "platform/db/database.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <vector>

namespace leadcrm::testing {
namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

// The address with another database in it, and the other way round.
std::size_t end_of_path(const std::string& url) { return std::min(url.find('?'), url.size()); }
std::string with_database(const std::string& url, const std::string& name)
{
    const auto end = end_of_path(url);
    return url.substr(0, url.rfind('/', end) + 1) + name + url.substr(end);
}
std::string database_of(const std::string& url)
{
    const auto end = end_of_path(url);
    const auto begin = url.rfind('/', end) + 1;
    return url.substr(begin, end - begin);
}

class Connection {
public:
    explicit Connection(const std::string& url) : connection_(PQconnectdb(url.c_str())) { }
    ~Connection() { PQfinish(connection_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // The first cell of the answer, if there is one.
    std::string run(const std::string& sql)
    {
        auto* result = PQexec(connection_, sql.c_str());
        const auto status = PQresultStatus(result);
        std::string cell = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
        PQclear(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(sql + ": " + PQerrorMessage(connection_));
        return cell;
    }

private:
    PGconn* connection_;
};

constexpr const char* fingerprint_sql = R"sql(
    SELECT count(*) || ' ' || max(oid) || ' ' || (SELECT count(*) FROM pg_attribute)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
)sql";

// A superuser sees every row, and triggers, which check the references, are off.
constexpr const char* empty_sql = R"sql(
    DO $$
    DECLARE
        filled record;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR filled IN SELECT relname FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                AND relname <> 'schema_migrations'
        LOOP
            EXECUTE format('DELETE FROM %I', filled.relname);
        END LOOP;
    END $$
)sql";

class Server {
public:
    static Server& here()
    {
        static Server server;
        return server;
    }

    std::string take()
    {
        const std::lock_guard lock(mutex_);
        if (empty_.empty()) empty_.push_back(make(template_));
        const auto name = empty_.back();
        empty_.pop_back();
        return with_database(variable("TEST_POSTGRES_URL"), name);
    }

    // A test may have changed the schema; then nobody else gets it.
    void give_back(const std::string& name)
    {
        const std::lock_guard lock(mutex_);
        bool is_as_it_was = false;
        {
            Connection inside(with_database(variable("TEST_POSTGRES_ADMIN_URL"), name));
            is_as_it_was = inside.run(fingerprint_sql) == fingerprint_;
            if (is_as_it_was) inside.run(empty_sql);
        }
        if (is_as_it_was)
            empty_.push_back(name);
        else
            drop(name);
    }

private:
    Server()
        : owner_(variable("TEST_POSTGRES_URL"))
        , admin_(variable("TEST_POSTGRES_ADMIN_URL"))
        , template_(make("template1"))
    {
        const auto database = db::Database::open(
            {.url = with_database(variable("TEST_POSTGRES_URL"), template_), .readers = 1});
        db::migrate(*database);
        Connection inside(with_database(variable("TEST_POSTGRES_ADMIN_URL"), template_));
        fingerprint_ = inside.run(fingerprint_sql);
    }
    ~Server()
    {
        for (const auto& name : empty_) drop(name);
        drop(template_);
    }

    // Names that other processes on the same server do not use.
    std::string make(const std::string& from)
    {
        const auto name =
            "leadcrm_test_" + std::to_string(getpid()) + "_" + std::to_string(++count_);
        owner_.run("CREATE DATABASE " + name + " TEMPLATE " + from);
        return name;
    }
    void drop(const std::string& name) { admin_.run("DROP DATABASE " + name + " WITH (FORCE)"); }

    std::mutex mutex_;
    Connection owner_;
    Connection admin_;
    int count_ = 0;
    std::string template_;
    std::string fingerprint_;
    std::vector<std::string> empty_;
};

}  // namespace

bool has_postgres_server() { return !variable("TEST_POSTGRES_URL").empty(); }
std::string take_postgres_database() { return Server::here().take(); }
void give_back_postgres_database(const std::string& url)
{
    Server::here().give_back(database_of(url));
}

void run_as_postgres_admin(const std::string& url, const std::string& sql)
{
    Connection(with_database(variable("TEST_POSTGRES_ADMIN_URL"), database_of(url))).run(sql);
}

}  // namespace leadcrm::testing
