#include "privacy/erasure_reach.hpp"

#include <algorithm>
#include <array>

namespace leadcrm::privacy {
namespace {

constexpr std::array told{
    ToldTable{"audit_log", "who did what; ids only, and stays as the proof"},
    ToldTable{"audit_settings", "how long entries are kept"},
    ToldTable{"backfills", "how far readings of pages are"},
    ToldTable{"connections", "colleagues' logins at Facebook"},
    ToldTable{"counters", "numbers that are given out"},
    ToldTable{"custom_fields", "names of fields, not what is in them"},
    ToldTable{"delivery_links", "goes with its delivery, by meta/delivery_erasure"},
    ToldTable{"erased_leads", "counts by day, which is what is left"},
    ToldTable{"erased_submissions", "hashes, which are what is left"},
    ToldTable{"erasure_keys", "under which those are hashed"},
    ToldTable{"exports", "the files are ended, by exports/export_removal"},
    ToldTable{"form_mappings", "what becomes of questions"},
    ToldTable{"form_versions", "what forms showed to everybody"},
    ToldTable{"form_walks", "how far forms have been read"},
    ToldTable{"forms", "questions, not answers"},
    ToldTable{"given_answers", "all of the organization's go"},
    ToldTable{"lead_search", "the lead's entry goes, by leads/lead_search"},
    ToldTable{"leads", "the lead itself, which goes last"},
    ToldTable{"mapping_runs", "ids of leads, not what they said"},
    ToldTable{"page_checkups", "how pages are"},
    ToldTable{"pages", "connected pages"},
    ToldTable{"retention_rules", "how long leads of forms are kept"},
    ToldTable{"shown_pages", "pages a login showed"},
    ToldTable{"sign_in_issuers", "who vouches for members"},
    ToldTable{"sign_in_subjects", "what issuers call members"},
    ToldTable{"source_names", "names of forms and ads"},
    ToldTable{"stages", "names of stages"},
    ToldTable{"subscriptions", "the organization's plan"},
    ToldTable{"support_grants", "whom owners let look, and until when"},
    ToldTable{"support_requests", "what support asked to look at, and the answer"},
    ToldTable{"team_members", "who works with whom"},
    ToldTable{"teams", "names of teams"},
    ToldTable{"told_troubles", "what owners were written about pages"},
};

bool is_told(const db::Table& table)
{
    return std::ranges::find(told, table.name, &ToldTable::table) != told.end();
}

}  // namespace

std::span<const ToldTable> told_tables() { return told; }

Reach erasure_reach(const db::PlatformReader& db)
{
    Reach reach;
    for (auto& table : db::list_tables(db)) {
        if (!table.is_tenant() || is_told(table)) continue;
        if (table.find("lead_id"))
            reach.of_lead.push_back(std::move(table));
        else if (table.find("leadgen_id"))
            reach.of_submission.push_back(std::move(table));
        else
            throw Failure::internal("erasure_reach.cpp does not say what becomes of " + table.name);
    }
    reach.of_lead = db::referring_first(std::move(reach.of_lead));
    return reach;
}

}  // namespace leadcrm::privacy
