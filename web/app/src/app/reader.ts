// Whoever is signed in reads in their own language and on their own clock; before signing in, and
// without a choice, in those of the browser.
import type { QueryClient } from "@tanstack/react-query";
import { type Me, meQuery } from "../accounts/accounts";
import { chooseTimeZone } from "../ui/timeZone";
import { speak } from "./i18n";

// From the moment on that the cache learns of it, whatever it was that asked.
export function followReader(cache: QueryClient) {
  cache.getQueryCache().subscribe(({ type, query }) => {
    if (type !== "updated" || query.queryKey !== meQuery.queryKey) return;
    const user = (query.state.data as Me | null | undefined)?.user;
    speak(user?.language ?? null);
    // "Today" and the days of a filter are others on another clock: what they gave is asked again.
    if (chooseTimeZone(user?.time_zone ?? null))
      cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" });
  });
}
