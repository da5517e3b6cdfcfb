# The migrations, inside the binary: migrations/*.sql as string literals, in the order of their
# names, behind platform/db/migration_files.hpp.
file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/migrations/*.sql)
list(SORT migrations)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${migrations})

set(rows)
foreach(migration IN LISTS migrations)
    get_filename_component(name ${migration} NAME)
    file(READ ${migration} text)
    string(APPEND rows "        {\"${name}\", R\"~~~(${text})~~~\"},\n")
endforeach()

file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/migration_files.cpp @ONLY CONTENT
[[// Made by cmake/migrations.cmake.
#include "platform/db/migration_files.hpp"

#include <array>

namespace leadcrm::db {

std::span<const MigrationFile> migration_files()
{
    static constexpr auto files = std::to_array<MigrationFile>({
@rows@    });
    return files;
}

}  // namespace leadcrm::db
]])
target_sources(leadcrm_platform PRIVATE ${CMAKE_BINARY_DIR}/migration_files.cpp)
