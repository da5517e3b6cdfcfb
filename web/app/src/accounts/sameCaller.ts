// The tabs of a browser share one session. When another tab goes on in another organization, or as
// somebody else, what this one shows belongs to somebody else: it begins anew, before anything more
// is shown or sent from it.
import type { QueryClient } from "@tanstack/react-query";
import { type Account, meQuery } from "./accounts";

const nameOf = (me: Account | null) =>
  me === null ? "" : [me.user.id, me.organization?.id, me.viewer?.id, me.is_support].join(" ");

const toTheDoor = () => window.location.assign("/app/");

export function followCaller(cache: QueryClient, beginAnew = toTheDoor): () => void {
  const channel =
    "BroadcastChannel" in globalThis ? new BroadcastChannel("leadcrm-caller") : undefined;
  let shown: string | undefined; // nothing yet
  let last = ""; // who was signed in here, before whoever is now
  const forget = cache.getQueryCache().subscribe(({ type, query }) => {
    if (type !== "updated" || query.queryKey !== meQuery.queryKey) return;
    const me = query.state.data as Account | null | undefined;
    if (me === undefined) return;
    const now = nameOf(me);
    if (now === shown) return;
    const before = shown;
    shown = now;
    if (before && now) return beginAnew();
    // Whoever signs in after somebody whose session had ended finds nothing of theirs.
    if (now && last && now !== last)
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" });
    if (now) last = now;
    channel?.postMessage(now);
  });
  channel?.addEventListener("message", ({ data }: MessageEvent<string>) => {
    if (shown && data !== shown) cache.invalidateQueries({ queryKey: meQuery.queryKey });
  });
  return () => {
    forget();
    channel?.close();
  };
}
