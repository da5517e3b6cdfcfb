// The control API's part about people: who can log in, how the dialog answers, what Meta posts
// about them.
#include "meta-simulator/control/control_login.hpp"

#include "meta-simulator/control/control_call.hpp"
#include "meta-simulator/graph/meta_text.hpp"
#include "meta-simulator/login/login_rules.hpp"
#include "meta-simulator/login/signed_request.hpp"
#include "meta-simulator/simulator.hpp"

#include <boost/json/parse.hpp>

namespace leadcrm::simulator {

namespace {

struct ChangeMember {
    std::string name;
    std::vector<std::string> tasks;
    std::map<std::string, std::vector<std::string>> page_tasks;
    std::vector<std::string> granted;
    std::vector<std::string> declined;
    std::vector<std::string> pages;
};
BOOST_DESCRIBE_STRUCT(ChangeMember, (), (name, tasks, page_tasks, granted, declined, pages))

BOOST_DEFINE_ENUM_CLASS(Callback, deauthorize, data_deletion)

struct SendCallback {
    Callback kind = Callback::deauthorize;
    std::optional<std::string> person_id;
    std::optional<std::string> url;
    SignedAs signed_as = SignedAs::good;
    std::string app_id;  // whose secret signs it; empty: ours
};
BOOST_DESCRIBE_STRUCT(SendCallback, (), (kind, person_id, url, signed_as, app_id))

struct CallbackAnswer {
    std::string url;
    std::int64_t status = 0;
    std::string body;
    std::string status_url;  // what the answer to data_deletion named
    std::int64_t status_page = 0;
    std::string status_text;
};
BOOST_DESCRIBE_STRUCT(CallbackAnswer, (), (url, status, body, status_url, status_page, status_text))

ChangeMember plain(const Member& member)
{
    return {member.name, member.tasks, member.page_tasks,
        {member.granted.begin(), member.granted.end()},
        {member.declined.begin(), member.declined.end()},
        {member.pages.begin(), member.pages.end()}};
}

std::string shown(const Member& member)
{
    auto tree = json::parse(json::text_of(plain(member)));
    tree.get_object()["id"] = member.id;
    return json::print(tree);
}

Member& member_of(State& state, const std::string& id)
{
    if (Member* member = state.login.find(id)) return *member;
    throw Failure::not_found("There is no person " + id + ".");
}

void take(Member& member, const ChangeMember& ask)
{
    member.name = ask.name;
    member.tasks = ask.tasks;
    member.page_tasks = ask.page_tasks;
    member.granted = {ask.granted.begin(), ask.granted.end()};
    member.declined = {ask.declined.begin(), ask.declined.end()};
    member.pages = {ask.pages.begin(), ask.pages.end()};
}

std::string status_url_in(const std::string& body)
{
    boost::system::error_code error;
    const auto tree = boost::json::parse(body, error);
    const auto* url = !error && tree.is_object() ? tree.get_object().if_contains("url") : nullptr;
    return url && url->is_string() ? std::string(url->get_string()) : std::string();
}

}  // namespace

std::string change_login(State& state, const ControlCall& call)
{
    const auto after = changed(state.login.settings, call.body);
    member_of(state, after.person_id);
    state.login.settings = after;
    return json::text_of(after);
}

std::string show_people(State& state, const ControlCall&)
{
    std::string text = R"({"data":[)";
    for (const auto& [id, member] : state.login.members) {
        if (!text.ends_with('[')) text += ',';
        text += shown(member);
    }
    return text + "]}";
}

std::string make_person(State& state, const ControlCall& call)
{
    const auto ask = changed(ChangeMember{}, call.body);
    auto& member = state.login.add(ask.name, ask.tasks);
    take(member, ask);
    return shown(member);
}

std::string change_person(State& state, const ControlCall& call)
{
    auto& member = member_of(state, call.id());
    take(member, changed(plain(member), call.body));
    return shown(member);
}

void send_callback(Simulator& simulator, const json::value& body, const CallbackDone& done)
{
    const auto ask = changed(SendCallback{}, body);
    CallbackAnswer answer;
    const bool is_deletion = ask.kind == Callback::data_deletion;
    const auto request = simulator.with_state([&](State& state) {
        const auto& settings = state.login.settings;
        auto& member = member_of(state, ask.person_id.value_or(settings.person_id));
        answer.url =
            ask.url.value_or(is_deletion ? settings.data_deletion_url : settings.deauthorize_url);
        auto made = signed_request(state.world.secret_of(ask.app_id), member.id, state.clock.now(),
            is_deletion, ask.signed_as);
        remove_app(state, member);
        return made;
    });
    if (answer.url.empty())
        throw Failure::invalid("url", "required", "Please say where it should go.");
    simulator.post_form(answer.url, "signed_request=" + percent_encoded(request),
        [&simulator, done, answer](int status, std::string text) mutable {
            answer.status = status;
            answer.body = std::move(text);
            answer.status_url = status_url_in(answer.body);
            if (answer.status_url.empty()) return done(json::text_of(answer));
            const auto url = answer.status_url;
            simulator.fetch_page(url, [done, answer](int page, std::string said) mutable {
                answer.status_page = page;
                answer.status_text = std::move(said);
                done(json::text_of(answer));
            });
        });
}

}  // namespace leadcrm::simulator
