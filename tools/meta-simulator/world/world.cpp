#include "meta-simulator/world/world.hpp"

#include "meta-simulator/world/answers.hpp"
#include "meta-simulator/world/form_kinds.hpp"
#include "meta-simulator/world/people.hpp"
#include "platform/failure.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace leadcrm::simulator {

namespace {

constexpr std::array<std::string_view, 6> categories{
    "Dentist", "Home Improvement", "Real Estate", "Education", "Travel Agency", "Local Business"};

const std::set<std::string> page_scopes{"pages_show_list", "pages_read_engagement",
    "pages_manage_metadata", "pages_manage_ads", "leads_retrieval", "ads_management"};

// A page of a country gets forms in its language where there are any.
std::size_t first_kind_of(const Country& country)
{
    const auto kinds = form_kinds();
    const auto found = std::ranges::find(kinds, country.locale, &FormKind::locale);
    return found == kinds.end() ? 1 : static_cast<std::size_t>(found - kinds.begin());
}

void fill_in(
    std::vector<Answer>& answers, const std::map<std::string, std::vector<std::string>>& values)
{
    for (const auto& [name, wished] : values) {
        const auto known = std::ranges::find(answers, name, &Answer::name);
        if (known == answers.end())
            answers.push_back({name, wished});
        else
            known->values = wished;
    }
}

}  // namespace

ListKey Lead::key() const { return {created.unix_seconds(), std::stoull(id)}; }

World::World(std::uint64_t seed, std::string id, std::string secret)
    : app_id(std::move(id)), app_secret(std::move(secret)), dice(seed)
{
    tokens_["EAASIMUSER1"] = {
        .text = "EAASIMUSER1", .kind = TokenKind::user, .scopes = page_scopes};
    tokens_["EAASIMSYSTEM1"] = {
        .text = "EAASIMSYSTEM1", .kind = TokenKind::system_user, .scopes = page_scopes};
}

OtherApp* World::find_other_app(const std::string& id)
{
    const auto found = other_apps.find(id);
    return found == other_apps.end() ? nullptr : &found->second;
}

const std::string& World::secret_of(const std::string& app) const
{
    const auto found = other_apps.find(app);
    return found == other_apps.end() ? app_secret : found->second.secret;
}

std::set<std::string>& World::app_fields_of(const std::string& app)
{
    auto* other = find_other_app(app);
    return other ? other->fields : app_fields;
}

std::set<std::string>& World::page_fields_of(Page& page, const std::string& app)
{
    auto* other = find_other_app(app);
    return other ? other->page_fields[page.id] : page.subscribed_fields;
}

void World::populate(std::size_t count, Instant now)
{
    const auto table = countries();
    for (std::size_t i = 0; i < count; ++i) {
        const Country& home = table[i % table.size()];
        Page& page = add_page("", std::string(home.code));
        const std::size_t kind = first_kind_of(home);
        for (std::size_t n = 0; n < 3; ++n) add_form(page, kind + n, now);
    }
}

Page& World::add_page(std::string name, const std::string& home)
{
    // What a page is called follows from its id, so that it stays the same whatever the seed.
    Dice naming(next_page_);
    const auto id = next_id(next_page_);
    const auto category = naming.pick(categories);
    if (name.empty())
        name = std::string(category) + " " + std::string(naming.pick(country(home).cities));
    Page& page = pages[id];
    page = {.id = id,
        .name = std::move(name),
        .category = std::string(category),
        .country = home,
        .subscribed_fields = {"leadgen"}};
    renew_token(id);
    return page;
}

Form& World::add_form(Page& page, std::size_t kind_number, Instant now)
{
    const auto kinds = form_kinds();
    const FormKind& kind = kinds[kind_number % kinds.size()];
    const auto id = next_id(next_form_);
    Form& form = forms[id];
    form = {.id = id,
        .page_id = page.id,
        .name = std::string(kind.name) + " " + std::to_string(page.form_ids.size() + 1),
        .locale = std::string(kind.locale),
        .created = now - std::chrono::hours(24 * 120),
        .questions = kind.questions,
        .legal = kind.legal,
        .tracking_parameters = kind.tracking_parameters,
        .follow_up_url = "https://example.com/thanks"};
    for (std::size_t i = 0; i < form.questions.size(); ++i)
        form.questions[i].id = id + std::to_string(i + 1);
    const auto campaign_id = next_id(next_ad_);
    for (int n = 1; n <= 2; ++n)
        form.ads.push_back({.ad_id = next_id(next_ad_),
            .ad_name = "Video " + std::string(1, static_cast<char>('A' + n - 1)),
            .adset_id = next_id(next_ad_),
            .adset_name = page.country + " 25-45",
            .campaign_id = campaign_id,
            .campaign_name = std::string(kind.campaign)});
    for (const auto& ad : form.ads) ad_forms_[ad.ad_id] = id;
    page.form_ids.push_back(id);
    return form;
}

