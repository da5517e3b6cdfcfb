#include "app/serve.hpp"

#include "app/folder_hold.hpp"
#include "app/health.hpp"
#include "app/program.hpp"
#include "app/storage.hpp"
#include "platform/http/server.hpp"
#include "platform/log/log.hpp"

#include <malloc.h>
#include <sys/resource.h>

#include <csignal>

namespace leadcrm::app {
namespace {

http::ServerSettings server_settings(const Config& config)
{
    http::ServerSettings settings;
    settings.listen = text_of(config.listen);
    settings.tls_cert = config.tls_cert;
    settings.tls_key = config.tls_key;
    settings.trusted_proxies = config.trusted_proxies;
    return settings;
}

http::ServerSettings metrics_settings(const Config& config)
{
    http::ServerSettings settings;
    settings.listen = text_of(config.metrics_listen);
    settings.threads = 1;
    settings.limits.connections_max = 64;
    return settings;
}

// Ten thousand open screens are ten thousand descriptors.
void raise_descriptor_limit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

// Otherwise the memory of each larger answer is fetched from the system and given back to it, page
// by page: a fifth of the time a list of leads takes.
void keep_freed_memory()
{
    constexpr int mebibyte = 1024 * 1024;
    mallopt(M_MMAP_THRESHOLD, 16 * mebibyte);
    mallopt(M_TRIM_THRESHOLD, 64 * mebibyte);
    mallopt(M_TOP_PAD, mebibyte);
}

// Blocked in every thread, so that the one below is who hears of them.
sigset_t block_stop_signals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

}  // namespace

int serve(const Config& config)
{
    const auto signals = block_stop_signals();
    raise_descriptor_limit();
    keep_freed_memory();
    log::set_up(config.log_format, config.log_level);

    const FolderHold hold(config.data, FolderHold::Use::serving);
    const auto database = open_storage(config);
    Program program(config, *database);
    http::Dispatcher dispatcher(program.routes(), program.site());
    http::Server server(dispatcher, server_settings(config));

    http::Routes metrics_routes;
    add_metrics_route(metrics_routes);
    http::Dispatcher metrics_dispatcher(metrics_routes, {});
    http::Server metrics_server(metrics_dispatcher, metrics_settings(config));

    program.start();
    metrics_server.start();
    server.start();
    log::info("ready", {{"url", config.public_url}, {"listen", text_of(config.listen)}});
    if (config.meta_app_id.empty())
        log::warn(
            "no Meta app is configured: leads come in only through apps that organizations have of "
            "their own; see leadcrm help settings");

    if (config.secure() && config.operator_contact.empty())
        log::warn(
            "the privacy policy names no contact: see operator-contact in leadcrm help settings");

    int received = 0;
    sigwait(&signals, &received);
    log::info("stopping");
    server.stop();
    program.stop();
    metrics_server.stop();
    log::info("stopped");
    log::flush();
    return 0;
}

}  // namespace leadcrm::app
