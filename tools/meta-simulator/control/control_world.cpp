// The control API's part about what exists: pages, forms, leads, tokens, time.
#include "meta-simulator/control/control_call.hpp"
#include "meta-simulator/login/login_rules.hpp"
#include "meta-simulator/world/form_kinds.hpp"

namespace leadcrm::simulator {

namespace {

constexpr std::int64_t leads_at_once_max = 100'000;

struct Rename {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Rename, (), (name))

struct MakeApp {
    std::string app_id;
    std::string app_secret;
};
BOOST_DESCRIBE_STRUCT(MakeApp, (), (app_id, app_secret))

struct MakePage {
    std::string name;
    std::string country = "DE";
    std::int64_t forms = 3;
};
BOOST_DESCRIBE_STRUCT(MakePage, (), (name, country, forms))

struct ChangePage {
    std::string name;
    LeadsAccess leads_access;
    double weight = 1;
    std::vector<std::string> subscribed_fields;
};
BOOST_DESCRIBE_STRUCT(ChangePage, (), (name, leads_access, weight, subscribed_fields))

struct MoreQuestion {
    std::string key;
    std::string label;
    std::string type = "CUSTOM";
    std::vector<Option> options = {};
};
BOOST_DESCRIBE_STRUCT(MoreQuestion, (), (key, label, type, options))

struct MakeForm {
    std::string page_id;
    std::int64_t kind = 0;
    std::optional<std::string> name;
    std::optional<std::string> copy_of;
    std::vector<MoreQuestion> questions = {};  // asked besides
};
BOOST_DESCRIBE_STRUCT(MakeForm, (), (page_id, kind, name, copy_of, questions))

struct ChangeForm {
    std::string status;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(ChangeForm, (), (status, name))

struct MakeLeads {
    std::int64_t count = 1;
    std::optional<std::string> page_id;
    std::optional<std::string> form_id;
    bool webhook = true;
    bool test = false;
    std::map<std::string, json::value> values;  // text, or a list of texts
    std::optional<Instant> created_time;
    std::int64_t age_s = 0;
    std::optional<std::string> platform;
    std::optional<bool> organic;
};
BOOST_DESCRIBE_STRUCT(MakeLeads, (),
    (count, page_id, form_id, webhook, test, values, created_time, age_s, platform, organic))

struct ChangeToken {
    std::optional<std::string> person_id;  // all of this person's, with `subcode`
    std::optional<std::string> page_id;
    std::optional<std::string> token;
    std::optional<bool> dead;
    std::optional<std::int64_t> subcode;
    std::optional<bool> sees_ads;
    std::optional<std::vector<std::string>> scopes;
};
BOOST_DESCRIBE_STRUCT(ChangeToken, (), (person_id, page_id, token, dead, subcode, sees_ads, scopes))

struct RenewToken {
    std::string page_id;
};
BOOST_DESCRIBE_STRUCT(RenewToken, (), (page_id))

struct MoveClock {
    std::int64_t advance_s = 0;
};
BOOST_DESCRIBE_STRUCT(MoveClock, (), (advance_s))

struct Made {
    std::vector<std::string> ids;
};
BOOST_DESCRIBE_STRUCT(Made, (), (ids))

struct ShownToken {
    std::string page_id;
    std::string token;
    bool dead = false;
    std::int64_t subcode = 0;
    bool sees_ads = true;
    std::vector<std::string> scopes;
};
BOOST_DESCRIBE_STRUCT(ShownToken, (), (page_id, token, dead, subcode, sees_ads, scopes))

std::string shown(const Token& token)
{
    return json::text_of(ShownToken{token.page_id, token.text, token.is_dead, token.subcode,
        token.sees_ads, {token.scopes.begin(), token.scopes.end()}});
}

Page& page_of(World& world, const std::string& id)
{
    if (Page* page = world.find_page(id)) return *page;
    throw Failure::not_found("There is no page " + id + ".");
}

Form& form_of(World& world, const std::string& id)
{
    if (Form* form = world.find_form(id)) return *form;
    throw Failure::not_found("There is no form " + id + ".");
}

Lead& lead_of(World& world, const std::string& id)
{
    if (Lead* lead = world.find_lead(id)) return *lead;
    throw Failure::not_found("There is no lead " + id + ".");
}

std::map<std::string, std::vector<std::string>> read_values(
    const std::map<std::string, json::value>& given)
{
    std::map<std::string, std::vector<std::string>> values;
    for (const auto& [key, value] : given)
        values[key] = value.is_array()
            ? json::read<std::vector<std::string>>(value, "values." + key)
            : std::vector{json::read<std::string>(value, "values." + key)};
    return values;
}

}  // namespace

std::string rename_thing(State& state, const ControlCall& call)
{
    const auto ask = changed(Rename{}, call.body);
    if (!state.world.rename(call.id(), ask.name))
        throw Failure::not_found("There is no " + call.id() + ".");
    return json::text_of(ask);
}

std::string make_app(State& state, const ControlCall& call)
{
    const auto ask = changed(MakeApp{}, call.body);
    if (ask.app_id.empty() || ask.app_id == state.world.app_id || ask.app_secret.empty())
        throw Failure::invalid("app_id", "required", "Please give another app an id and a secret.");
    state.world.other_apps[ask.app_id] = {.id = ask.app_id, .secret = ask.app_secret};
    return json::text_of(ask);
}

std::string make_page(State& state, const ControlCall& call)
{
    const auto ask = changed(MakePage{}, call.body);
    Page& page = state.world.add_page(ask.name, ask.country);
    for (std::int64_t n = 0; n < ask.forms; ++n)
        state.world.add_form(page, static_cast<std::size_t>(n), state.clock.now());
    return json::print(json::object{{"id", page.id}, {"token", state.world.token_of(page.id).text},
        {"form_ids", json::parse(json::text_of(page.form_ids))}});
}

std::string change_page(State& state, const ControlCall& call)
{
    Page& page = page_of(state.world, call.id());
    const ChangePage before{page.name, page.leads_access, page.weight,
        {page.subscribed_fields.begin(), page.subscribed_fields.end()}};
    const auto after = changed(before, call.body);
    page.name = after.name;
    page.leads_access = after.leads_access;
    page.weight = after.weight;
    page.subscribed_fields = {after.subscribed_fields.begin(), after.subscribed_fields.end()};
    return json::text_of(after);
}

std::string make_form(State& state, const ControlCall& call)
{
    const auto ask = changed(MakeForm{}, call.body);
    auto& world = state.world;
    Form& form = ask.copy_of ? world.duplicate(form_of(world, *ask.copy_of), state.clock.now())
                             : world.add_form(page_of(world, ask.page_id),
                                 static_cast<std::size_t>(ask.kind), state.clock.now());
    if (ask.name) form.name = *ask.name;
    for (const auto& more : ask.questions)
        form.questions.push_back({.id = form.id + std::to_string(form.questions.size() + 1),
            .key = more.key,
            .label = more.label,
            .type = more.type,
            .options = more.options});
    return json::text_of(Made{{form.id}});
}

std::string change_form_status(State& state, const ControlCall& call)
{
    Form& form = form_of(state.world, call.id());
    const auto after = changed(ChangeForm{form.status, form.name}, call.body);
    form.status = after.status;
    form.name = after.name;
    return json::text_of(after);
}

std::string make_leads(State& state, const ControlCall& call)
{
    const auto ask = changed(MakeLeads{}, call.body);
    if (ask.count < 1 || ask.count > leads_at_once_max)
        throw Failure::invalid("count", "range", "Please ask for 1 to 100000 leads at once.");
    const auto now = state.clock.now();
    LeadWish wish{.page_id = ask.page_id,
        .form_id = ask.form_id,
        .values = read_values(ask.values),
        .created = ask.created_time.value_or(now - std::chrono::seconds(ask.age_s)),
        .platform = ask.platform,
        .organic = ask.organic};
    if (ask.test && !ask.form_id)
        throw Failure::invalid("form_id", "required", "A test lead belongs to a form.");
    Made made;
    for (std::int64_t n = 0; n < ask.count; ++n) {
        const Lead& lead = ask.test
            ? state.world.add_test_lead(form_of(state.world, *ask.form_id), wish.values, {}, now)
            : state.world.add_lead(wish, now);
        made.ids.push_back(lead.id);
        if (ask.webhook) announce_lead(state, lead);
    }
    return json::text_of(made);
}

std::string delete_leads(State& state, const ControlCall& call)
{
    state.world.remove(lead_of(state.world, call.id()).id);
    return "{}";
}

std::string update_lead(State& state, const ControlCall& call)
{
    announce_update(state, lead_of(state.world, call.path[1]));
    return "{}";
}

std::string change_token(State& state, const ControlCall& call)
{
    const auto ask = changed(ChangeToken{}, call.body);
    if (ask.person_id) {
        kill_tokens(state, *ask.person_id, static_cast<int>(ask.subcode.value_or(0)));
        return "{}";
    }
    Token* token = nullptr;
    if (ask.token) token = state.world.find_token(*ask.token);
    if (ask.page_id) token = &state.world.token_of(*ask.page_id);
    if (!token) throw Failure::not_found("Please name a page_id or a token that exists.");
    if (ask.dead) token->is_dead = *ask.dead;
    if (ask.subcode) {
        token->subcode = static_cast<int>(*ask.subcode);
        token->is_dead = ask.dead.value_or(true);
    }
    if (ask.sees_ads) token->sees_ads = *ask.sees_ads;
    if (ask.scopes) token->scopes = {ask.scopes->begin(), ask.scopes->end()};
    return shown(*token);
}

std::string renew_token(State& state, const ControlCall& call)
{
    const auto ask = changed(RenewToken{}, call.body);
    page_of(state.world, ask.page_id);
    return shown(state.world.renew_token(ask.page_id));
}

std::string move_clock(State& state, const ControlCall& call)
{
    state.clock.advance(std::chrono::seconds(changed(MoveClock{}, call.body).advance_s));
    return R"({"now":)" + json::text_of(state.clock.now()) + "}";
}

}  // namespace leadcrm::simulator
