#include "platform/db/postgres_connection.hpp"

#include "platform/db/errors.hpp"

#include <array>
#include <cstring>

namespace leadcrm::db {
namespace {

// Taken by everybody who writes for one organization, so that they do it one after another. The end
// of an id is its random part.
std::int64_t lock_of(const OrganizationId& organization)
{
    std::int64_t number = 0;
    std::memcpy(&number, organization.uuid.data() + 8, sizeof number);
    return number;
}

constexpr const char* begin_texts[] = {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "BEGIN"};
constexpr const char* enter_names[] = {"enter_to_read", "enter_to_write"};
constexpr const char* enter_texts[] = {
    "SELECT app_set_org($1)", "SELECT app_set_org($1), pg_advisory_xact_lock($2)"};

}  // namespace

PostgresConnection::PostgresConnection(const std::string& url, Guarding guarding)
    : pipeline_(url), guarding_(guarding)
{
}

void PostgresConnection::connect()
{
    statements_.clear();
    dropped_.clear();
    kinds_.clear();
    knows_how_to_enter_[0] = knows_how_to_enter_[1] = false;
    pipeline_.connect();
}

void PostgresConnection::begin(Access access)
{
    access_ = access;
    is_opened_ = has_answered_ = is_committing_ = false;
    entered_.reset();
    pipeline_.forget_error();
    if (pipeline_.is_lost()) connect();
}

// ---- the transaction ----------------------------------------------------------------------------

void PostgresConnection::send_opening()
{
    if (is_opened_) return;
    is_opened_ = true;
    pipeline_.send(begin_texts[static_cast<int>(access_)]);
    for (const auto& name : dropped_) pipeline_.send(("DEALLOCATE " + name).c_str());
    dropped_.clear();
}

// Row-level security shows this organization's rows from here on. See row_security.hpp.
void PostgresConnection::enter(const OrganizationId& tenant)
{
    if (entered_ == tenant) return;
    const auto access = static_cast<std::size_t>(access_);
    const Value lock = lock_of(tenant);
    const PostgresParameters parameters(
        tenant, std::span(&lock, access_ == Access::write ? 1U : 0U));
    if (!knows_how_to_enter_[access]) {
        pipeline_.send_preparation(enter_names[access], enter_texts[access], parameters);
        exchange(enter_texts[access]);
        knows_how_to_enter_[access] = true;
    }
    pipeline_.send_prepared(enter_names[access], parameters);
    entered_ = tenant;
}

PostgresResult PostgresConnection::exchange(std::string_view text)
{
    auto result = pipeline_.exchange(text);
    has_answered_ = true;
    return result;
}

void PostgresConnection::notify(const std::string& payload)
{
    send_opening();
    const std::array<Value, 2> values = {std::string(channel), payload};
    pipeline_.send("SELECT pg_notify($1, $2)", PostgresParameters({}, values));
}

void PostgresConnection::commit()
{
    if (!is_opened_) return;
    pipeline_.send("COMMIT");
    if (access_ == Access::read) return pipeline_.flush();
    is_committing_ = true;
    const auto result = exchange("COMMIT");
    if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0)
        throw Failure::internal("the work went on after a statement had failed");
}

void PostgresConnection::roll_back() noexcept
{
    try {
        if (!is_opened_ || pipeline_.is_lost()) return;
        pipeline_.send("ROLLBACK");
        pipeline_.exchange("ROLLBACK");
    } catch (...) {
        pipeline_.disconnect();  // what is in the air is not known
    }
}

bool PostgresConnection::may_run_again() const
{
    if (pipeline_.is_lost()) return !is_committing_;  // who knows how a lost COMMIT ended
    return is_worth_retrying(pipeline_.sqlstate());
}

// ---- statements ---------------------------------------------------------------------------------

std::int64_t PostgresConnection::run(const Statement& statement, Session::RowHandler each)
{
    const auto result = ask(statement);
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
        const std::string changed = PQcmdTuples(result.get());
        return changed.empty() ? 0 : std::stoll(changed);
    }
    const int rows = PQntuples(result.get());
    PostgresRow row(result.get());
    for (int i = 0; each && i < rows; ++i) {
        row.go_to(i);
        each(row);
    }
    return rows;
}

PostgresResult PostgresConnection::ask(const Statement& statement)
{
    const PostgresParameters parameters(statement.tenant, statement.values);
    send_opening();
    if (statement.tenant) enter(*statement.tenant);
    const auto* known = statements_.find(statement);
    if (!known) return prepare_and_ask(statement, parameters);
    if (known->only_for() && known->only_for() != statement.tenant)
        throw Failure::internal("another organization's statement: " + std::string(statement.text));
    pipeline_.send_prepared(known->name(), parameters);
    return exchange(statement.text);
}

PostgresResult PostgresConnection::prepare_and_ask(
    const Statement& statement, const PostgresParameters& parameters)
{
    const auto text = plain(statement);
    const auto permit = guarding_ == Guarding::on ? permit_for(text, statement) : Permit{};
    const auto name = "s" + std::to_string(++prepared_count_);
    pipeline_.send_preparation(name, text.text, parameters);
    pipeline_.send_prepared(name, parameters);
    auto result = exchange(text.text);
    statements_.add(statement, Prepared(name, permit, dropped_));
    return result;
}

// A table that is not known may have been made since the schema was read.
Permit PostgresConnection::permit_for(const PlainStatement& plain, const Statement& statement)
{
    if (!kinds_.empty()) {
        try {
            return check_tenancy(plain, statement.tenant, kinds_);
        } catch (const Failure&) {
        }
    }
    read_table_kinds();
    return check_tenancy(plain, statement.tenant, kinds_);
}

void PostgresConnection::read_table_kinds()
{
    pipeline_.send(R"sql(
        SELECT c.relname, a.attname, c.relkind IN ('v', 'm') OR coalesce(a.attnum = i.indkey[0], false)
        FROM pg_class AS c
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
        WHERE c.relnamespace = current_schema()::regnamespace AND (c.relkind IN ('r', 'p')
            OR c.relkind IN ('v', 'm') AND a.attname = 'organization_id')
    )sql");
    const auto columns = exchange("reading the schema");
    kinds_.clear();
    PostgresRow row(columns.get());
    for (int i = 0; i < PQntuples(columns.get()); ++i) {
        row.go_to(i);
        note_column(kinds_, row.text(0), row.text(1), row.boolean(2));
    }
}

void PostgresConnection::run_script(const std::string& text)
{
    send_opening();
    exchange("BEGIN");
    statements_.clear();
    kinds_.clear();
    pipeline_.run_script(text);
}

void PostgresConnection::check_role()
{
    begin(Access::read);
    send_opening();
    pipeline_.send("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user");
    const auto result = exchange("looking at the role");
    const bool bypasses = PostgresRow(result.get()).boolean(0);
    roll_back();
    if (bypasses)
        throw Failure(Failure::Kind::internal,
            "The database role is a superuser or has BYPASSRLS, so PostgreSQL would not keep "
            "organizations apart. Please use a role without both.");
}

}  // namespace leadcrm::db