Form& World::duplicate(const Form& original, Instant now)
{
    Form copy = original;
    copy.id = next_id(next_form_);
    copy.name += " (copy)";
    copy.status = "ACTIVE";
    copy.created = now;
    copy.leads.clear();
    copy.test_leads.clear();
    copy.organic_leads = 0;
    for (std::size_t i = 0; i < copy.questions.size(); ++i)
        copy.questions[i].id = copy.id + std::to_string(i + 1);
    for (auto& ad : copy.ads) {
        ad.ad_id = next_id(next_ad_);
        ad_forms_[ad.ad_id] = copy.id;
    }
    pages.at(copy.page_id).form_ids.push_back(copy.id);
    return forms[copy.id] = std::move(copy);
}

Page& World::page_by_weight()
{
    double sum = 0;
    for (const auto& [id, page] : pages)
        if (!page.form_ids.empty()) sum += page.weight;
    if (sum <= 0)
        throw Failure::not_found("There is no page with a form that leads could come from.");

    double left = static_cast<double>(dice.below(1U << 30)) / static_cast<double>(1U << 30) * sum;
    Page* chosen = nullptr;
    for (auto& [id, page] : pages) {
        if (page.form_ids.empty() || page.weight <= 0) continue;
        chosen = &page;
        left -= page.weight;
        if (left < 0) break;
    }
    return *chosen;
}

const Form& World::form_for(const LeadWish& wish)
{
    if (wish.form_id) {
        const Form* form = find_form(*wish.form_id);
        if (!form) throw Failure::not_found("There is no form " + *wish.form_id + ".");
        return *form;
    }
    if (wish.page_id && !find_page(*wish.page_id))
        throw Failure::not_found("There is no page " + *wish.page_id + ".");
    const Page& page = wish.page_id ? *find_page(*wish.page_id) : page_by_weight();
    if (page.form_ids.empty()) throw Failure::not_found("Page " + page.id + " has no form.");

    std::vector<std::string> open;
    std::ranges::copy_if(page.form_ids, std::back_inserter(open),
        [&](const auto& id) { return forms.at(id).status == "ACTIVE"; });
    return forms.at(dice.pick(open.empty() ? page.form_ids : open));
}

Lead& World::add_lead(const LeadWish& wish, Instant now)
{
    const Form& form = form_for(wish);
    // Some people live elsewhere than the page.
    const auto& home =
        dice.chance(0.2) ? dice.pick(countries()) : country(pages.at(form.page_id).country);
    const Person person = make_person(dice, home);
    Lead lead{.id = next_id(next_lead_),
        .form_id = form.id,
        .page_id = form.page_id,
        .created = Instant::from_unix_seconds(wish.created.value_or(now).unix_seconds()),
        .answers = make_answers(dice, form, person),
        .disclaimers = make_disclaimers(dice, form)};
    const bool organic = wish.organic.value_or(dice.chance(0.15)) || form.ads.empty();
    if (!organic) lead.ad = dice.pick(form.ads);
    lead.platform = wish.platform.value_or(dice.chance(0.4) ? "ig" : "fb");
    if (dice.chance(0.03)) lead.partner_name = "Example Partner";
    if (dice.chance(0.03)) lead.retailer_item_id = "sku-" + std::to_string(dice.below(1000));
    fill_in(lead.answers, wish.values);
    return keep(std::move(lead));
}

Lead& World::add_test_lead(Form& form,
    const std::map<std::string, std::vector<std::string>>& values,
    std::vector<Disclaimer> disclaimers, Instant now)
{
    Lead lead{.id = next_id(next_lead_),
        .form_id = form.id,
        .page_id = form.page_id,
        .created = Instant::from_unix_seconds(now.unix_seconds()),
        .answers = placeholder_answers(form),
        .disclaimers = std::move(disclaimers),
        .platform = "fb",
        .is_test = true};
    fill_in(lead.answers, values);
    return keep(std::move(lead));
}

