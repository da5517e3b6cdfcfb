// Boost.URL, compiled once for all.
#include <boost/url/src.hpp>
