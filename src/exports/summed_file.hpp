// A file that knows the SHA-256 sum of what was written into it, without being read again.
#pragma once

#include "platform/crypto/running_sha256.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace leadcrm::exports {

// Made anew and for its owner alone (0600), whoever writes into it afterwards.
void make_private_file(const std::filesystem::path& path);

class SummedFile {
public:
    explicit SummedFile(const std::filesystem::path& path);

    void write(std::string_view bytes);
    // Returns the sum in hex. Throws Failure::unavailable when the disk did not take it all.
    std::string finish();

private:
    std::ofstream out_;
    crypto::RunningSha256 sum_;
};

// In hex; of a file that something else wrote.
std::string sum_of(const std::filesystem::path& file);

}  // namespace leadcrm::exports
