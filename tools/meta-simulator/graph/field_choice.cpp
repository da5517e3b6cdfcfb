#include "meta-simulator/graph/field_choice.hpp"

#include "meta-simulator/graph/graph_error.hpp"

#include <cctype>

namespace leadcrm::simulator {

namespace {

constexpr int depth_max = 8;

class FieldParser {
public:
    explicit FieldParser(std::string_view text) : text_(text) { }

    std::vector<FieldChoice> whole()
    {
        auto fields = list(0);
        if (at_ != text_.size()) fail("end of string");
        return fields;
    }

private:
    std::vector<FieldChoice> list(int depth)
    {
        if (depth > depth_max) fail("fewer levels");
        std::vector<FieldChoice> fields;
        do {
            FieldChoice field{.name = word()};
            while (eat('.')) {
                auto argument = word();
                expect('(');
                field.arguments[argument] = up_to(')');
            }
            if (eat('{')) {
                field.fields = list(depth + 1);
                expect('}');
            }
            fields.push_back(std::move(field));
        } while (eat(','));
        return fields;
    }

    std::string word()
    {
        skip_spaces();
        const auto begin = at_;
        while (at_ < text_.size()
            && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_'))
            ++at_;
        if (at_ == begin) fail("a field name");
        return std::string(text_.substr(begin, at_ - begin));
    }

    std::string up_to(char end)
    {
        const auto begin = at_;
        at_ = text_.find(end, at_);
        if (at_ == text_.npos) {
            at_ = text_.size();
            fail(std::string(1, end));
        }
        return std::string(text_.substr(begin, at_++ - begin));
    }

    bool eat(char wanted)
    {
        skip_spaces();
        if (at_ == text_.size() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }

    void expect(char wanted)
    {
        if (!eat(wanted)) fail(std::string(1, wanted));
    }

    void skip_spaces()
    {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }

    [[noreturn]] void fail(const std::string& expected) const
    {
        throw GraphError(2500,
            "Syntax error \"Expected " + expected + "\" at character " + std::to_string(at_) + ": "
                + std::string(text_.substr(0, 200)));
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<FieldChoice> parse_fields(std::string_view text)
{
    if (text.empty()) return {};
    return FieldParser(text).whole();
}

}  // namespace leadcrm::simulator
