#include "leads/lead_search.hpp"

#include "platform/crypto/crypto.hpp"

#include <algorithm>

namespace leadcrm::leads {
namespace {

constexpr int pages_a_step = 256;  // some ten milliseconds, while others wait to write

std::string table_of(const db::Reader& db)
{
    const auto& uuid = db.organization_id().uuid;
    return "lead_search_" + crypto::hex({reinterpret_cast<const char*>(uuid.data()), uuid.size()});
}

// Where each character of UTF-8 text begins, and the end.
std::vector<std::size_t> character_starts(std::string_view text)
{
    std::vector<std::size_t> starts;
    for (std::size_t at = 0; at < text.size(); ++at)
        if ((text[at] & 0xC0) != 0x80) starts.push_back(at);
    starts.push_back(text.size());
    return starts;
}

// "\"ann\" AND \"nna\"": FTS5 without positions knows no phrases, so each trigram is a word.
std::string fts_query(const std::vector<Term>& terms)
{
    std::string query;
    for (const auto& term : terms) {
        const auto text = term.padded();
        const auto starts = character_starts(text);
        for (std::size_t i = 0; i + 3 < starts.size(); ++i) {
            query += query.empty() ? "\"" : " AND \"";
            for (const char c : text.substr(starts[i], starts[i + 3] - starts[i]))
                query += c == '"' ? std::string("\"\"") : std::string(1, c);
            query += '"';
        }
    }
    return query;
}

// The longest is the rarest, as a rule.
std::string rarest_key(const std::vector<Term>& terms)
{
    std::string longest;
    for (const auto& term : terms)
        if (auto key = ascii_key(term.padded()); key.size() > longest.size())
            longest = std::move(key);
    return longest;
}

}  // namespace

void open_search(db::Tx& tx)
{
    if (tx.dialect() != db::Dialect::sqlite) return;
    tx.run("CREATE VIRTUAL TABLE " + table_of(tx)
        + " USING fts5(text, content = '', columnsize = 0, detail = none,"
          " tokenize = 'trigram case_sensitive 1')");
}

void make_search_anew(db::Tx& tx)
{
    using Searched = std::tuple<std::int64_t, std::string>;
    constexpr int page = 1000;
    close_search(tx);
    open_search(tx);
    std::vector<Searched> rows;
    std::int64_t last = 0;
    do {
        rows = tx.rows<Searched>("SELECT number, search_text FROM leads"
                                 " WHERE organization_id = $1 AND number > $2"
                                 " ORDER BY number LIMIT $3",
            last, page);
        for (const auto& [number, text] : rows) {
            add_to_search(tx, number, text);
            last = number;
        }
    } while (int(rows.size()) == page);
}

void close_search(db::Tx& tx)
{
    if (tx.dialect() == db::Dialect::sqlite) tx.run("DROP TABLE IF EXISTS " + table_of(tx));
}

void add_to_search(db::Tx& tx, std::int64_t number, const std::string& search_text)
{
    if (tx.dialect() == db::Dialect::sqlite)
        tx.run(
            "INSERT INTO " + table_of(tx) + " (rowid, text) VALUES ($2, $3)", number, search_text);
    else
        tx.run(R"sql(
            INSERT INTO lead_search (organization_id, number, search_key) VALUES ($1, $2, $3)
        )sql",
            number, ascii_key(search_text));
}

void change_in_search(
    db::Tx& tx, std::int64_t number, const std::string& old_text, const std::string& new_text)
{
    if (old_text == new_text) return;
    if (tx.dialect() == db::Dialect::sqlite) {
        const auto table = table_of(tx);
        tx.run("INSERT INTO " + table + " (" + table + ", rowid, text) VALUES ('delete', $2, $3)",
            number, old_text);
        add_to_search(tx, number, new_text);
    } else {
        tx.run(R"sql(
            UPDATE lead_search SET search_key = $3 WHERE organization_id = $1 AND number = $2
        )sql",
            number, ascii_key(new_text));
    }
}

void remove_from_search(db::Tx& tx, std::int64_t number, const std::string& search_text)
{
    if (tx.dialect() == db::Dialect::sqlite) {
        const auto table = table_of(tx);
        tx.run("INSERT INTO " + table + " (" + table + ", rowid, text) VALUES ('delete', $2, $3)",
            number, search_text);
    } else {
        tx.run("DELETE FROM lead_search WHERE organization_id = $1 AND number = $2", number);
    }
}

bool tidy_search(db::Tx& tx, bool is_first)
{
    if (tx.dialect() != db::Dialect::sqlite) return false;
    const auto table = table_of(tx);
    // Below zero: begin to merge all there is, however few segments that are.
    tx.run("INSERT INTO " + table + " (" + table + ", rank) VALUES ('merge', $2)",
        is_first ? -pages_a_step : pages_a_step);
    return tx.one<std::int64_t>("SELECT COUNT(DISTINCT segid) FROM " + table + "_idx") > 1;
}

std::int64_t tidying_steps(const db::Reader& db)
{
    if (db.dialect() != db::Dialect::sqlite) return 0;
    // A row for each page, also those inside a long list of one term, which _idx does not name.
    // Some steps go to what is added meanwhile.
    const auto pages = db.one<std::int64_t>("SELECT COUNT(*) FROM " + table_of(db) + "_data");
    return 2 * (pages / pages_a_step + 8);
}

std::vector<std::int64_t> find_candidates(
    const db::Reader& db, const std::vector<Term>& terms, int most)
{
    if (db.dialect() == db::Dialect::sqlite) {
        const auto table = table_of(db);
        return db.rows<std::int64_t>("SELECT rowid FROM " + table + " WHERE " + table
                + " MATCH $2 ORDER BY rowid DESC LIMIT $3",
            fts_query(terms), most);
    }
    db.rows<bool>("SELECT app_set_search($2)", like_pattern(rarest_key(terms)));
    return db.rows<std::int64_t>(R"sql(
        SELECT number FROM lead_search WHERE organization_id = $1 ORDER BY number DESC LIMIT $2
    )sql",
        most);
}

}  // namespace leadcrm::leads
