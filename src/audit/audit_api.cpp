#include "audit/audit_api.hpp"

#include "audit/audit.hpp"
#include "audit/object_names.hpp"
#include "platform/csv.hpp"

#include <map>

namespace leadcrm::audit {

// A person or a key, by the name of today; empty when it is gone.
struct Actor {
    std::string kind;  // person, key or support: one of the operator's people
    std::string id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Actor, (), (kind, id, name))

struct EntryView {
    EntryId id;
    Instant at;
    std::optional<Actor> who;  // nobody: the system
    std::string action;
    std::string what;
    Outcome outcome = Outcome::done;
    std::string object;
    std::optional<std::string> object_name;  // of today; none: it has none, or is gone
    std::string address;
};
BOOST_DESCRIBE_STRUCT(
    EntryView, (), (id, at, who, action, what, outcome, object, object_name, address))

struct ListEntries {
    std::optional<UserId> user_id;
    std::optional<http::ApiKeyId> key_id;
    std::optional<Text<1, 200>> action;
    std::optional<Text<1, 200>> object;
    std::optional<Instant> from;
    std::optional<Instant> until;
    std::optional<EntryId> cursor;
    std::optional<Whole<1, 200>> limit;
};
BOOST_DESCRIBE_STRUCT(
    ListEntries, (), (user_id, key_id, action, object, from, until, cursor, limit))

struct DownloadEntries {
    std::optional<UserId> user_id;
    std::optional<http::ApiKeyId> key_id;
    std::optional<Text<1, 200>> action;
    std::optional<Text<1, 200>> object;
    std::optional<Instant> from;
    std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(DownloadEntries, (), (user_id, key_id, action, object, from, until))

struct Retention {
    Whole<30, 3650> keep_days;
};
BOOST_DESCRIBE_STRUCT(Retention, (), (keep_days))

namespace {

constexpr std::size_t limit_default = 50;
constexpr std::size_t download_max = 100'000;

// Names of those who did what is shown.
class Names {
public:
    Names(const db::Reader& db, const std::vector<Entry>& entries)
    {
        std::vector<Uuid> users;
        std::vector<Uuid> keys;
        for (const auto& entry : entries) {
            if (entry.user_id && names_.emplace(entry.user_id->uuid, "").second)
                users.push_back(entry.user_id->uuid);
            if (entry.key_id && names_.emplace(entry.key_id->uuid, "").second)
                keys.push_back(entry.key_id->uuid);
        }
        look_up(db, "SELECT id, name FROM users WHERE TRUE", users);
        look_up(db, "SELECT id, name FROM api_keys WHERE organization_id = $1", keys);
    }

    std::optional<Actor> of(const Entry& entry) const
    {
        if (entry.user_id)
            return Actor{entry.by_support ? "support" : "person", entry.user_id->text(),
                names_.at(entry.user_id->uuid)};
        if (entry.key_id) return Actor{"key", entry.key_id->text(), names_.at(entry.key_id->uuid)};
        return std::nullopt;
    }

private:
    void look_up(const db::Reader& db, const char* text, const std::vector<Uuid>& ids)
    {
        if (ids.empty()) return;
        db::Sql sql(text);
        sql.add_in("id", ids);
        for (const auto& [id, name] : db.rows<std::tuple<Uuid, std::string>>(sql))
            names_[id] = name;
    }

    std::map<Uuid, std::string> names_;
};

std::string shown_name(const Actor& who)
{
    return who.kind == "support" ? "Support (" + who.name + ")" : who.name;
}

template <class Ask>
Question question_of(const Ask& ask)
{
    Question question{.user_id = ask.user_id, .key_id = ask.key_id};
    if (ask.action) question.action = ask.action->value;
    if (ask.object) question.object = ask.object->value;
    question.from = ask.from;
    question.until = ask.until;
    return question;
}

http::Page<EntryView> list_entries(db::Reader& db, const http::Caller&, const ListEntries& ask)
{
    auto question = question_of(ask);
    question.after = ask.cursor;
    const auto limit = ask.limit ? std::size_t(ask.limit->value) : limit_default;
    auto entries = list(db, question, limit + 1);
    http::Page<EntryView> page;
    if (entries.size() > limit) {
        entries.pop_back();
        page.next_cursor = entries.back().id.text();
    }
    const Names names(db, entries);
    const ObjectNames objects(db, entries);
    for (auto& entry : entries) {
        auto name = objects.of(entry.object);
        page.data.push_back({entry.id, entry.at, names.of(entry), std::move(entry.action),
            std::move(entry.what), entry.outcome, std::move(entry.object),
            name.empty() ? std::nullopt : std::optional(std::move(name)),
            std::move(entry.address)});
    }
    return page;
}

http::Download download(db::Reader& db, const http::Caller&, const DownloadEntries& ask)
{
    const auto entries = list(db, question_of(ask), download_max);
    const Names names(db, entries);
    std::string text = "at,who,who_id,action,what,outcome,object,address\r\n";
    for (const auto& entry : entries) {
        const auto who = names.of(entry);
        csv::append_row(text,
            {rfc3339(entry.at), who ? shown_name(*who) : "", who ? who->id : "", entry.action,
                entry.what, boost::describe::enum_to_string(entry.outcome, ""), entry.object,
                entry.address});
    }
    return {"text/csv; charset=utf-8", "audit-log.csv", std::move(text)};
}

Retention read_retention(db::Reader& db, const http::Caller&, const http::Nothing&)
{
    return {{keep_days(db)}};
}

Retention put_retention(db::Tx& tx, const http::Caller&, const Retention& ask)
{
    set_keep_days(tx, ask.keep_days.value);
    return ask;
}

}  // namespace

void add_routes(http::Routes& api)
{
    using http::Right;
    api.read("GET", "/api/v1/audit", list_entries,
        {.summary = "Who did what, when and from where",
            .right = Right::manage_organization,
            .description =
                "Every change, every lead that was opened, every file that was fetched, signing in and "
                "out; the newest first. "
                "`object` is the id it was done to, `object_name` what that is called today. `who` is null for what the server did by "
                "itself. Its `kind` is person, key, or support: one of the operator's people.",
            .for_support = true});
    api.read("GET", "/api/v1/audit.csv", download,
        {"Fetch the audit log as a file", Right::manage_organization, "At most 100 000 entries."});
    api.read("GET", "/api/v1/audit/retention", read_retention,
        {.summary = "How long the audit log is kept",
            .right = Right::manage_organization,
            .for_support = true});
    api.write("PUT", "/api/v1/audit/retention", put_retention,
        {"Say how long the audit log is kept", Right::manage_organization,
            "In days. Older entries go every night."});
}

}  // namespace leadcrm::audit
