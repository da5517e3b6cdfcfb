#include "deletion/deletion_scope.hpp"

#include <algorithm>
#include <array>

namespace leadcrm::deletion {
namespace {

constexpr std::array told{
    ToldTable{"data_deletions", "requests of people at Facebook; without names"},
    ToldTable{"features_off", "what the operator offers to nobody"},
    ToldTable{"organization_deletions", "what is left: without names"},
    ToldTable{"organizations", "the last row that goes"},
    ToldTable{"plans", "what the operator offers to everybody"},
    ToldTable{"password_salts", "go with the last account of an address"},
    ToldTable{"refused_deliveries", "those to the organization's own app go"},
    ToldTable{"sign_in_attempts", "hashes, for a quarter of an hour"},
    ToldTable{"unrouted_deliveries", "those of its pages go, with what they name"},
    ToldTable{"users", "whoever is in no other organization goes"},
    ToldTable{"webhook_deliveries", "those that concern nobody else go"},
};

bool is_told(const db::Table& table)
{
    return std::ranges::find(told, table.name, &ToldTable::table) != told.end();
}

}  // namespace

std::span<const ToldTable> told_tables() { return told; }

DeletionScope deletion_scope(const db::PlatformReader& db)
{
    DeletionScope scope;
    for (auto& table : db::list_tables(db)) {
        if (table.is_tenant())
            scope.own.push_back(std::move(table));
        else if (is_told(table))
            continue;
        else if (table.find("organization_id"))
            scope.of_organization.push_back(std::move(table));
        else if (table.find("user_id"))
            scope.of_people.push_back(std::move(table));
        else
            throw Failure::internal(
                "deletion_scope.cpp does not say what becomes of " + table.name);
    }
    scope.own = db::referring_first(std::move(scope.own));
    return scope;
}

}  // namespace leadcrm::deletion
