#include "leads/sample_people.hpp"

#include "leads/folded_text.hpp"

#include <array>
#include <utility>
#include <vector>

namespace leadcrm::leads::samples {
namespace {

// A name, and how it is spelt in an e-mail address.
struct Name {
    std::string text;
    std::string login;
};
using Names = std::vector<Name>;

struct Land {
    std::string_view language;
    int weight;
    Names given;
    Names family;
    bool is_family_first;
    std::string_view between;  // the two names
    std::string_view country_code;
    std::string_view mobile;  // prefix behind the country code, then `digits`
    int digits;
    bool has_trunk_zero;
};

// "Иван=ivan Ольга=olga", or "Ana Zoë": then the login is the folded name.
Names names(std::string_view text)
{
    Names found;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto equals = word.find('=');
        if (equals == std::string_view::npos)
            found.push_back({std::string(word), fold(word)});
        else
            found.push_back(
                {std::string(word.substr(0, equals)), std::string(word.substr(equals + 1))});
    }
    return found;
}

const std::vector<Land>& lands()
{
    static const std::vector<Land> lands = {
        {"de", 20,
            names(
                "Anna Lukas Jürgen Björn Käthe Sophie Jonas Mia Felix Lena Paul Emma Ben Clara Max "
                "Johanna Tim Ute Heike Wolfgang Sabine Stefan Jörg Günther Änne Theresa"),
            names(
                "Müller Schmidt Schneider Fischer Weber Groß Weiß Köhler Jäger Schröder Bauer Koch "
                "Richter Wolf Neumann Schwarz Zimmermann Krüger Hofmann Lange Strauß Böhm Vogel"),
            false, " ", "49", "15", 9, true},
        {"en", 20,
            names(
                "James Olivia Liam Emily Noah Ava Jack Grace Harry Chloe George Ruby Oscar Amelia "
                "Siobhán Zoë Dylan Megan Aisling Callum Hannah Joshua Bethany Kwame Priya"),
            names(
                "Smith Jones Taylor Brown Williams O'Brien Evans Walker Wright Thompson Hughes Green "
                "Clarke Patel MacDonald Campbell Murphy Kelly Edwards Okafor Turner Baker"),
            false, " ", "44", "77", 8, true},
        {"es", 12,
            names(
                "Ana José María Lucía Martín Sofía Mateo Íñigo Carmen Javier Elena Pablo Rocío Álvaro "
                "Begoña Andrés Nuria Raúl Inés Tomás"),
            names(
                "García Ruiz Núñez Muñoz Fernández López Martínez Sánchez Pérez Gómez Díaz Ibáñez "
                "Ortega Vázquez Peña Castaño Gutiérrez"),
            false, " ", "34", "6", 8, false},
        {"fr", 8,
            names(
                "Chloé Hugo Léa Zoé Anaïs Théo Camille Jérôme Hélène François Agnès Noël Benoît Inès "
                "Maëlys Étienne Solène"),
            names(
                "Martin Bernard Dubois Lefèvre Moreau Girard Garçon Fournier Mercier Boyer Lévêque "
                "Gauthier Crête Delaunay"),
            false, " ", "33", "6", 8, true},
        {"it", 6, names("Giulia Luca Sofia Niccolò Chiara Matteo Elisa Davide Martina Andrea Noè"),
            names("Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci D'Angelo Conti"),
            false, " ", "39", "34", 8, false},
        {"tr", 6,
            names(
                "Ayşe Mehmet Çağla Ömer Gülşen İbrahim Işıl Şükrü Zeynep Özgür Yağmur Deniz Emre"),
            names("Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Doğan Koç Güneş"), false, " ",
            "90", "53", 8, true},
        {"pl", 5,
            names("Łukasz Małgorzata Paweł Zofia Krzysztof Agnieszka Michał Żaneta Wojciech Ewa"),
            names(
                "Kowalski Wiśniewska Wójcik Kamiński Zieliński Szymański Woźniak Dąbrowska Łuczak"),
            false, " ", "48", "5", 8, false},
        {"pt", 5,
            names("João Beatriz Gonçalo Inês Thiago Conceição Luís Mariana Antônio Letícia Zélia"),
            names("Silva Santos Araújo Gonçalves Magalhães Ribeiro Carvalho Simões Brandão"), false,
            " ", "55", "119", 8, false},
        {"vi", 3,
            names("An=an Bảo=bao Châu=chau Dũng=dung Hạnh=hanh Linh=linh Phương=phuong Quân=quan"),
            names("Nguyễn=nguyen Trần=tran Lê=le Phạm=pham Huỳnh=huynh Đặng=dang Bùi=bui"), true,
            " ", "84", "9", 8, true},
        {"ru", 4,
            names("Иван=ivan Ольга=olga Сергей=sergey Наталья=natalya Алёна=alyona Дмитрий=dmitry "
                  "Юлия=yulia Андрей=andrey"),
            names(
                "Иванов=ivanov Смирнов=smirnov Кузнецова=kuznetsova Попов=popov Соколова=sokolova "
                "Шевченко=shevchenko"),
            false, " ", "7", "91", 8, false},
        {"uk", 3,
            names("Олена=olena Тарас=taras Оксана=oksana Богдан=bohdan Ірина=iryna Їжак=yizhak"),
            names("Шевченко=shevchenko Коваленко=kovalenko Бондаренко=bondarenko Ткачук=tkachuk"),
            false, " ", "380", "67", 7, false},
        {"el", 2, names("Γιώργος=giorgos Ελένη=eleni Νίκος=nikos Κατερίνα=katerina Σοφία=sofia"),
            names("Παπαδόπουλος=papadopoulos Βασιλείου=vasileiou Ιωάννου=ioannou"), false, " ",
            "30", "69", 8, false},
        {"ar", 4,
            names(
                "محمد=mohammed فاطمة=fatima أحمد=ahmed نور=noor ليلى=layla يوسف=yousef مريم=maryam"),
            names("العلي=alali حداد=haddad منصور=mansour الخطيب=alkhatib"), false, " ", "971", "50",
            7, false},
        {"he", 1, names("נועה=noa דוד=david תמר=tamar יוסי=yossi"),
            names("כהן=cohen לוי=levi מזרחי=mizrahi"), false, " ", "972", "50", 7, false},
        {"hi", 3, names("आरव=aarav प्रिया=priya राहुल=rahul अनन्या=ananya संदीप=sandeep"),
            names("शर्मा=sharma वर्मा=verma सिंह=singh गुप्ता=gupta"), false, " ", "91", "98", 8, false},
        {"zh", 3, names("小明=xiaoming 丽=li 伟=wei 芳=fang 娜=na 秀英=xiuying 磊=lei"),
            names("王=wang 李=li 张=zhang 刘=liu 陈=chen 杨=yang 赵=zhao"), true, "", "86", "138",
            8, false},
        {"ja", 2, names("太郎=taro 花子=hanako さくら=sakura 健太=kenta 美咲=misaki"),
            names("佐藤=sato 鈴木=suzuki 高橋=takahashi 田中=tanaka"), true, "", "81", "90", 8,
            true},
        {"ko", 2, names("민준=minjun 서연=seoyeon 지우=jiwoo 하은=haeun"),
            names("김=kim 이=lee 박=park 최=choi 정=jung"), true, "", "82", "10", 8, true},
        {"th", 1, names("สมชาย=somchai มาลี=malee นภา=napha"),
            names("แสงทอง=saengthong ศรีสุข=srisuk"), false, " ", "66", "8", 8, true},
    };
    return lands;
}

const Land& some_land(Dice& dice)
{
    static const auto total = [] {
        int sum = 0;
        for (const auto& land : lands()) sum += land.weight;
        return sum;
    }();
    auto at = int(dice.roll(std::size_t(total)));
    for (const auto& land : lands())
        if ((at -= land.weight) < 0) return land;
    return lands().front();
}

constexpr std::array<std::string_view, 7> domains{"gmail.com", "outlook.com", "yahoo.com",
    "web.example", "icloud.com", "mail.example", "firma.example"};

std::string only_letters(const std::string& login)
{
    std::string letters;
    for (const char c : login)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
    return letters;
}

std::string email_of(Dice& dice, const Name& given, const Name& family)
{
    auto address = only_letters(given.login) + '.' + only_letters(family.login);
    if (dice.chance(75)) address += std::to_string(dice.roll(10'000));
    address += '@';
    return address += dice.one_of(domains);
}

// People type their own number with or without the country, with spaces where they like.
std::string typed(Dice& dice, const Land& land, const std::string& national)
{
    switch (dice.roll(3)) {
    case 0:
        return "+" + std::string(land.country_code) + national;
    case 1:
        return "+" + std::string(land.country_code) + " " + national.substr(0, 3) + " "
            + national.substr(3);
    default:
        return (land.has_trunk_zero ? "0" : "") + national.substr(0, 4) + " " + national.substr(4);
    }
}

}  // namespace

Somebody make_somebody(Dice& dice)
{
    const auto& land = some_land(dice);
    const auto& given = dice.one_of(land.given);
    const auto& family = dice.one_of(land.family);
    const auto& first = land.is_family_first ? family : given;
    const auto& second = land.is_family_first ? given : family;

    std::string national(land.mobile);
    for (int i = 0; i < land.digits; ++i) national += char('0' + dice.roll(10));

    Somebody somebody;
    somebody.name = first.text + std::string(land.between) + second.text;
    somebody.email = email_of(dice, given, family);
    somebody.phone = "+" + std::string(land.country_code) + national;
    somebody.phone_raw = typed(dice, land, national);
    somebody.language = land.language;
    return somebody;
}

}  // namespace leadcrm::leads::samples
