// Who is at work in a data folder: servers, or one restore. The kernel keeps count, so a program
// that was killed holds nothing.
#pragma once

#include <filesystem>

namespace leadcrm::app {

class FolderHold {
public:
    enum class Use { serving, restoring };

    // Until it is destroyed; makes the folder where there is none. To be had before the database is
    // opened: opening it to serve changes its tables. Throws Failure::conflict when the other use
    // is going on; servers may be several.
    FolderHold(const std::filesystem::path& data, Use use);
    ~FolderHold();
    FolderHold(const FolderHold&) = delete;
    FolderHold& operator=(const FolderHold&) = delete;

private:
    int file_ = -1;
};

}  // namespace leadcrm::app
