#include "app/folder_hold.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/failure.hpp"

#include <doctest/doctest.h>

#include <optional>

namespace leadcrm::app {

TEST_CASE("nothing is restored where a server runs, and no server starts where something is")
{
    namespace fs = std::filesystem;
    using Use = FolderHold::Use;
    const auto folder = fs::temp_directory_path() / ("leadcrm-hold-" + crypto::random_token(9));
    std::optional<FolderHold> server(std::in_place, folder, Use::serving);
    CHECK_NOTHROW(FolderHold(folder, Use::serving));
    CHECK_THROWS_AS(FolderHold(folder, Use::restoring), Failure);
    server.reset();
    {
        const FolderHold restore(folder, Use::restoring);
        CHECK_THROWS_AS(FolderHold(folder, Use::serving), Failure);
        CHECK_THROWS_AS(FolderHold(folder, Use::restoring), Failure);
    }
    CHECK_NOTHROW(FolderHold(folder, Use::serving));
    fs::remove_all(folder);
}

}  // namespace leadcrm::app
