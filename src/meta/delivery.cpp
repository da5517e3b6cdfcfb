#include "meta/delivery.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace leadcrm::meta {
namespace {

namespace bj = boost::json;

// Follows the parser and remembers only where it is: depth 1 is the delivery, depth 3 an entry.
class Onlooker {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    bool saw_object = false;
    bool saw_entries = false;
    std::int64_t first_entry_time = 0;

    using Error = bj::error_code;
    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_object_begin(Error&)
    {
        ++depth_;
        return true;
    }
    bool on_object_end(std::size_t, Error&)
    {
        --depth_;
        return true;
    }
    bool on_array_begin(Error&)
    {
        if (depth_ == 1 && key_ == "entry") saw_entries = in_entries_ = true;
        ++depth_;
        return true;
    }
    bool on_array_end(std::size_t, Error&)
    {
        if (--depth_ == 1) in_entries_ = false;
        return true;
    }
    bool on_key_part(bj::string_view part, std::size_t total, Error&)
    {
        if (is_watched_depth()) take_key(part, total);
        return true;
    }
    bool on_key(bj::string_view part, std::size_t total, Error&)
    {
        if (is_watched_depth()) take_key(part, total);
        return true;
    }
    bool on_string_part(bj::string_view, std::size_t, Error&) { return true; }
    bool on_string(bj::string_view, std::size_t, Error&)
    {
        if (depth_ == 1 && key_ == "object") saw_object = true;
        return true;
    }
    bool on_number_part(bj::string_view, Error&) { return true; }
    bool on_int64(std::int64_t number, bj::string_view, Error&)
    {
        if (in_entries_ && depth_ == 3 && key_ == "time" && first_entry_time == 0)
            first_entry_time = number;
        return true;
    }
    bool on_uint64(std::uint64_t, bj::string_view, Error&) { return true; }
    bool on_double(double, bj::string_view, Error&) { return true; }
    bool on_bool(bool, Error&) { return true; }
    bool on_null(Error&) { return true; }
    bool on_comment_part(bj::string_view, Error&) { return true; }
    bool on_comment(bj::string_view, Error&) { return true; }

private:
    bool is_watched_depth() const { return depth_ == 1 || (in_entries_ && depth_ == 3); }
    void take_key(bj::string_view part, std::size_t total)
    {
        // The parser hands a key over in parts; the first is the one that makes up the whole total.
        if (total == part.size()) key_.clear();
        if (total <= 16)
            key_.append(part.data(), part.size());
        else
            key_.clear();
    }

