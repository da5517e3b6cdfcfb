#include "meta-simulator/control/control_page.hpp"

#include <string>

extern "C" {
extern const char control_html_begin[], control_html_end[];
extern const char control_js_begin[], control_js_end[];
extern const char control_css_begin[], control_css_end[];
}

namespace leadcrm::simulator {

std::optional<http::Response> control_page(std::string_view name)
{
    http::Response response{.headers = {{"Cache-Control", "no-cache"},
                                {"Content-Security-Policy", "default-src 'self'"}}};
    if (name.empty()) {
        response.content_type = "text/html; charset=utf-8";
        response.body.assign(control_html_begin, control_html_end);
    } else if (name == "control.js") {
        response.content_type = "text/javascript; charset=utf-8";
        response.body.assign(control_js_begin, control_js_end);
    } else if (name == "control.css") {
        response.content_type = "text/css; charset=utf-8";
        response.body.assign(control_css_begin, control_css_end);
    } else {
        return std::nullopt;
    }
    return response;
}

}  // namespace leadcrm::simulator
