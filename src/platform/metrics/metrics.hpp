// Figures for Prometheus. Counters and histograms are made once and kept by reference; adding to
// them is lock-free.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace leadcrm::metrics {

using Labels = std::map<std::string, std::string>;

class Counter {
public:
    virtual void add(double by = 1) = 0;

protected:
    ~Counter() = default;
};

class Histogram {
public:
    virtual void observe(double value) = 0;

protected:
    ~Histogram() = default;
};

// The same name and labels give the same figure. Names end in the unit: leadcrm_…_seconds, _total.
Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
Histogram& histogram(const std::string& name, const std::string& help,
    const std::vector<double>& bounds, const Labels& labels = {});
// Asked when the figures are read; a later one of the same name and labels takes its place.
void gauge(const std::string& name, const std::string& help, std::function<double()> read,
    const Labels& labels = {});

// The text exposition format, version 0.0.4.
std::string exposition();

}  // namespace leadcrm::metrics
