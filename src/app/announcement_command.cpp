#include "app/announcement_command.hpp"

#include "app/options.hpp"
#include "app/storage.hpp"
#include "platform_admin/announcement.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace leadcrm::app {
namespace {

std::string text_in(const std::string& path)
{
    std::ifstream file(path);
    if (!file) throw std::invalid_argument("--text-file: cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

template <class Field>
Field checked(const std::string& option, const std::string& text)
{
    try {
        return Field::check(text);
    } catch (const BadField& bad) {
        throw std::invalid_argument("--" + option + ": " + bad.what());
    }
}

}  // namespace

int write_to_owners(const std::vector<std::string>& words)
{
    const Options options(words, {"subject", "text-file"}, {"count"});
    const auto config = read_config(options.settings, process_environment());
    if (options.has("count")) {
        const auto count = open_storage(config)->read_platform(platform_admin::count_recipients);
        std::printf("%lld owners would get the letter.\n", static_cast<long long>(count));
        return 0;
    }
    using platform_admin::Announcement;
    if (options.required("subject").find('\n') != std::string::npos)
        throw std::invalid_argument("--subject: it is one line");
    const Announcement announcement{
        checked<decltype(Announcement::subject)>("subject", options.required("subject")),
        checked<decltype(Announcement::text)>("text-file", text_in(options.required("text-file")))};
    const auto count = open_storage(config)->write_platform(
        [&](db::PlatformTx& tx) { return platform_admin::announce(tx, announcement); });
    std::printf("%lld letters are on their way: a running server sends them, and \"leadcrm admin "
                "mails\" lists them.\n",
        static_cast<long long>(count));
    return 0;
}

}  // namespace leadcrm::app