Lead& World::keep(Lead lead)
{
    Form& form = forms.at(lead.form_id);
    (lead.is_test ? form.test_leads : form.leads).insert(lead.key());
    if (!lead.is_test && lead.is_organic()) ++form.organic_leads;
    if (lead.ad) ad_leads_[lead.ad->ad_id].insert(lead.key());
    const auto id = lead.id;
    return leads_[id] = std::move(lead);
}

void World::remove(const std::string& lead_id)
{
    const Lead* lead = find_lead(lead_id);
    if (!lead) return;
    Form& form = forms.at(lead->form_id);
    if (form.leads.erase(lead->key()) == 1 && lead->is_organic()) --form.organic_leads;
    form.test_leads.erase(lead->key());
    if (lead->ad) ad_leads_[lead->ad->ad_id].erase(lead->key());
    leads_.erase(lead_id);
}

Page* World::find_page(const std::string& id)
{
    const auto found = pages.find(id);
    return found == pages.end() ? nullptr : &found->second;
}

Form* World::find_form(const std::string& id)
{
    const auto found = forms.find(id);
    return found == forms.end() ? nullptr : &found->second;
}

Lead* World::find_lead(const std::string& id)
{
    const auto found = leads_.find(id);
    return found == leads_.end() ? nullptr : &found->second;
}

Form* World::form_of_ad(const std::string& ad_id)
{
    const auto found = ad_forms_.find(ad_id);
    return found == ad_forms_.end() ? nullptr : find_form(found->second);
}

std::optional<std::string> World::find_ad_name(const std::string& id) const
{
    for (const auto& [form_id, form] : forms)
        for (const auto& ad : form.ads) {
            if (ad.ad_id == id) return ad.ad_name;
            if (ad.adset_id == id) return ad.adset_name;
            if (ad.campaign_id == id) return ad.campaign_name;
        }
    return std::nullopt;
}

bool World::rename(const std::string& id, const std::string& name)
{
    bool is_there = false;
    const auto change = [&](const std::string& known, std::string& current) {
        if (known != id) return;
        current = name;
        is_there = true;
    };
    for (auto& [page_id, page] : pages) change(page_id, page.name);
    for (auto& [form_id, form] : forms) {
        change(form_id, form.name);
        for (auto& ad : form.ads) {
            change(ad.ad_id, ad.ad_name);
            change(ad.adset_id, ad.adset_name);
            change(ad.campaign_id, ad.campaign_name);
        }
    }
    return is_there;
}

const ListKeys& World::leads_of_ad(const std::string& ad_id) const
{
    static const ListKeys none;
    const auto found = ad_leads_.find(ad_id);
    return found == ad_leads_.end() ? none : found->second;
}

std::size_t World::living_leads(const Page& page, Instant now) const
{
    std::size_t count = 0;
    for (const auto& id : page.form_ids) {
        const auto& leads = forms.at(id).leads;
        const ListKey oldest{(now - lead_lifetime).unix_seconds(), 0};
        if (leads.empty() || oldest <= *leads.begin())
            count += leads.size();
        else
            count +=
                static_cast<std::size_t>(std::distance(leads.lower_bound(oldest), leads.end()));
    }
    return count;
}

Token* World::find_token(const std::string& text)
{
    const auto found = tokens_.find(text);
    return found == tokens_.end() ? nullptr : &found->second;
}

Token& World::token_of(const std::string& page_id)
{
    const auto found = page_tokens_.find(page_id);
    if (found == page_tokens_.end()) throw Failure::not_found("There is no page " + page_id + ".");
    return tokens_.at(found->second);
}

Token& World::renew_token(const std::string& page_id)
{
    const int generation = ++renewals_[page_id];
    auto text = "EAASIMPAGE" + page_id;
    if (generation > 1) text += "R" + std::to_string(generation);
    page_tokens_[page_id] = text;
    return tokens_[text] = {
               .text = text, .kind = TokenKind::page, .page_id = page_id, .scopes = page_scopes};
}

Token& World::keep_token(Token token)
{
    auto& kept = tokens_[token.text];
    kept = std::move(token);
    return kept;
}

const std::set<std::string>& World::lead_scopes() { return page_scopes; }

}  // namespace leadcrm::simulator
