// What rules and stores see of a database: a Reader or a Tx of one organization, or the platform's
// own tables through PlatformReader and PlatformTx. All four are plain, blocking and used only
// inside the function they were handed to, on a database thread. Where they come from:
// database.hpp.
//
// The tenant travels in the session: `$1` is bound to its organization_id in every statement, no
// function takes a tenant id, and a statement that touches a tenant table without
// `organization_id = $1` (or inserting `$1`) is refused when it is prepared, with
// Failure::internal. A tenant table is one whose primary key begins with organization_id; all
// others are platform tables. An organization's session may read platform tables that have no
// organization_id column (users), and those that have one (jobs, memberships; for organizations:
// id) with the same predicate. A platform session may not touch a tenant table.
#pragma once

#include "platform/db/sql.hpp"
#include "platform/failure.hpp"
#include "platform/function_ref.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadcrm::db {

enum class Dialect { sqlite, postgres };

// One transaction on one connection: implemented by the two drivers.
class Session {
public:
    using RowHandler = FunctionRef<void(const Row&)>;

    virtual ~Session() = default;
    virtual Dialect dialect() const = 0;
    // Runs one statement; returns the number of rows handed over, or changed if it answers with
    // none. With a tenant, that organization's rows are the only ones row-level security lets
    // through.
    virtual std::int64_t run(const Statement& statement, RowHandler each) = 0;
    // Several statements without values and past the guard: for migrations.
    virtual void run_script(const std::string& text) = 0;
    virtual void after_commit(std::function<void()> action) = 0;
    virtual void signal(std::string_view channel, std::string_view payload) = 0;
};

// Asking, for all four kinds of session. `T` is a described struct, a std::tuple or a single type.
class Questions {
public:
    Dialect dialect() const { return session_->dialect(); }

    template <class T, class Take>
    void each(const Sql& sql, Take&& take) const
    {
        ask<T>(sql.text(), sql.values(), take);
    }
    template <class T>
    std::vector<T> rows(const Sql& sql) const
    {
        return all<T>(sql.text(), sql.values());
    }
    template <class T, class... A>
    std::vector<T> rows(std::string_view text, const A&... values) const
    {
        return all<T>(text, std::array<Value, sizeof...(A)>{to_value(values)...});
    }
    // The first row, if there is one.
    template <class T>
    std::optional<T> row(const Sql& sql) const
    {
        return first<T>(sql.text(), sql.values());
    }
    template <class T, class... A>
    std::optional<T> row(std::string_view text, const A&... values) const
    {
        return first<T>(text, std::array<Value, sizeof...(A)>{to_value(values)...});
    }
    // A row that is always there, such as a count; Failure::internal when it is not.
    template <class T, class... A>
    T one(std::string_view text, const A&... values) const
    {
        auto found = row<T>(text, values...);
        if (!found) throw Failure::internal("no row: " + std::string(text));
        return std::move(*found);
    }

protected:
    Questions(Session& session, std::optional<OrganizationId> tenant)
        : session_(&session), tenant_(tenant)
    {
    }

    template <class T>
    static constexpr ColumnNames columns_of()
    {
        if constexpr (is_record<T>)
            return column_names<T>;
        else
            return nullptr;
    }

    template <class T, class Take>
    void ask(std::string_view text, std::span<const Value> values, Take& take) const
    {
        session_->run({text, values, columns_of<T>(), tenant_},
            [&](const Row& row) { take(from_row<T>(row)); });
    }
    template <class T>
    std::vector<T> all(std::string_view text, std::span<const Value> values) const
    {
        std::vector<T> found;
        auto take = [&](T&& record) { found.push_back(std::move(record)); };
        ask<T>(text, values, take);
        return found;
    }
    template <class T>
    std::optional<T> first(std::string_view text, std::span<const Value> values) const
    {
        std::optional<T> found;
        auto take = [&](T&& record) {
            if (!found) found = std::move(record);
        };
        ask<T>(text, values, take);
        return found;
    }

    Session* session_;
    std::optional<OrganizationId> tenant_;
};

// Changing, for Tx and PlatformTx.
template <class Base>
class Changes : public Base {
public:
    // Returns the number of rows changed.
    std::int64_t run(const Sql& sql) { return change(sql.text(), sql.values()); }
    template <class... A>
    std::int64_t run(std::string_view text, const A&... values)
    {
        return change(text, std::array<Value, sizeof...(A)>{to_value(values)...});
    }
    // INSERT with {columns} and {values} from a described struct. Further values follow the
    // record's own in number. Returns the number of rows stored.
    template <class T, class... A>
    std::int64_t store(std::string_view text, const T& record, const A&... more)
    {
        std::vector<Value> values;
        values.reserve(boost::mp11::mp_size<json::Members<T>>::value + sizeof...(A));
        append_values(values, record);
        (values.push_back(to_value(more)), ...);
        return change(text, values, column_names<T>);
    }
    // Runs after the transaction is durable, on a database thread; must be quick and not throw.
    void after_commit(std::function<void()> action)
    {
        this->session_->after_commit(std::move(action));
    }
    // Tells every process that shares this database, this one included, after the commit.
    // See Database::on_signal. At most once, without a guarantee: what must not be missed is a row.
    void signal(std::string_view channel, std::string_view payload)
    {
        this->session_->signal(channel, payload);
    }

protected:
    using Base::Base;

private:
    std::int64_t change(
        std::string_view text, std::span<const Value> values, ColumnNames columns = nullptr)
    {
        return this->session_->run({text, values, columns, this->tenant_}, {});
    }
};

// Reading one organization's rows, on one snapshot.
class Reader : public Questions {
public:
    OrganizationId organization_id() const { return *tenant_; }

protected:
    friend class PlatformReader;
    Reader(Session& session, std::optional<OrganizationId> tenant) : Questions(session, tenant) { }
};

// Reading and changing one organization's rows. Write transactions of one organization run one
// after another on both databases, so a rule that reads before it writes holds.
class Tx : public Changes<Reader> {
protected:
    friend class PlatformTx;
    using Changes<Reader>::Changes;
};

class PlatformReader : public Questions {
public:
    explicit PlatformReader(Session& session) : Questions(session, std::nullopt) { }
    // The same snapshot, seen by one organization.
    Reader in_organization(OrganizationId id) const { return Reader(*session_, id); }

protected:
    PlatformReader(Session& session, std::optional<OrganizationId> tenant)
        : Questions(session, tenant)
    {
    }
};

class PlatformTx : public Changes<PlatformReader> {
public:
    explicit PlatformTx(Session& session) : Changes<PlatformReader>(session, std::nullopt) { }
    // The same transaction, inside one organization. Write the platform's tables first.
    Tx in_organization(OrganizationId id) { return Tx(*session_, id); }

private:
    friend struct SchemaChange;  // migrate.cpp: changes what a session may not
};

}  // namespace leadcrm::db
