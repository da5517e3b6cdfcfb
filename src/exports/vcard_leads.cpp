#include "exports/vcard_leads.hpp"

#include "exports/summed_file.hpp"

#include <algorithm>
#include <array>

namespace leadcrm::exports {
namespace {

constexpr std::size_t line_bytes_max = 75;
constexpr std::size_t answer_bytes_max = 200;
constexpr std::size_t note_bytes_max = 1000;
constexpr auto line_end = "\r\n";

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// At most so many bytes, whole characters.
std::string_view front_of(std::string_view text, std::size_t bytes_max)
{
    if (text.size() <= bytes_max) return text;
    while (bytes_max > 0 && is_inside_character(text[bytes_max])) --bytes_max;
    return text.substr(0, bytes_max);
}

std::string shortened(std::string_view text, std::size_t bytes_max)
{
    const auto front = front_of(text, bytes_max);
    return std::string(front) + (front.size() < text.size() ? "…" : "");
}

// "20261123T081530Z"
std::string card_time(Instant at)
{
    auto text = rfc3339({at.us - at.us % 1'000'000});
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

const std::string* answer_to(const std::vector<leads::Answer>& answers, std::string_view key)
{
    const auto found = std::ranges::find(answers, key, &leads::Answer::key);
    return found == answers.end() || found->values.size() != 1 ? nullptr : &found->values.front();
}

// Family and given name, where the person gave them apart; nobody can tell from the whole.
std::string parts_of_name(const leads::Lead& lead, const std::vector<leads::Answer>& answers)
{
    const auto* first = answer_to(answers, "first_name");
    const auto* last = answer_to(answers, "last_name");
    if (first && last && *first + " " + *last == lead.name)
        return card_text(*last) + ";" + card_text(*first) + ";;;";
    return ";" + card_text(lead.name) + ";;;";
}

bool repeats_contact(const leads::Lead& lead, const leads::Answer& answer)
{
    static constexpr std::array contact{
        "full_name", "first_name", "last_name", "email", "phone_number"};
    return std::ranges::find(contact, answer.key) != contact.end()
        || std::ranges::any_of(answer.values, [&](const std::string& value) {
               return value == lead.name || value == lead.email || value == lead.phone
                   || value == lead.phone_raw;
           });
}

// What else the person answered, shortened: a phone shows it beside the number.
std::string note_of(const leads::Lead& lead, const std::vector<leads::Answer>& answers)
{
    std::string note;
    for (const auto& answer : answers) {
        if (answer.values.empty() || repeats_contact(lead, answer)) continue;
        std::string line = answer.label + ":";
        for (const auto& value : answer.values) line += " " + value;
        note += (note.empty() ? "" : "\n") + shortened(line, answer_bytes_max);
    }
    return shortened(note, note_bytes_max);
}

std::string categories_of(const leads::Lead& lead, SharedWords& words)
{
    auto text = card_text(lead.stage.name);
    const auto& form = words.source_names(lead.source.text)[2];
    if (!form.empty()) text += (text.empty() ? "" : ",") + card_text(form);
    if (lead.is_test) text += (text.empty() ? "" : ",") + std::string("Test");
    return text;
}

class VcardFile : public LeadFile {
public:
    explicit VcardFile(const std::filesystem::path& path) : file_(path) { }

    void add(const LeadPage& page) override
    {
        text_.clear();
        for (const auto& lead : page.leads) append_card(text_, lead, words_);
        file_.write(text_);
    }
    std::string finish(std::int64_t) override { return file_.finish(); }

private:
    SummedFile file_;
    SharedWords words_;
    std::string text_;  // of a page
};

}  // namespace

void append_card_line(std::string& card, std::string_view name, std::string_view value)
{
    std::string whole;
    whole.reserve(name.size() + 1 + value.size());
    whole.append(name).append(":").append(value);
    std::string_view rest = whole;
    auto line = front_of(rest, line_bytes_max);
    card += line;
    for (rest.remove_prefix(line.size()); !rest.empty(); rest.remove_prefix(line.size())) {
        line = front_of(rest, line_bytes_max - 1);
        card.append(line_end).append(" ").append(line);
    }
    card += line_end;
}

std::string card_text(std::string_view text)
{
    std::string value;
    value.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' || c == ',' || c == ';') {
            value += '\\';
            value += c;
        } else if (c == '\n' || (c == '\r' && text.substr(i + 1, 1) != "\n")) {
            value += "\\n";
        } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
            value += c;
        } else if (c == '\t') {
            value += ' ';
        }
    }
    return value;
}

void append_card(std::string& card, const leads::Lead& lead, SharedWords& words)
{
    const auto answers = json::from_text<std::vector<leads::Answer>>(lead.answers.text);
    const auto name = lead.name.empty() ? "Lead " + std::to_string(lead.number) : lead.name;
    card += "BEGIN:VCARD\r\nVERSION:4.0\r\n";
    append_card_line(card, "UID", "urn:uuid:" + uuid_text(lead.id.uuid));
    append_card_line(card, "REV", card_time(lead.updated_at));
    append_card_line(card, "FN", card_text(name));
    append_card_line(card, "N", parts_of_name(lead, answers));
    if (!lead.contact_hidden) {
        const auto& phone = lead.phone ? lead.phone : lead.phone_raw;
        // As text: a tel: URI may not hold what people type, and fewer address books read one.
        if (phone) append_card_line(card, "TEL", card_text(*phone));
        if (lead.email) append_card_line(card, "EMAIL", card_text(*lead.email));
    }
    if (const auto categories = categories_of(lead, words); !categories.empty())
        append_card_line(card, "CATEGORIES", categories);
    if (const auto note = note_of(lead, answers); !note.empty())
        append_card_line(card, "NOTE", card_text(note));
    card += "END:VCARD\r\n";
}

std::unique_ptr<LeadFile> make_vcard_file(const std::filesystem::path& path)
{
    return std::make_unique<VcardFile>(path);
}

}  // namespace leadcrm::exports
