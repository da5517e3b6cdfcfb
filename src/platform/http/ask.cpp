#include "platform/http/ask.hpp"

#include "platform/failure.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <charconv>

namespace leadcrm::http {

namespace {

const AskMember* find_member(const std::vector<AskMember>& members, std::string_view name)
{
    const auto found = std::find_if(members.begin(), members.end(),
        [&](const AskMember& member) { return member.name == name && !member.is_if_match; });
    return found == members.end() ? nullptr : &*found;
}

void add_list(boost::json::object& tree, const AskMember& member, std::string_view text)
{
    auto& list = tree[member.name];
    if (!list.is_array()) list.emplace_array();
    while (!text.empty()) {
        const auto item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        if (!item.empty()) list.get_array().push_back(member.from_text(item));
    }
}

void add_query(boost::json::object& tree, const Request& request,
    const std::vector<AskMember>& members, AskSource source, std::vector<FieldError>& wrong)
{
    for (const auto& [name, text] : parse_form(request.query)) {
        if (!is_utf8(name) || !is_utf8(text))
            throw Failure::malformed("The address of this request is not UTF-8.");
        const auto* member = source == AskSource::query ? find_member(members, name) : nullptr;
        if (!member || request.path_values.contains(name))
            wrong.push_back({name, "unknown", "There is no such parameter here."});
        else if (member->is_list)
            add_list(tree, *member, text);
        else if (tree.contains(name))
            wrong.push_back({name, "repeated", "Please give this once."});
        else
            tree[name] = member->from_text(text);
    }
}

bool is_json(std::string_view content_type)
{
    const auto type = content_type.substr(0, content_type.find(';'));
    return same_name(type.substr(0, type.find_last_not_of(" \t") + 1), "application/json");
}

boost::json::object read_body(const Request& request)
{
    if (request.body.empty()) return {};
    if (!is_json(request.header("Content-Type").value_or("")))
        throw Failure(Failure::Kind::unsupported_type,
            "The body of this request must be JSON, sent as Content-Type: application/json.");
    auto tree = json::parse(request.body);
    if (!tree.is_object())
        throw Failure::malformed("The body of this request must be one JSON object: {…}.");
    return std::move(tree.get_object());
}

void add_path(boost::json::object& tree, const Request& request,
    const std::vector<AskMember>& members, std::vector<FieldError>& wrong)
{
    for (const auto& [name, text] : request.path_values) {
        const auto* member = find_member(members, name);
        if (!member) continue;
        if (tree.contains(name))
            wrong.push_back({name, "repeated", "This is given by the address already."});
        tree[name] = member->from_text(text);
    }
}

void add_if_match(
    boost::json::object& tree, const Request& request, const std::vector<AskMember>& members)
{
    for (const auto& member : members) {
        if (!member.is_if_match) continue;
        // A body may not slip a version in under the member's name.
        if (tree.contains(member.name))
            throw Failure::invalid(std::string(member.name), "unknown",
                "The version is given by the If-Match header.");
        const auto text = request.header("If-Match");
        if (!text && member.is_optional) continue;
        if (!text)
            throw Failure(Failure::Kind::precondition_required,
                "Please say which version this change is about: send its ETag as If-Match.");
        std::int64_t version = 0;
        const auto* end = text->data() + text->size() - 1;
        if (text->size() < 3 || text->front() != '"' || text->back() != '"'
            || std::from_chars(text->data() + 1, end, version).ptr != end)
            throw Failure::stale(
                "The If-Match header names no version that was ever here. Please load this again.");
        tree[member.name] = {{"version", version}};
    }
}

}  // namespace

boost::json::object gather_ask(const Request& request, const std::vector<AskMember>& members,
    AskSource source, std::vector<FieldError>& wrong)
{
    auto tree = source == AskSource::body ? read_body(request) : boost::json::object{};
    add_if_match(tree, request, members);
    add_path(tree, request, members, wrong);
    add_query(tree, request, members, source, wrong);
    if (source == AskSource::query)
        for (const auto& member : members)
            if (member.is_list && !member.is_optional && !tree.contains(member.name))
                tree[member.name] = boost::json::array{};
    return tree;
}

void finish_ask(
    const Request& request, std::vector<FieldError> wrong, const std::function<void()>& read)
{
    try {
        read();
    } catch (Failure& failure) {
        if (failure.kind != Failure::Kind::invalid) throw;
        wrong.insert(wrong.end(), failure.fields.begin(), failure.fields.end());
    }
    for (const auto& error : wrong)
        if (error.code != "repeated" && request.path_values.contains(error.field))
            throw Failure::not_found("There is nothing at this address.");
    if (!wrong.empty()) throw Failure::invalid(std::move(wrong));
}

namespace from_text {

boost::json::value boolean(std::string_view text)
{
    if (text == "true") return true;
    if (text == "false") return false;
    return same(text);
}

boost::json::value whole(std::string_view text)
{
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end) return same(text);
    return number;
}

boost::json::value real(std::string_view text)
{
    double number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end) return same(text);
    return number;
}

boost::json::value tree(std::string_view text)
{
    try {
        return json::parse(text);
    } catch (const Failure&) {
        return same(text);
    }
}

}  // namespace from_text

}  // namespace leadcrm::http
