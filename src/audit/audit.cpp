#include "audit/audit.hpp"

#include "audit/action.hpp"

#include <boost/json/object.hpp>

#include <variant>

namespace leadcrm::audit {
namespace {

constexpr std::size_t object_max = 200;  // characters
constexpr auto retention_job = "audit.retention";

// The smallest id of a moment: ids are UUIDv7, which begin with their milliseconds.
EntryId first_id_at(Instant at)
{
    EntryId id;
    auto milliseconds = static_cast<std::uint64_t>(at.us / 1000);
    for (std::size_t i = 6; i-- > 0; milliseconds >>= 8U)
        id.uuid[i] = static_cast<std::uint8_t>(milliseconds & 0xffU);
    return id;
}

// The id of what a POST made: `id` of the answer, or of the one thing in it.
std::string id_in(const boost::json::value& answer)
{
    const auto* object = answer.if_object();
    if (!object) return {};
    if (const auto* id = object->if_contains("id"); id && id->is_string())
        return std::string(id->as_string());
    for (const auto& [name, member] : *object)
        if (auto id = member.is_object() ? id_in(member) : std::string(); !id.empty()) return id;
    return {};
}

std::string object_of(const http::Act& act)
{
    std::string object;
    for (const auto& [name, value] : act.request.path_values)
        object += (object.empty() ? "" : " ") + value;
    if (object.empty() && act.request.method == "POST" && !act.answer.body.empty()
        && act.answer.content_type.starts_with("application/json"))
        object = id_in(json::parse(act.answer.body));
    return object.substr(0, object_max);
}

Entry entry_of(const http::Act& act)
{
    Entry entry{.action = act.route.method + " " + act.route.path,
        .what = act.route.endpoint.summary,
        .object = object_of(act),
        .address = act.request.client_address,
        .by_support = act.who.is_support};
    if (act.who.key)
        entry.key_id = act.who.key;
    else
        entry.user_id = act.who.viewer.value_or(act.who.user_id);
    return entry;
}

void narrow_to_who(
    db::Sql& sql, const std::optional<UserId>& user, const std::optional<http::ApiKeyId>& key)
{
    if (user) sql.add(" AND user_id = $", *user);
    if (key) sql.add(" AND key_id = $", *key);
}

bool was_opened_just_now(const db::Reader& db, const Entry& entry)
{
    db::Sql sql("SELECT id FROM audit_log WHERE organization_id = $1 AND object = $2 AND id > $3"
                " AND action = $4",
        entry.object, first_id_at(entry.at - opened_once), entry.action);
    narrow_to_who(sql, entry.user_id, entry.key_id);
    return db.row<EntryId>(sql.add(" LIMIT 1")).has_value();
}

bool is_about_leads(const http::Route& route)
{
    return route.endpoint.right == http::Right::read_leads;
}

}  // namespace

void record(db::Tx& tx, const Entry& entry)
{
    if (!is_action(entry.action))
        throw Failure::internal("the audit log has no words for " + entry.action);
    tx.store("INSERT INTO audit_log (organization_id, {columns}) VALUES ($1, {values})", entry);
}

http::Recorder recorder()
{
    return [](db::PlatformTx& db, const http::Act& act) {
        // What is done on the platform is in no organization's log, but for what says so itself.
        if (!act.who.is_in_organization()) return;
        const bool is_opening = act.route.method == "GET";
        if (is_opening && !act.who.is_support && !is_about_leads(act.route)
            && !http::takes_file(act.route))
            return;
        auto tx = db.in_organization(act.who.organization_id);
        const auto entry = entry_of(act);
        if (is_opening && was_opened_just_now(tx, entry)) return;
        record(tx, entry);
    };
}

std::vector<Entry> list(const db::Reader& db, const Question& question, std::size_t limit)
{
    db::Sql sql("SELECT {columns} FROM audit_log WHERE organization_id = $1");
    narrow_to_who(sql, question.user_id, question.key_id);
    if (question.action) sql.add(" AND action = $", *question.action);
    if (question.object) sql.add(" AND object = $", *question.object);
    if (question.from) sql.add(" AND id >= $", first_id_at(*question.from));
    if (question.until) sql.add(" AND id < $", first_id_at(*question.until));
    if (question.after) sql.add(" AND id < $", *question.after);
    sql.add(" ORDER BY id DESC LIMIT $", std::int64_t(limit));
    return db.rows<Entry>(sql);
}

std::int64_t keep_days(const db::Reader& db)
{
    return db.row<std::int64_t>("SELECT keep_days FROM audit_settings WHERE organization_id = $1")
        .value_or(keep_days_default);
}

void set_keep_days(db::Tx& tx, std::int64_t days)
{
    tx.run("INSERT INTO audit_settings (organization_id, keep_days) VALUES ($1, $2)"
           " ON CONFLICT (organization_id) DO UPDATE SET keep_days = EXCLUDED.keep_days",
        days);
}

std::int64_t remove_old(db::Tx& tx, Instant now, std::int64_t most)
{
    const auto before = first_id_at(now - std::chrono::hours(24) * keep_days(tx));
    return tx.run(R"sql(
        DELETE FROM audit_log WHERE organization_id = $1 AND id IN (
            SELECT id FROM audit_log WHERE organization_id = $1 AND id < $2 ORDER BY id LIMIT $3)
    )sql",
        before, most);
}

void handle_retention(jobs::Workers& workers, db::Database& database)
{
    workers.handle(retention_job, [&database](const jobs::Job&) {
        const auto organizations = database.read_platform([](db::PlatformReader& db) {
            return db.rows<OrganizationId>("SELECT id FROM organizations ORDER BY id");
        });
        for (const auto& each : organizations)
            while (database.write(each, [](db::Tx& tx) { return remove_old(tx, Instant::now()); })
                > 0) { }
        order_retention(database, std::chrono::hours(24));
    });
}

void order_retention(db::Database& database, std::chrono::milliseconds delay)
{
    database.write_platform([&](db::PlatformTx& tx) {
        jobs::enqueue(tx, {.kind = retention_job, .key = "daily", .delay = delay});
    });
}

}  // namespace leadcrm::audit
