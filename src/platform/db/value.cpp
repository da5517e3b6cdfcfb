#include "platform/db/value.hpp"

namespace leadcrm::db {

void check_column_count(const Row& row, std::size_t expected)
{
    if (row.size() != expected)
        throw Failure::internal("the statement answers " + std::to_string(row.size())
            + " columns where " + std::to_string(expected) + " are read");
}

}  // namespace leadcrm::db
