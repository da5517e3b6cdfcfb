// People for sample leads: names in many languages and scripts, with e-mail addresses and phone
// numbers as they are written there. Who the names are: sample_people.cpp. The leads themselves:
// sample_leads.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace leadcrm::leads::samples {

// Small and the same on every machine (SplitMix64), unlike the distributions of <random>.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) { }

    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15;
        auto z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    // 0 … sides - 1.
    std::size_t roll(std::size_t sides) { return std::size_t(next() % sides); }
    bool chance(int percent) { return roll(100) < std::size_t(percent); }
    template <class List>
    const auto& one_of(const List& list)
    {
        return list[roll(list.size())];
    }

private:
    std::uint64_t state_;
};

struct Somebody {
    std::string name;
    std::string email;
    std::string phone;  // E.164
    std::string phone_raw;  // as typed
    std::string_view language;
};

Somebody make_somebody(Dice& dice);

}  // namespace leadcrm::leads::samples
