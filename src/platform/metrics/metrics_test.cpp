#include "platform/metrics/metrics.hpp"

#include <doctest/doctest.h>

namespace leadcrm::metrics {

TEST_CASE("the same name and labels are the same figure, and all are shown")
{
    counter("leadcrm_test_total", "A test.", {{"kind", "a"}}).add();
    counter("leadcrm_test_total", "A test.", {{"kind", "a"}}).add(2);
    counter("leadcrm_test_total", "A test.", {{"kind", "b"}}).add();
    histogram("leadcrm_test_seconds", "A test.", {0.1, 1}).observe(0.5);
    gauge("leadcrm_test_depth", "A test.", [] { return 6.0; });
    gauge("leadcrm_test_depth", "A test.", [] { return 7.0; });
    gauge("leadcrm_test_depth", "A test.", [] { return 8.0; }, {{"kind", "\"odd\"\n"}});

    const auto text = exposition();
    CHECK(text.find("leadcrm_test_total{kind=\"a\"} 3") != std::string::npos);
    CHECK(text.find("leadcrm_test_total{kind=\"b\"} 1") != std::string::npos);
    CHECK(text.find("leadcrm_test_seconds_bucket{le=\"1\"} 1") != std::string::npos);
    CHECK(text.find("leadcrm_test_depth 7") != std::string::npos);
    CHECK(text.find("leadcrm_test_depth 6") == std::string::npos);
    CHECK(text.find("leadcrm_test_depth{kind=\"\\\"odd\\\"\\n\"} 8") != std::string::npos);
    const auto type = text.find("# TYPE leadcrm_test_depth gauge");
    CHECK(type != std::string::npos);
    CHECK(text.find("# TYPE leadcrm_test_depth gauge", type + 1) == std::string::npos);
}

}  // namespace leadcrm::metrics
