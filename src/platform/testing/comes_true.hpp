// For what happens beside an answer, soon: asked again until it is so, for half a minute at most.
#pragma once

#include <chrono>
#include <thread>

namespace leadcrm::testing {

template <class Condition>
bool comes_true(const Condition& condition)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

}  // namespace leadcrm::testing
