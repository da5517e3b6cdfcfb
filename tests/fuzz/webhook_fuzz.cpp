// The webhook's body: whatever arrives, the glance and the full reading survive it, and agree.
#include "meta/delivery.hpp"

#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    using namespace leadcrm::meta;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto glance = glance_at(body);
    const auto reading = read_delivery(body);
    if (!glance) {
        // Nothing is ever taken from a body that would have been refused.
        if (!reading.changes.empty()) std::abort();
        return 0;
    }
    if (delivery_id(body, *glance) != delivery_id(body, *glance)) std::abort();
    for (const auto& change : reading.changes) {
        const auto is_number = [](std::string_view id) {
            return !id.empty() && id.find_first_not_of("0123456789") == id.npos;
        };
        if (!is_number(change.leadgen_id) || !is_number(change.page_id)) std::abort();
    }
    note_about(reading);
    return 0;
}
