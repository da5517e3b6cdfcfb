// What rules and stores see of a database: a Reader or a Tx of one organization, or the platform's
// own tables through PlatformReader and PlatformTx. All four are plain, blocking and used only
// inside the function they were handed to, on a database thread. Where they come from: database.hpp.
//
// The tenant travels in the session: `$1` is bound to its organization_id in every statement, no
// function takes a tenant id, and a statement that touches a tenant table without
// `organization_id = $1` (or inserting `$1`) is refused when it is prepared, with Failure::internal.
// A tenant table is one whose primary key begins with organization_id; all others are platform
// tables. An organization's session may read platform tables that have no organization_id column
// (users), and those that have one (jobs, memberships; for organizations: id) with the same
// predicate. A platform session may not touch a tenant table.
#pragma once

#include "platform/db/sql.hpp"
#include "platform/failure.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadcrm::db {

enum class Dialect { sqlite, postgres };

// One transaction on one connection: implemented by the two drivers.
class Session {
public:
    using RowHandler = std::function<void(const Row&)>;

    virtual ~Session() = default;
    virtual Dialect dialect() const = 0;
    // Runs one statement; returns the number of rows changed (or handed over).
    // `tenant` is bound to `$1` when given.
    virtual std::int64_t run(const std::optional<OrganizationId>& tenant, const std::string& text,
        const std::vector<Value>& values, const RowHandler& each)
        = 0;
    // Makes `tenant` the one row-level security lets through, until the next call.
    virtual void enter(const std::optional<OrganizationId>& tenant) = 0;
    virtual void after_commit(std::function<void()> action) = 0;
    virtual void signal(std::string_view channel, std::string_view payload) = 0;
};

// Asking, for all four kinds of session. `T` is a described struct, a std::tuple or a single type.
class Questions {
public:
    Dialect dialect() const { return session_->dialect(); }

    template <class T>
    void each(const Sql& sql, const std::function<void(T)>& take) const
    {
        session_->run(tenant_, text_for<T>(sql.text()), sql.values(),
            [&](const Row& row) { take(from_row<T>(row)); });
    }
    template <class T>
    std::vector<T> rows(const Sql& sql) const
    {
        std::vector<T> found;
        each<T>(sql, [&](T record) { found.push_back(std::move(record)); });
        return found;
    }
    template <class T, class... A>
    std::vector<T> rows(std::string_view text, const A&... values) const
    {
        return rows<T>(Sql(text, values...));
    }
    // The first row, if there is one.
    template <class T>
    std::optional<T> row(const Sql& sql) const
    {
        std::optional<T> found;
        each<T>(sql, [&](T record) {
            if (!found) found = std::move(record);
        });
        return found;
    }
    template <class T, class... A>
    std::optional<T> row(std::string_view text, const A&... values) const
    {
        return row<T>(Sql(text, values...));
    }
    // A row that is always there, such as a count; Failure::internal when it is not.
    template <class T, class... A>
    T one(std::string_view text, const A&... values) const
    {
        auto found = row<T>(Sql(text, values...));
        if (!found) throw Failure::internal("no row: " + std::string(text));
        return std::move(*found);
    }

protected:
    Questions(Session& session, std::optional<OrganizationId> tenant)
        : session_(&session)
        , tenant_(tenant)
    {
    }

    template <class T>
    static std::string text_for(const std::string& text)
    {
        if constexpr (is_described_struct<T> && !is_field_type<T>)
            return expand_columns(text, column_names<T>());
        else
            return text;
    }

    Session* session_;
    std::optional<OrganizationId> tenant_;
};

// Changing, for Tx and PlatformTx.
template <class Base>
class Changes : public Base {
public:
    // Returns the number of rows changed.
    std::int64_t run(const Sql& sql)
    {
        return this->session_->run(this->tenant_, sql.text(), sql.values(), {});
    }
    template <class... A>
    std::int64_t run(std::string_view text, const A&... values)
    {
        return run(Sql(text, values...));
    }
    // INSERT with {columns} and {values} from a described struct. Further values follow the
    // record's own in number. Returns the number of rows stored.
    template <class T, class... A>
    std::int64_t store(std::string_view text, const T& record, const A&... more)
    {
        std::vector<Value> values;
        append_values(values, record);
        (values.push_back(to_value(more)), ...);
        return this->session_->run(this->tenant_,
            expand_columns(text, column_names<T>(), this->tenant_ ? 2 : 1), values, {});
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
};

// Reading one organization's rows, on one snapshot.
class Reader : public Questions {
public:
    OrganizationId organization_id() const { return *tenant_; }

protected:
    friend class PlatformReader;
    Reader(Session& session, std::optional<OrganizationId> tenant)
        : Questions(session, tenant)
    {
    }
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
    explicit PlatformReader(Session& session)
        : Questions(session, std::nullopt)
    {
    }
    // The same snapshot, seen by one organization.
    Reader in_organization(OrganizationId id) const
    {
        session_->enter(id);
        return Reader(*session_, id);
    }

protected:
    PlatformReader(Session& session, std::optional<OrganizationId> tenant)
        : Questions(session, tenant)
    {
    }
};

class PlatformTx : public Changes<PlatformReader> {
public:
    explicit PlatformTx(Session& session)
        : Changes<PlatformReader>(session, std::nullopt)
    {
    }
    // The same transaction, inside one organization. Write the platform's tables first.
    Tx in_organization(OrganizationId id)
    {
        session_->enter(id);
        return Tx(*session_, id);
    }
};

}  // namespace leadcrm::db
