#include "meta-simulator/world/people.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace leadcrm::simulator {

namespace {

// The numbers are mobile ones of ranges in use, so that a telephone library takes them for real.
const std::vector<Country>& all_countries()
{
    static const std::vector<Country> table{
        {"DE", "de_DE", "+49", "0", "151", 8,
            {{"Jürgen", "juergen"}, {"Anja", "anja"}, {"Sönke", "soenke"}, {"Lena", "lena"},
                {"Max", "max"}, {"Käthe", "kaethe"}},
            {{"Müller", "mueller"}, {"Groß", "gross"}, {"Schäfer", "schaefer"}, {"Weber", "weber"},
                {"Özdemir", "oezdemir"}},
            {"Berlin", "München", "Köln", "Görlitz"}},
        {"US", "en_US", "+1", "", "212", 7,
            {{"Jane", "jane"}, {"Marcus", "marcus"}, {"Shanice", "shanice"}, {"José", "jose"},
                {"Mary-Ann", "mary-ann"}},
            {{"O'Neil", "oneil"}, {"Nguyen", "nguyen"}, {"Smith", "smith"},
                {"van der Berg", "vanderberg"}, {"Lee", "lee"}},
            {"New York", "Austin", "St. Louis", "Winston-Salem"}},
        {"ES", "es_ES", "+34", "", "61", 7,
            {{"Ana", "ana"}, {"Íñigo", "inigo"}, {"María José", "mariajose"}, {"Begoña", "begona"}},
            {{"Ruiz", "ruiz"}, {"Muñoz", "munoz"}, {"García Núñez", "garcianunez"},
                {"de la Fuente", "delafuente"}},
            {"Madrid", "A Coruña", "Cádiz", "Málaga"}},
        {"FR", "fr_FR", "+33", "0", "61", 7,
            {{"Éloïse", "eloise"}, {"Noël", "noel"}, {"Françoise", "francoise"}, {"Hugo", "hugo"}},
            {{"Lefèvre", "lefevre"}, {"Dupont", "dupont"}, {"D'Amico", "damico"},
                {"Garçon", "garcon"}},
            {"Paris", "Besançon", "Orléans", "Saint-Étienne"}},
        {"PL", "pl_PL", "+48", "", "512", 6,
            {{"Łukasz", "lukasz"}, {"Małgorzata", "malgorzata"}, {"Zofia", "zofia"}},
            {{"Wójcik", "wojcik"}, {"Błaszczyk", "blaszczyk"}, {"Żak", "zak"}},
            {"Łódź", "Kraków", "Gdańsk"}},
        {"TR", "tr_TR", "+90", "0", "532", 7,
            {{"İbrahim", "ibrahim"}, {"Ayşe", "ayse"}, {"Çağla", "cagla"}, {"Işıl", "isil"}},
            {{"Yılmaz", "yilmaz"}, {"Şahin", "sahin"}, {"Öztürk", "ozturk"}},
            {"İstanbul", "İzmir", "Diyarbakır"}},
        {"BR", "pt_BR", "+55", "0", "119612", 5,
            {{"João", "joao"}, {"Conceição", "conceicao"}, {"Thaís", "thais"}},
            {{"da Silva", "dasilva"}, {"Gonçalves", "goncalves"}, {"Araújo", "araujo"}},
            {"São Paulo", "Brasília", "Belém"}},
        {"EG", "ar_AR", "+20", "0", "100", 7,
            {{"محمد", "mohamed"}, {"فاطمة", "fatma"}, {"أحمد", "ahmed"}, {"نور", "nour"}},
            {{"حسن", "hassan"}, {"عبد الله", "abdallah"}, {"السيد", "elsayed"}},
            {"القاهرة", "الإسكندرية", "الجيزة"}},
        {"IL", "he_IL", "+972", "0", "502", 6,
            {{"נועה", "noa"}, {"איתי", "itay"}, {"שירה", "shira"}},
            {{"כהן", "cohen"}, {"לוי", "levi"}, {"בן־דוד", "bendavid"}},
            {"תל אביב", "חיפה", "ירושלים"}},
        {"UA", "uk_UA", "+380", "0", "50", 7,
            {{"Олена", "olena"}, {"Ігор", "ihor"}, {"Наталія", "nataliia"}},
            {{"Шевченко", "shevchenko"}, {"Коваль", "koval"}, {"Їжакевич", "yizhakevych"}},
            {"Київ", "Львів", "Одеса"}},
        {"GR", "el_GR", "+30", "", "694", 7,
            {{"Γιώργος", "giorgos"}, {"Ελένη", "eleni"}, {"Νίκος", "nikos"}},
            {{"Παπαδόπουλος", "papadopoulos"}, {"Γεωργίου", "georgiou"}},
            {"Αθήνα", "Θεσσαλονίκη", "Πάτρα"}},
        {"CN", "zh_CN", "+86", "", "131", 8, {{"小明", "xiaoming"}, {"芳", "fang"}, {"伟", "wei"}},
            {{"王", "wang"}, {"李", "li"}, {"欧阳", "ouyang"}}, {"北京", "上海", "深圳"}, true, ""},
        {"JP", "ja_JP", "+81", "0", "902", 7,
            {{"花子", "hanako"}, {"太郎", "taro"}, {"さくら", "sakura"}},
            {{"山田", "yamada"}, {"佐藤", "sato"}, {"齋藤", "saito"}}, {"東京", "大阪", "札幌"},
            true, ""},
        {"IN", "hi_IN", "+91", "0", "98", 8,
            {{"प्रिया", "priya"}, {"राहुल", "rahul"}, {"Deepak", "deepak"}},
            {{"शर्मा", "sharma"}, {"Iyer", "iyer"}, {"सिंह", "singh"}}, {"मुंबई", "दिल्ली", "Chennai"}},
        {"TH", "th_TH", "+66", "0", "81", 7,
            {{"สมชาย", "somchai"}, {"มะลิ", "mali"}, {"ชลธิชา", "chonthicha"}},
            {{"ใจดี", "jaidee"}, {"สุขสวัสดิ์", "suksawat"}}, {"กรุงเทพฯ", "เชียงใหม่"}},
        {"VN", "vi_VN", "+84", "0", "91", 7,
            {{"Thị Hương", "huong"}, {"Văn Đức", "duc"}, {"Quỳnh", "quynh"}},
            {{"Nguyễn", "nguyen"}, {"Trần", "tran"}, {"Đặng", "dang"}}, {"Hà Nội", "Đà Nẵng"},
            true},
    };
    return table;
}

std::string make_phone(Dice& dice, const Country& country)
{
    std::string number(country.mobile);
    // 2 … 9 first: in North America no exchange begins with 0 or 1, elsewhere it does no harm.
    number += static_cast<char>('2' + dice.below(8));
    for (int i = 1; i < country.digits; ++i) number += static_cast<char>('0' + dice.below(10));
    if (!dice.chance(0.12)) return std::string(country.calling_code) + number;

    // As typed at home: no country code, and perhaps a space.
    std::string typed = std::string(country.trunk) + number;
    if (dice.chance(0.5)) typed.insert(typed.size() - number.size() + 3, " ");
    return typed;
}

std::string make_email(Dice& dice, const Name& first, const Name& last)
{
    // Names kept for documentation, so that no mail ever reaches anybody.
    constexpr std::array<std::string_view, 4> hosts{
        "example.com", "example.org", "mail.example.net", "example.net"};
    std::string email = std::string(first.latin) + "." + std::string(last.latin);
    email += std::to_string(dice.below(10'000));
    return email + "@" + std::string(dice.pick(hosts));
}

}  // namespace

std::span<const Country> countries() { return all_countries(); }

const Country& country(std::string_view code)
{
    const auto& table = all_countries();
    const auto found = std::ranges::find(table, code, &Country::code);
    return found == table.end() ? table.front() : *found;
}

Person make_person(Dice& dice, const Country& country)
{
    const Name& first = dice.pick(country.first_names);
    const Name& last = dice.pick(country.last_names);
    Person person{.first_name = std::string(first.text), .last_name = std::string(last.text)};
    auto before = person.first_name;
    auto after = person.last_name;
    if (country.family_name_first) std::swap(before, after);
    person.full_name = before + std::string(country.between_names) + after;
    person.email = make_email(dice, first, last);
    person.phone = make_phone(dice, country);
    person.city = dice.pick(country.cities);
    person.postal_code = std::to_string(10'000 + dice.below(89'999));
    return person;
}

std::string make_remark(Dice& dice)
{
    constexpr std::array<std::string_view, 14> remarks{
        "Please call after 6 pm.",
        "Je préfère un e-mail, merci 🙏",
        "😀🏡 ganz dringend!!",
        "<b>Rückruf</b> bitte & keine Werbung",
        "<script>alert('hello')</script>",
        "أفضل الاتصال مساءً",
        "אני מעדיפה וואטסאפ",
        "希望尽快联系我",
        "First line\nsecond line\r\nthird line",
        "=HYPERLINK(\"http://example.com\",\"click\")",
        "5 < 7 > 3 & \"quotes\" 'single' \\ backslash / slash",
        "👩‍👩‍👧‍👦 family of four",
        "Zoë → naïve façade, 50 % off",
        "+1 for the blue one",
    };
    return std::string(dice.pick(remarks));
}

}  // namespace leadcrm::simulator