    int depth_ = 0;
    bool in_entries_ = false;
    std::string key_;
};

constexpr std::string_view sample_id = "444444444444";

bool is_id_text(std::string_view text)
{
    return !text.empty() && text.size() <= 32
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "No ad" and "no form" are sometimes said as 0.
std::optional<std::string> id_or_nothing(const json::object& value, bj::string_view name)
{
    auto id = id_in(value.if_contains(name));
    if (id == "0") return std::nullopt;
    return id;
}

std::optional<Instant> time_in(const json::value* found)
{
    constexpr std::size_t year_5138 = 11;  // in digits of Unix seconds
    const auto digits = id_in(found);
    if (!digits || digits->size() > year_5138) return std::nullopt;
    return Instant::from_unix_seconds(std::stoll(*digits));
}

void read_leadgen(
    const json::object& value, const std::optional<std::string>& entry_id, DeliveryReading& reading)
{
    auto leadgen_id = id_or_nothing(value, "leadgen_id");
    auto page_id = id_in(value.if_contains("page_id"));
    if (!page_id) page_id = entry_id;
    if (!leadgen_id || !page_id) {
        ++reading.broken;
    } else if (*leadgen_id == sample_id || *page_id == sample_id || entry_id == "0") {
        ++reading.samples;
    } else {
        reading.changes.push_back({.leadgen_id = *std::move(leadgen_id),
            .page_id = *std::move(page_id),
            .form_id = id_or_nothing(value, "form_id"),
            .submitted_at = time_in(value.if_contains("created_time"))});
    }
}

void read_change(
    const json::value& change, const std::optional<std::string>& entry_id, DeliveryReading& reading)
{
    const auto* parts = change.if_object();
    const auto* field = parts ? parts->if_contains("field") : nullptr;
    if (!field || !field->is_string()) {
        ++reading.broken;
        return;
    }
    const auto* value = parts->if_contains("value");
    if (field->get_string() == "leadgen_update") {
        ++reading.updates;
    } else if (field->get_string() != "leadgen") {
        ++reading.foreign;
    } else if (value && value->is_object()) {
        read_leadgen(value->get_object(), entry_id, reading);
    } else {
        ++reading.broken;
    }
}

void read_entry(const json::value& entry, DeliveryReading& reading)
{
    const auto* parts = entry.if_object();
    if (!parts) {
        ++reading.broken;
        return;
    }
    const auto* changes = parts->if_contains("changes");
    if (!changes) {
        // Messenger's entries have "messaging" instead of changes.
        ++(parts->contains("changed_fields") ? reading.nameless : reading.foreign);
    } else if (!changes->is_array()) {
        ++reading.broken;
    } else {
        const auto entry_id = id_in(parts->if_contains("id"));
        for (const auto& change : changes->get_array()) read_change(change, entry_id, reading);
    }
}

}  // namespace

std::optional<std::string> id_in(const json::value* found)
{
    if (!found) return std::nullopt;
    if (const auto* text = found->if_string(); text && is_id_text({text->data(), text->size()}))
        return std::string(*text);
    if (const auto* number = found->if_int64(); number && *number >= 0)
        return std::to_string(*number);
    if (const auto* number = found->if_uint64()) return std::to_string(*number);
    return std::nullopt;
}

std::optional<Glance> glance_at(std::string_view body)
{
    bj::parse_options options;
    options.max_depth = 32;  // as json::parse, so that what is accepted can be read
    bj::basic_parser<Onlooker> parser(options);
    bj::error_code error;
    const auto eaten = parser.write_some(false, body.data(), body.size(), error);
    if (error || eaten != body.size()) return std::nullopt;

    const auto& seen = parser.handler();
    if (!seen.saw_object || !seen.saw_entries) return std::nullopt;
    return Glance{.first_entry_time = seen.first_entry_time};
}

DeliveryId first_delivery_id_at(Instant sent_at)
{
    DeliveryId id;
    const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(sent_at.us / 1000, 0));
    for (std::size_t i = 0; i < 6; ++i) id.uuid[i] = static_cast<std::uint8_t>(ms >> (8 * (5 - i)));
    return id;
}

DeliveryId delivery_id(std::string_view body, Glance glance)
{
    constexpr std::int64_t year_10889 = 281'474'976'710;  // the last second that fits
    const auto time = std::clamp<std::int64_t>(glance.first_entry_time, 0, year_10889);
    auto id = first_delivery_id_at(Instant::from_unix_seconds(time));
    const auto hash = crypto::sha256(body);
    for (std::size_t i = 6; i < id.uuid.size(); ++i)
        id.uuid[i] = static_cast<std::uint8_t>(hash[i - 6]);
    id.uuid[6] = static_cast<std::uint8_t>((id.uuid[6] & 0x0F) | 0x80);  // version 8
    id.uuid[8] = static_cast<std::uint8_t>((id.uuid[8] & 0x3F) | 0x80);  // variant of RFC 9562
    return id;
}

DeliveryReading read_delivery(std::string_view body)
{
    DeliveryReading reading;
    try {
        const auto tree = json::parse(body);
        const auto* parts = tree.if_object();
        const auto* object = parts ? parts->if_contains("object") : nullptr;
        const auto* entries = parts ? parts->if_contains("entry") : nullptr;
        if (!object || !object->is_string() || !entries || !entries->is_array()) {
            ++reading.broken;
        } else if (object->get_string() != "page") {
            ++reading.foreign;
        } else {
            for (const auto& entry : entries->get_array()) read_entry(entry, reading);
        }
    } catch (const Failure&) {
        ++reading.broken;
    }
    return reading;
}

std::string note_about(const DeliveryReading& reading)
{
    std::string note;
    const auto add = [&](int count, std::string_view what) {
        if (count == 0) return;
        if (!note.empty()) note += "; ";
        note += fmt::format("{} {}", count, what);
    };
    add(reading.samples, "sample of Meta's app dashboard: the webhook works");
    add(reading.updates, "update of a lead that exists already");
    add(reading.nameless, "entry without values: switch on \"Include values\" at Meta");
    add(reading.foreign, "element that is not about leads");
    add(reading.broken, "element that cannot be read");
    return note;
}

}  // namespace leadcrm::meta
