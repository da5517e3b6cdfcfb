// One vault for all tests of a process; its key file is gone at the end.
#pragma once

#include "platform/crypto/crypto.hpp"

#include <filesystem>

namespace leadcrm::testing {

inline const crypto::Vault& vault()
{
    struct Kept {
        std::filesystem::path folder =
            std::filesystem::temp_directory_path() / ("leadcrm-vault-" + crypto::random_token(9));
        crypto::Vault vault{folder / "keys"};
        ~Kept() { std::filesystem::remove_all(folder); }
    };
    static const Kept kept;
    return kept.vault;
}

}  // namespace leadcrm::testing
