// Things that go wrong on purpose, by endpoint, page, probability and count: POST /_control/faults.
#pragma once

#include "meta-simulator/world/dice.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::simulator {

BOOST_DEFINE_ENUM_CLASS(FaultKind,
    latency,  // the answer comes `latency_ms` later
    error,  // Graph error `code` / `subcode`
    http_500,  // "unknown error", code 1, as JSON
    http_503,  // "service down", code 2, as JSON
    html_502,  // a page of HTML from the edge
    empty_body,  // 200 with nothing in it
    service_unavailable_200,  // 200 with the words "Service Unavailable"
    success_false,  // 200 {"success":false}
    malformed_json,  // 200 with JSON that breaks off
    cut_body,  // the connection closes in the middle of the answer
    slow_body,  // the answer comes in drops, over `latency_ms`
    reset,  // the connection is reset instead of an answer
    batch_null)  // this element of a batch is null

struct Fault {
    std::int64_t id = 0;  // given by the simulator
    FaultKind kind = FaultKind::http_500;
    std::string endpoint = "any";  // lead, leads, form, leadgen_forms, page, batch, ids, …
    std::optional<std::string> page_id;
    double probability = 1;
    std::optional<std::int64_t> count;  // how often it still strikes; without: always
    std::int64_t latency_ms = 1000;
    std::int64_t code = 2;
    std::int64_t subcode = 0;
    std::int64_t status = 400;
    std::optional<std::string> message;
};
BOOST_DESCRIBE_STRUCT(Fault, (),
    (id, kind, endpoint, page_id, probability, count, latency_ms, code, subcode, status, message))

class Faults {
public:
    const Fault& add(Fault fault);
    bool remove(std::int64_t id);
    void clear() { faults_.clear(); }
    const std::vector<Fault>& list() const { return faults_; }

    // The faults that strike this call, counted as used.
    std::vector<Fault> strike(const std::string& endpoint, const std::string& page_id, Dice& dice);

private:
    std::vector<Fault> faults_;
    std::int64_t last_id_ = 0;
};

}  // namespace leadcrm::simulator
