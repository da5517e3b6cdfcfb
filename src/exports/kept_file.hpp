// A file to be sent that is never held in memory: the system maps it and reads what is being sent.
// It can be taken away meanwhile.
#pragma once

#include "platform/http/message.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace leadcrm::exports {

class KeptFile {
public:
    // Null when it is not there, or cannot be read.
    static std::shared_ptr<const KeptFile> open(const std::filesystem::path& path);
    ~KeptFile();
    KeptFile(const KeptFile&) = delete;
    KeptFile& operator=(const KeptFile&) = delete;

    std::string_view bytes() const { return bytes_; }

private:
    explicit KeptFile(std::string_view bytes) : bytes_(bytes) { }
    std::string_view bytes_;
};

// The file or the one range of it that was asked for (RFC 9110, 14): 200, 206, 304 or 416. Several
// ranges are answered with the whole.
http::Response answer_with(
    std::shared_ptr<const KeptFile> file, const http::Request& request, const std::string& etag);

}  // namespace leadcrm::exports
