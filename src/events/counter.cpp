#include "events/counter.hpp"

namespace leadcrm::events {

std::int64_t take_numbers(db::Tx& tx, std::string_view counter, std::int64_t count)
{
    const auto last = tx.one<std::int64_t>(R"sql(
        INSERT INTO counters (organization_id, name, value) VALUES ($1, $2, $3)
        ON CONFLICT (organization_id, name) DO UPDATE SET value = counters.value + EXCLUDED.value
        RETURNING value
    )sql",
        counter, count);
    return last - count + 1;
}

std::int64_t last_number(const db::Reader& db, std::string_view counter)
{
    return db
        .row<std::int64_t>(
            "SELECT value FROM counters WHERE organization_id = $1 AND name = $2", counter)
        .value_or(0);
}

}  // namespace leadcrm::events
