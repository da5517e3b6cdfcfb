// Values on their way to PostgreSQL and cells on their way back. The columns behind them are those
// of value.hpp: UUID, BIGINT, BOOLEAN, DOUBLE PRECISION, TEXT, BYTEA, JSONB.
#pragma once

#include "platform/db/value.hpp"

#include <libpq-fe.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace leadcrm::db {

// Text and bytes go as they lie; everything else is written out. Types are said, so that the server
// never has to guess one; only a null leaves it to the place it is used in. Refers to `values`.
class PostgresParameters {
public:
    PostgresParameters(const std::optional<OrganizationId>& tenant, std::span<const Value> values);

    int count() const { return static_cast<int>(types_.size()); }
    const Oid* types() const { return types_.data(); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    void add(Oid type, const char* value, std::size_t length, bool is_binary);
    void add_written(Oid type, std::string text);
    void add(const Value& value);

    std::vector<Oid> types_;
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::vector<std::string> written_;
};

class PostgresRow final : public Row {
public:
    explicit PostgresRow(const PGresult* result) : result_(result) { }
    void go_to(int row) { row_ = row; }

    std::size_t size() const override { return static_cast<std::size_t>(PQnfields(result_)); }
    bool is_null(std::size_t column) const override;
    bool boolean(std::size_t column) const override;
    std::int64_t integer(std::size_t column) const override;
    double real(std::size_t column) const override;
    std::string_view text(std::size_t column) const override;
    Uuid uuid(std::size_t column) const override;
    std::string blob(std::size_t column) const override;

private:
    std::string_view cell(
        std::size_t column, std::initializer_list<Oid> types, const char* what) const;
    [[noreturn]] void refuse(std::size_t column, const char* what) const;

    const PGresult* result_;
    int row_ = 0;
};

}  // namespace leadcrm::db
