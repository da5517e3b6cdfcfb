#include "meta/delivery_part.hpp"

#include "meta/delivery.hpp"
#include "platform/json/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace leadcrm::meta {
namespace {

constexpr auto hidden = "…";

bool is_number(std::string_view text)
{
    return !text.empty() && text.size() <= 32
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_word(std::string_view text)
{
    return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_';
    });
}

bool may_be_shown(std::string_view name, const json::value& value)
{
    const auto* text = value.if_string();
    if (name == "object" || name == "field") return text && is_word({text->data(), text->size()});
    if (!name.ends_with("id") && !name.ends_with("time")) return false;
    return value.is_int64() || value.is_uint64()
        || (text && is_number({text->data(), text->size()}));
}

void mask(json::value& value, std::string_view name)
{
    if (auto* parts = value.if_object()) {
        for (auto& part : *parts) mask(part.value(), {part.key().data(), part.key().size()});
    } else if (auto* list = value.if_array()) {
        for (auto& element : *list) mask(element, name);
    } else if (!may_be_shown(name, value)) {
        value = hidden;
    }
}

// The page a change is about, by the same rule as in read_delivery().
std::optional<std::string> page_of(const json::value& change, std::optional<std::string> entry_id)
{
    const auto* parts = change.if_object();
    const auto* value = parts ? parts->if_contains("value") : nullptr;
    const auto* lead = value ? value->if_object() : nullptr;
    auto page_id = id_in(lead ? lead->if_contains("page_id") : nullptr);
    return page_id ? page_id : entry_id;
}

// Nothing when the entry has no word about these pages.
std::optional<json::object> own_entry(
    const json::value& entry, const std::set<std::string>& page_ids)
{
    const auto* parts = entry.if_object();
    if (!parts) return std::nullopt;
    const auto entry_id = id_in(parts->if_contains("id"));
    const bool is_own = entry_id && page_ids.contains(*entry_id);
    const auto* changes = parts->if_contains("changes");
    if (!changes || !changes->is_array()) return is_own ? std::optional(*parts) : std::nullopt;

    json::array kept;
    for (const auto& change : changes->get_array())
        if (const auto page_id = page_of(change, entry_id); page_id && page_ids.contains(*page_id))
            kept.push_back(change);
    if (kept.empty()) return std::nullopt;
    // Of an entry under another page's name, only the changes are ours.
    json::object own = is_own ? *parts : json::object();
    own["changes"] = std::move(kept);
    return own;
}

}  // namespace

DeliveryPart part_of(std::string_view body, const std::set<std::string>& page_ids)
{
    json::value tree;
    try {
        tree = json::parse(body);
    } catch (const Failure&) {
        return {};
    }
    const auto* parts = tree.if_object();
    const auto* entries = parts ? parts->if_contains("entry") : nullptr;
    if (!entries || !entries->is_array()) return {};
    json::array kept;
    for (const auto& entry : entries->get_array())
        if (auto own = own_entry(entry, page_ids)) kept.push_back(*std::move(own));
    json::object own;
    if (const auto* object = parts->if_contains("object")) own["object"] = *object;
    own["entry"] = std::move(kept);
    json::value part = std::move(own);
    const auto bytes = json::print(part).size();
    mask(part, "");
    return {json::print(part), bytes};
}

}  // namespace leadcrm::meta
