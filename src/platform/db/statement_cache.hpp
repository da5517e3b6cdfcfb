// The prepared statements of one connection, found by the text their author wrote. At most
// `statements_max` are kept; the one unused for longest makes room.
#pragma once

#include "platform/db/sql.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace leadcrm::db {

template <class Prepared>
class StatementCache {
public:
    static constexpr std::size_t statements_max = 256;

    Prepared* find(const Statement& statement)
    {
        const auto found =
            entries_.find(Asked{statement.text, statement.columns, is_tenant(statement)});
        if (found == entries_.end()) return nullptr;
        found->second.used_at = ++clock_;
        return &found->second.prepared;
    }

    // The result stays where it is until it is evicted or the cache is cleared.
    Prepared& add(const Statement& statement, Prepared prepared)
    {
        if (entries_.size() >= statements_max) evict();
        Kept key{std::string(statement.text), statement.columns, is_tenant(statement)};
        const auto added = entries_.emplace(std::move(key), Entry{std::move(prepared), ++clock_});
        return added.first->second.prepared;
    }

    void clear() { entries_.clear(); }

private:
    template <class Text>
    struct Key {
        Text text;
        ColumnNames columns;
        bool tenant;
    };
    using Asked = Key<std::string_view>;
    using Kept = Key<std::string>;

    struct Hash {
        using is_transparent = void;
        template <class Text>
        std::size_t operator()(const Key<Text>& key) const
        {
            return std::hash<std::string_view>{}(key.text);
        }
    };
    struct Equal {
        using is_transparent = void;
        template <class A, class B>
        bool operator()(const Key<A>& a, const Key<B>& b) const
        {
            return a.columns == b.columns && a.tenant == b.tenant && a.text == b.text;
        }
    };
    struct Entry {
        Prepared prepared;
        std::uint64_t used_at;
    };

    static bool is_tenant(const Statement& statement) { return statement.tenant.has_value(); }

    // Statements that are being stepped through are not evicted: a row's handler may prepare more.
    void evict()
    {
        auto oldest = entries_.end();
        for (auto entry = entries_.begin(); entry != entries_.end(); ++entry)
            if (!entry->second.prepared.in_use()
                && (oldest == entries_.end() || entry->second.used_at < oldest->second.used_at))
                oldest = entry;
        if (oldest != entries_.end()) entries_.erase(oldest);
    }

    std::unordered_map<Kept, Entry, Hash, Equal> entries_;
    std::uint64_t clock_ = 0;
};

}  // namespace leadcrm::db
