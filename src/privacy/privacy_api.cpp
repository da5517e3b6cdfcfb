#include "privacy/privacy_api.hpp"

#include "audit/audit.hpp"
#include "exports/kept_file.hpp"
#include "privacy/access_file.hpp"
#include "privacy/erasure.hpp"
#include "privacy/erasure_rest.hpp"
#include "privacy/retention.hpp"

namespace leadcrm::privacy {
namespace {

namespace fs = std::filesystem;

struct AskLead {
    LeadId id;
};
BOOST_DESCRIBE_STRUCT(AskLead, (), (id))

struct AskErasure : accounts::Proof {
    LeadId id;
};
BOOST_DESCRIBE_STRUCT(AskErasure, (accounts::Proof), (id))

struct Erased {
    LeadId id;
    Instant erased_at;
    ErasureCounts counts;
};
BOOST_DESCRIBE_STRUCT(Erased, (), (id, erased_at, counts))

struct RuleShown {
    std::optional<std::string> form_id;  // none: of every form without a rule of its own
    std::int64_t months = 0;
    Instant set_at;
    Instant begins_at;
};
BOOST_DESCRIBE_STRUCT(RuleShown, (), (form_id, months, set_at, begins_at))

struct AskPreview {
    Whole<1, months_max> months;
    std::optional<Text<1, 64>> form_id;
};
BOOST_DESCRIBE_STRUCT(AskPreview, (), (months, form_id))

struct SetRule : accounts::Proof {
    std::optional<Whole<1, months_max>> months;  // none: the rule ends
    std::optional<Text<1, 64>> form_id;
};
BOOST_DESCRIBE_STRUCT(SetRule, (accounts::Proof), (months, form_id))

std::string form_of(const std::optional<Text<1, 64>>& form_id)
{
    return form_id ? form_id->value : std::string();
}

RuleShown shown(const RetentionRule& rule)
{
    return {rule.form_id.empty() ? std::nullopt : std::optional(rule.form_id), rule.months,
        rule.set_at, rule.begins_at};
}

class Desk {
public:
    Desk(db::Database& database, const crypto::Vault& vault, fs::path folder,
        const accounts::Reauthentication& reauthentication)
        : database_(database)
        , vault_(vault)
        , folder_(std::move(folder))
        , reauthentication_(reauthentication)
    {
    }

    Erased erase_person(const http::Call& call, const AskErasure& ask) const
    {
        const auto& caller = call.caller();
        reauthentication_.demand(call, ask);
        return database_.write_platform([&](db::PlatformTx& db) {
            Erased done{
                ask.id, Instant::now(), erase(db, caller.organization_id, ask.id, caller.user_id)};
            auto tx = db.in_organization(caller.organization_id);
            order_rest(tx, Instant::now());
            call.record(db);
            return done;
        });
    }

    http::Response send_access_file(const http::Call& call, const AskLead& ask) const
    {
        const auto& caller = call.caller();
        fs::create_directories(folder_);
        fs::permissions(folder_, fs::perms::owner_all);
        const auto path = folder_ / ("access-" + crypto::random_token(12) + ".part");
        // What is mapped stays readable; no name of it is left on the disk, whatever happens.
        struct Gone {
            const fs::path& path;
            ~Gone()
            {
                std::error_code ignored;
                fs::remove(path, ignored);
            }
        } const gone{path};
        database_.read_platform([&](db::PlatformReader& db) {
            write_access_file(db, vault_, caller.organization_id, ask.id, path);
        });
        database_.write(caller.organization_id, [&](db::Tx& tx) {
            audit::record(tx,
                {.user_id = caller.user_id,
                    .action = "GET /api/v1/leads/{id}/access-file",
                    .what = "Fetch everything kept about a person",
                    .object = ask.id.text(),
                    .address = call.request.client_address});
        });
        auto file = exports::KeptFile::open(path);
        if (!file) throw Failure::unavailable("The file could not be written.", 60);
        http::Response answer{
            .headers = {{"Cache-Control", "private, no-store"},
                {"Content-Disposition",
                    "attachment; filename=\"person-" + ask.id.text() + ".zip\""}}};
        answer.content_type = "application/zip";
        answer.asset = file->bytes();
        answer.held = std::move(file);
        return answer;
    }

    http::Page<RuleShown> set(const http::Call& call, const SetRule& ask) const
    {
        const auto& caller = call.caller();
        reauthentication_.demand(call, ask);
        return database_.write_platform([&](db::PlatformTx& db) {
            auto tx = db.in_organization(caller.organization_id);
            const auto form_id = form_of(ask.form_id);
            if (ask.months)
                set_rule(tx, caller.user_id, form_id, ask.months->value, Instant::now());
            else
                remove_rule(tx, form_id);
            call.record(db);
            return list_shown(tx);
        });
    }

    static http::Page<RuleShown> list_shown(const db::Reader& db)
    {
        http::Page<RuleShown> page;
        for (const auto& rule : list_rules(db)) page.data.push_back(shown(rule));
        return page;
    }

private:
    db::Database& database_;
    const crypto::Vault& vault_;
    const fs::path folder_;
    const accounts::Reauthentication reauthentication_;
};

}  // namespace

void add_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const fs::path& folder, const accounts::Reauthentication& reauthentication)
{
    using http::Right;
    const auto desk = std::make_shared<Desk>(database, vault, folder, reauthentication);
    api.read("GET", "/api/v1/leads/{id}/erasure",
        [](db::PlatformReader& db, const http::Caller& caller, const AskLead& ask) {
            return count_erasure(db, caller.organization_id, ask.id);
        },
        {"What erasing a person takes away, in numbers", Right::manage_organization});
    api.work("POST", "/api/v1/leads/{id}/erasure",
        [desk](const http::Call& call, const AskErasure& ask) {
            return desk->erase_person(call, ask);
        },
        {"Erase a person", Right::manage_organization,
            "With one's own password and, for whoever has a second factor, its code or a passkey. Everything "
            "kept about the lead goes at once and for good; the same submissions are not taken in again. "
            "Exports that are kept end, for they may hold it."});
    api.work("GET", "/api/v1/leads/{id}/access-file",
        [desk](const http::Call& call, const AskLead& ask) {
            return desk->send_access_file(call, ask);
        },
        {"Everything kept about a person, as one file", Right::manage_organization,
            "A ZIP with person.html to read and person.json for programs.", 200,
            {"application/zip"}});
    api.read("GET", "/api/v1/retention",
        [](db::Reader& db, const http::Caller&, const http::Nothing&) {
            return Desk::list_shown(db);
        },
        {.summary = "For how long leads are kept",
            .right = Right::manage_organization,
            .for_support = true});
    api.read("GET", "/api/v1/retention/preview",
        [](db::Reader& db, const http::Caller&, const AskPreview& ask) {
            return preview(db, form_of(ask.form_id), ask.months.value, Instant::now());
        },
        {"How many leads a rule would erase today", Right::manage_organization,
            "Without `form_id`: leads of every form that has no rule of its own."});
    api.work("PUT", "/api/v1/retention",
        [desk](const http::Call& call, const SetRule& ask) { return desk->set(call, ask); },
        {"Set or end a rule for how long leads are kept", Right::manage_organization,
            "It begins after a week, and owners get a letter before. Leads are erased so many months "
            "after the last that happened with them. Without `months` the rule ends."});
}

}  // namespace leadcrm::privacy
