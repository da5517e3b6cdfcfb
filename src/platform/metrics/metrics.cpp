#include "platform/metrics/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>

namespace leadcrm::metrics {
namespace {

class OneCounter final : public Counter {
public:
    explicit OneCounter(prometheus::Counter& counter) : counter_(counter) { }
    void add(double by) override { counter_.Increment(by); }

private:
    prometheus::Counter& counter_;
};

class OneHistogram final : public Histogram {
public:
    explicit OneHistogram(prometheus::Histogram& histogram) : histogram_(histogram) { }
    void observe(double value) override { histogram_.Observe(value); }

private:
    prometheus::Histogram& histogram_;
};

struct Gauge {
    std::string help;
    std::function<double()> read;
};

struct Figures {
    std::mutex mutex;
    prometheus::Registry registry;
    std::map<std::pair<std::string, Labels>, OneCounter> counters;
    std::map<std::pair<std::string, Labels>, OneHistogram> histograms;
    std::map<std::pair<std::string, Labels>, Gauge> gauges;
};

Figures& figures()
{
    static Figures all;
    return all;
}

}  // namespace

Counter& counter(const std::string& name, const std::string& help, const Labels& labels)
{
    auto& all = figures();
    const std::lock_guard lock(all.mutex);
    const auto found = all.counters.find({name, labels});
    if (found != all.counters.end()) return found->second;
    auto& made =
        prometheus::BuildCounter().Name(name).Help(help).Register(all.registry).Add(labels);
    return all.counters.emplace(std::pair{name, labels}, made).first->second;
}

Histogram& histogram(const std::string& name, const std::string& help,
    const std::vector<double>& bounds, const Labels& labels)
{
    auto& all = figures();
    const std::lock_guard lock(all.mutex);
    const auto found = all.histograms.find({name, labels});
    if (found != all.histograms.end()) return found->second;
    auto& made = prometheus::BuildHistogram()
                     .Name(name)
                     .Help(help)
                     .Register(all.registry)
                     .Add(labels, bounds);
    return all.histograms.emplace(std::pair{name, labels}, made).first->second;
}

void gauge(const std::string& name, const std::string& help, std::function<double()> read,
    const Labels& labels)
{
    auto& all = figures();
    const std::lock_guard lock(all.mutex);
    all.gauges.insert_or_assign({name, labels}, Gauge{help, std::move(read)});
}

std::string exposition()
{
    auto& all = figures();
    auto families = all.registry.Collect();
    // Copied, because what a gauge asks may take its time.
    const auto gauges = [&] {
        const std::lock_guard lock(all.mutex);
        return all.gauges;
    }();
    for (const auto& [key, gauge] : gauges) {
        const auto& [name, labels] = key;
        prometheus::ClientMetric metric;
        metric.gauge.value = gauge.read();
        for (const auto& [label, value] : labels) metric.label.push_back({label, value});
        if (families.empty() || families.back().name != name)
            families.push_back({name, gauge.help, prometheus::MetricType::Gauge, {}});
        families.back().metric.push_back(metric);
    }
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace leadcrm::metrics
