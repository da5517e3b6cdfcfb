// Boost.JSON, compiled once for all.
#include <boost/json/src.hpp>
