// Who reads what we write: in which language, and on whose clock. Whose they are:
// accounts/reader_of.hpp. The words themselves: words.hpp.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace leadcrm::letters {

// The languages that the app (web/app/src/app/*.json) and its letters (*.json here) are shipped in.
BOOST_DEFINE_ENUM_CLASS(Language, en, de)

struct Reader {
    Language language = Language::en;
    std::string time_zone = "UTC";  // of the IANA database
};
BOOST_DESCRIBE_STRUCT(Reader, (), (language, time_zone))

// The first language of an Accept-Language header that there is, as the app chooses one too.
std::optional<Language> preferred_language(std::string_view accept_language);

}  // namespace leadcrm::letters
