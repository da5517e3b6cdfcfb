// How the text of a setting is read. Each throws std::invalid_argument saying what is wrong, to
// stand behind the setting's name.
#pragma once

#include "app/config.hpp"

#include <string>

namespace leadcrm::app {

Address parse_address(const std::string& text);
std::string parse_url(std::string text);
std::string parse_database_url(const std::string& text);
std::string parse_smtp_url(const std::string& text);
std::string parse_sender(const std::string& text);
std::string parse_graph_version(const std::string& text);
int parse_seconds(const std::string& text);
std::string parse_proxies(const std::string& text);
std::string parse_contact(const std::string& text);
log::Format parse_format(const std::string& text);
log::Level parse_level(const std::string& text);
bool parse_yes(const std::string& text);

}  // namespace leadcrm::app
