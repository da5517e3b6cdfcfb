#include "app/routes.hpp"

#include "accounts/account_api.hpp"
#include "app/program.hpp"
#include "leads/lead_search.hpp"
#include "pipeline/stage.hpp"

