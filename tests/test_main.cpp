// The test program's main. Tests stand beside the code they test, in files named *_test.cpp.
#define DOCTEST_CONFIG_IMPLEMENT
#include "platform/crypto/crypto.hpp"

#include <doctest/doctest.h>

int main(int argc, char** argv)
{
    // Nearly every test registers somebody: at the usual cost that was a third of the time.
    leadcrm::crypto::password_cost = {64, 1};
    return doctest::Context(argc, argv).run();
}
