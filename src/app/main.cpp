#include "app/commands.hpp"

int main(int count, char** words) { return leadcrm::app::run_command({words + 1, words + count}); }
