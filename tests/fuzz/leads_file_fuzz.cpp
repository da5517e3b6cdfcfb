// Meta's download of leads, as somebody uploads it: whatever the bytes are, they are read or
// refused, and what is read has ids that are numbers and text that is UTF-8.
#include "meta/leads_file.hpp"
#include "platform/failure.hpp"
#include "platform/http/message.hpp"

#include <boost/json/serialize.hpp>

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    using namespace leadcrm;
    try {
        const auto file = meta::read_leads_file({reinterpret_cast<const char*>(data), size});
        std::int64_t last = 0;
        for (const auto& row : file.rows) {
            if (row.line <= last) std::abort();
            last = row.line;
            if (row.leadgen_id.find_first_not_of("0123456789") != std::string::npos) std::abort();
            if (!http::is_utf8(boost::json::serialize(row.lead))) std::abort();
        }
    } catch (const Failure& failure) {
        if (failure.kind != Failure::Kind::invalid) std::abort();
    }
    return 0;
}
