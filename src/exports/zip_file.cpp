#include "exports/zip_file.hpp"

#include "platform/failure.hpp"

#include <archive_entry.h>

#include <ctime>

namespace leadcrm::exports {

ZipFile::ZipFile(const std::filesystem::path& path) : archive_(archive_write_new())
{
    if (!archive_) throw Failure::unavailable("There is no memory left for it.", 60);
    check(archive_write_set_format_zip(archive_.get()));
    check(archive_write_open_filename(archive_.get(), path.c_str()));
    std::filesystem::permissions(
        path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

void ZipFile::begin(const std::string& name)
{
    struct FreeEntry {
        void operator()(archive_entry* entry) const { archive_entry_free(entry); }
    };
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_mtime(entry.get(), std::time(nullptr), 0);
    check(archive_write_header(archive_.get(), entry.get()));
}

void ZipFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto taken = archive_write_data(archive_.get(), bytes.data(), bytes.size());
        if (taken <= 0) check(ARCHIVE_FATAL);
        bytes.remove_prefix(static_cast<std::size_t>(taken));
    }
}

void ZipFile::finish() { check(archive_write_close(archive_.get())); }

void ZipFile::check(int result) const
{
    if (result >= ARCHIVE_WARN) return;
    const char* why = archive_error_string(archive_.get());
    throw Failure::unavailable("The file could not be written.", 60)
        .because(why ? why : "libarchive does not say why");
}

}  // namespace leadcrm::exports
