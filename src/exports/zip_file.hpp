// A ZIP file that is written as it grows: nothing but the piece at hand is in memory, and nobody
// has to know beforehand how long an entry will be. By libarchive.
#pragma once

#include <archive.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace leadcrm::exports {

// Everything throws Failure::unavailable when the disk does not take it.
class ZipFile {
public:
    // Only its owner may read the file (0600).
    explicit ZipFile(const std::filesystem::path& path);

    // What is written from here on belongs to this entry.
    void begin(const std::string& name);
    void write(std::string_view bytes);
    // Without it the file is none.
    void finish();

private:
    void check(int result) const;

    struct Free {
        void operator()(archive* which) const { archive_write_free(which); }
    };
    std::unique_ptr<archive, Free> archive_;
};

}  // namespace leadcrm::exports
