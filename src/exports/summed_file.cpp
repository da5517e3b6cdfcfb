#include "exports/summed_file.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/failure.hpp"

namespace leadcrm::exports {

void make_private_file(const std::filesystem::path& path)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc).close();
    std::filesystem::permissions(
        path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

SummedFile::SummedFile(const std::filesystem::path& path)
{
    make_private_file(path);
    out_.open(path, std::ios::binary);
}

void SummedFile::write(std::string_view bytes)
{
    sum_.add(bytes);
    out_.write(bytes.data(), std::streamsize(bytes.size()));
}

std::string SummedFile::finish()
{
    out_.close();
    if (!out_) throw Failure::unavailable("The file could not be written.", 60);
    return crypto::hex(sum_.finish());
}

std::string sum_of(const std::filesystem::path& file)
{
    crypto::RunningSha256 sum;
    std::ifstream in(file, std::ios::binary);
    std::string piece(std::size_t(64) * 1024, '\0');
    while (in.read(piece.data(), std::streamsize(piece.size())) || in.gcount() > 0)
        sum.add({piece.data(), std::size_t(in.gcount())});
    return crypto::hex(sum.finish());
}

}  // namespace leadcrm::exports
