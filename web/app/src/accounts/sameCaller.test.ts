import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Account, meQuery } from "./accounts";
import { followCaller } from "./sameCaller";

// One browser: what a tab posts, the others hear.
const tabs = new Set<FakeChannel>();
class FakeChannel extends EventTarget {
  constructor() {
    super();
    tabs.add(this);
  }
  postMessage(data: string) {
    for (const tab of tabs) {
      if (tab !== this) tab.dispatchEvent(new MessageEvent("message", { data }));
    }
  }
  close() {
    tabs.delete(this);
  }
}

const me = (organization: string, user = "user_1") =>
  ({
    user: { id: user },
    organization: { id: organization },
    viewer: null,
    is_support: false,
  }) as Account;

let session: Account | null;
let stop: (() => void)[];

function openTab() {
  const cache = new QueryClient();
  const beginAnew = vi.fn();
  stop.push(followCaller(cache, beginAnew));
  const look = () =>
    cache.fetchQuery({ ...meQuery, queryFn: async () => session, staleTime: 0, retry: false });
  return { cache, beginAnew, look };
}

beforeEach(() => {
  vi.stubGlobal("BroadcastChannel", FakeChannel);
  session = me("org_1");
  stop = [];
});
afterEach(() => {
  for (const each of stop) each();
  vi.unstubAllGlobals();
});

test("a tab begins anew when the session has gone on in another organization", async () => {
  const tab = openTab();
  await tab.look();
  await tab.look();
  expect(tab.beginAnew).not.toHaveBeenCalled();
  session = me("org_2");
  await tab.look();
  expect(tab.beginAnew).toHaveBeenCalledTimes(1);
});

test("it asks who it is as soon as another tab is somebody else, or nobody", async () => {
  const tab = openTab();
  await tab.look();
  const asked = vi.spyOn(tab.cache, "invalidateQueries");
  await openTab().look();
  expect(asked).not.toHaveBeenCalled();
  session = me("org_1", "user_2");
  await openTab().look();
  expect(asked).toHaveBeenCalledWith({ queryKey: meQuery.queryKey });
  session = null;
  await openTab().look();
  expect(asked).toHaveBeenCalledTimes(2);
});

test("whoever signs in after somebody else finds nothing of theirs, and after oneself everything", async () => {
  const tab = openTab();
  await tab.look();
  tab.cache.setQueryData(["leads"], "of the first");
  for (const next of [null, me("org_1")]) tab.cache.setQueryData(meQuery.queryKey, next);
  expect(tab.cache.getQueryData(["leads"])).toBe("of the first");
  for (const next of [null, me("org_2")]) tab.cache.setQueryData(meQuery.queryKey, next);
  expect(tab.cache.getQueryData(["leads"])).toBeUndefined();
  expect(tab.beginAnew).not.toHaveBeenCalled();
});
