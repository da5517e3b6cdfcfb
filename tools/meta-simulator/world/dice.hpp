// Chance that can be repeated: the same seed throws the same dice on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace leadcrm::simulator {

// SplitMix64. The standard library's distributions may differ between implementations; this cannot.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) { }

    std::uint64_t roll()
    {
        std::uint64_t bits = (state_ += 0x9e3779b97f4a7c15ULL);
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
        return bits ^ (bits >> 31);
    }

    // 0 … count - 1. `count` is never 0.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(roll() % count); }

    // 0 (never) … 1 (always).
    bool chance(double probability)
    {
        return static_cast<double>(roll() >> 11) * 0x1.0p-53 < probability;
    }

    template <class Things>
    const auto& pick(const Things& things)
    {
        return *(std::begin(things) + static_cast<std::ptrdiff_t>(below(std::size(things))));
    }

private:
    std::uint64_t state_;
};

}  // namespace leadcrm::simulator
