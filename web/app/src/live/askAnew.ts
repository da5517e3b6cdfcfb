// What is on screen, asked for anew when news say that it changed. An answer under way may be older
// than the news, and TanStack Query goes on waiting for a first answer instead of asking twice: so
// it is asked for once more when it is here.
import type { QueryClient, QueryFilters } from "@tanstack/react-query";

export function askAnew(cache: QueryClient, filters: QueryFilters = {}) {
  askAgainWhenHere(cache, {
    ...filters,
    predicate: ({ state }) => state.data === undefined,
  });
  void cache.invalidateQueries(filters);
}

const awaited = new WeakSet<Promise<unknown>>();

export function askAgainWhenHere(cache: QueryClient, filters: QueryFilters) {
  const underWay = cache.getQueryCache().findAll({ ...filters, fetchStatus: "fetching" });
  for (const { promise, queryKey } of underWay) {
    if (promise === undefined || awaited.has(promise)) continue;
    awaited.add(promise);
    void promise
      .catch(() => undefined)
      .then(() => cache.invalidateQueries({ queryKey, exact: true }));
  }
}
