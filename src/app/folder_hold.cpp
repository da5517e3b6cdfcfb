#include "app/folder_hold.hpp"

#include "platform/failure.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace leadcrm::app {

FolderHold::FolderHold(const std::filesystem::path& data, Use use)
{
    std::filesystem::create_directories(data);
    const auto path = data / "in-use";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file_ < 0) throw Failure::internal(path.string() + " cannot be opened");
    const bool alone = use == Use::restoring;
    if (::flock(file_, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) return;
    const bool is_taken = errno == EWOULDBLOCK;
    ::close(file_);
    // Some network folders know no locks: there nobody is kept out.
    file_ = -1;
    if (!is_taken) return;
    throw Failure::conflict(alone
            ? "A server, or another restore, is at work in this data folder. End it first, then "
              "restore."
            : "A backup is being restored into this data folder. Start the server when that is "
              "done.");
}

FolderHold::~FolderHold()
{
    if (file_ >= 0) ::close(file_);
}

}  // namespace leadcrm::app
