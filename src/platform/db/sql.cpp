#include "platform/db/sql.hpp"

#include "platform/failure.hpp"

#include <algorithm>

namespace leadcrm::db {
namespace {

void append_names(
    std::string& out, std::string_view alias, const std::vector<std::string_view>& names)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i) out += ", ";
        out += alias;
        out += names[i];
    }
}

void append_placeholders(std::string& out, std::size_t count, int first)
{
    for (std::size_t i = 0; i < count; ++i) {
        out += i ? ", $" : "$";
        out += std::to_string(first + static_cast<int>(i));
    }
}

// Numbers the bare `$` in order, after the highest number that is written out; returns the
// highest of all.
int number_parameters(PlainStatement& statement, int highest)
{
    for (const auto& token : statement.tokens) highest = std::max(highest, token.number);
    std::string numbered;
    std::size_t copied = 0;
    for (auto& token : statement.tokens) {
        if (token.kind != Token::Kind::parameter || token.number) continue;
        token.number = ++highest;
        const auto end = token.at + token.size;
        numbered.append(statement.text, copied, end - copied);
        numbered += std::to_string(token.number);
        copied = end;
    }
    if (copied) statement.text = numbered.append(statement.text, copied);
    return highest;
}

}  // namespace

std::string expand_columns(
    std::string_view text, const std::vector<std::string_view>& names, int first_value)
{
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('{');
        const auto close = text.find('}', open == std::string_view::npos ? open : open + 1);
        if (close == std::string_view::npos) break;
        const auto inside = text.substr(open + 1, close - open - 1);
        out += text.substr(0, open);
        if (inside == "columns") {
            append_names(out, "", names);
        } else if (inside == "values") {
            append_placeholders(out, names.size(), first_value);
        } else if (inside.ends_with(".columns")) {
            append_names(out, inside.substr(0, inside.size() - 7), names);
        } else {  // a brace of somebody else's, such as the text '{}'
            out += '{';
            text.remove_prefix(open + 1);
            continue;
        }
        text.remove_prefix(close + 1);
    }
    return out += text;
}

PlainStatement plain(const Statement& statement)
{
    const int own = statement.tenant ? 1 : 0;
    PlainStatement result;
    result.text = statement.columns ? expand_columns(statement.text, statement.columns(), own + 1)
                                    : std::string(statement.text);
    result.tokens = tokens_of(result.text);
    const int wanted = number_parameters(result, own) - own;
    if (wanted != static_cast<int>(statement.values.size()))
        throw Failure::internal("the statement takes " + std::to_string(wanted) + " values, not "
            + std::to_string(statement.values.size()) + ": " + result.text);
    return result;
}

}  // namespace leadcrm::db
