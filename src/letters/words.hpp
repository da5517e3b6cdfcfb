// What we write to people, in their language. A letter stands as a whole in en.json and in the file
// of each other language, so that whoever translates reads it as its reader does:
//
//     const Words say(reader);
//     return say.letter("confirmation", {{"name", name}}, link);
//     say.counted("rows.leads", 12)  // "12 Leads", from rows.leads_other
//     say.time(at)  // "26. November 2026 um 22:40 Uhr (Europe/Berlin)"
//
// What a text is filled in with is never read as a text: a `{name}` in a name stays one. It is one
// line, so that nothing begins a paragraph of its own. mail::write() escapes the whole for HTML.
#pragma once

#include "letters/reader.hpp"
#include "platform/mail/mail.hpp"
#include "platform/time/instant.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::letters {

struct Filling {
    const char* name;
    std::string value;
};
using Fillings = std::vector<Filling>;

class Words {
public:
    explicit Words(const Reader& reader = {});

    // Throws Failure::internal when there is no such text, or it asks for what is not filled in;
    // so do the others. A test writes each letter in each language.
    mail::Letter letter(
        std::string_view name, const Fillings& fillings, const std::string& link) const;
    std::string text(std::string_view key, const Fillings& fillings = {}) const;
    bool has(std::string_view key) const;
    // `{count}` is filled in; the key's plural form is that of the language.
    std::string counted(const std::string& key, std::int64_t count) const;

    // On the reader's clock; where it shows an hour, it shows whose.
    std::string day(Instant at) const;
    std::string time(Instant at) const;

private:
    Language language_;
    std::string zone_;
};

}  // namespace leadcrm::letters
