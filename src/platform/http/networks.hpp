// Lists of networks, as operators and owners write them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace leadcrm::http {

class Networks {
public:
    // "127.0.0.1, 10.0.0.0/8, fd00::/8". Throws std::invalid_argument for what is no network.
    explicit Networks(std::string_view list);

    bool empty() const { return networks_.empty(); }
    // False for what is no address.
    bool hold(std::string_view address) const;

private:
    struct Network {
        std::array<std::uint8_t, 16> bytes{};
        int bits = 128;
    };
    std::vector<Network> networks_;
};

bool is_address(std::string_view text);

// Without the blanks and tabs around it.
std::string_view trimmed(std::string_view text);

}  // namespace leadcrm::http
