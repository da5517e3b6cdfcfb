import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import { aLead, aRecord } from "../app/fakeServer";
import type { LeadFilter } from "../leads/leadFilter";
import {
  countKey,
  type Lead,
  type LeadCount,
  type LeadPages,
  leadsKey,
  leadsOf,
  recordKey,
} from "../leads/leads";
import { applyNews, dropLead, setScrolled, showWaiting, waitingQuery } from "./leadNews";

const older = aLead({ id: "older", submitted_at: "2026-04-14T12:00:00Z" });
const arrival = aLead({ id: "arrival", submitted_at: "2026-04-14T13:00:00Z" });

let cache: QueryClient;

function onScreen(filter: LeadFilter, leads: Lead[] = [older]) {
  cache.setQueryData<LeadPages>(leadsKey(filter), {
    pages: [{ data: leads, next_cursor: null }],
    pageParams: [null],
  });
  cache.setQueryData<LeadCount>(countKey(filter), { count: leads.length, capped: false });
}
const names = (filter: LeadFilter) =>
  leadsOf(cache.getQueryData<LeadPages>(leadsKey(filter))).map(({ id }) => id);
const waiting = (filter: LeadFilter) =>
  cache.getQueryData(waitingQuery(filter).queryKey)?.ids ?? [];
const arrive = (lead = arrival) => applyNews(cache, { lead, kind: "lead.created" }, "user_1");
const change = (lead: Lead) => applyNews(cache, { lead, kind: "lead.stage_changed" }, "user_1");

beforeEach(() => {
  cache = new QueryClient();
});

describe("a new lead", () => {
  it("comes to the top of a list that shows it, and is counted", () => {
    onScreen({});
    arrive();
    expect(names({})).toEqual(["arrival", "older"]);
    expect(cache.getQueryData<LeadCount>(countKey({}))?.count).toBe(2);
    expect(waiting({})).toEqual([]);
  });

  it("stays out of a list whose filter excludes it", () => {
    const filter = { stage: ["won"] };
    onScreen(filter);
    arrive();
    expect(names(filter)).toEqual(["older"]);
    expect(waiting(filter)).toEqual([]);
    expect(cache.getQueryData<LeadCount>(countKey(filter))?.count).toBe(1);
  });

  it("waits behind the pill while the list is scrolled, and comes in at the top again", () => {
    onScreen({});
    setScrolled(cache, {}, true);
    arrive();
    expect(names({})).toEqual(["older"]);
    expect(waiting({})).toEqual(["arrival"]);

    setScrolled(cache, {}, false);
    expect(names({})).toEqual(["arrival", "older"]);
    expect(waiting({})).toEqual([]);
  });

  it("waits while another order is chosen, since only the server knows its place", () => {
    const filter = { sort: "name" as const };
    onScreen(filter);
    arrive();
    expect(names(filter)).toEqual(["older"]);
    expect(waiting(filter)).toEqual(["arrival"]);
  });

  it("waits while text is searched, since only the server can tell whether it matches", () => {
    const filter = { q: "ana" };
    onScreen(filter);
    arrive();
    expect(waiting(filter)).toEqual(["arrival"]);
  });

  it("is there once, even when it is told twice", async () => {
    onScreen({});
    setScrolled(cache, {}, true);
    arrive();
    arrive();
    expect(waiting({})).toEqual(["arrival"]);
    await showWaiting(cache, {});
    arrive();
    expect(names({})).toEqual(["arrival", "older"]);
    setScrolled(cache, {}, false);
  });
});

describe("a changed lead", () => {
  const moved = aLead({ ...older, version: 2, stage: { id: "won", name: "Won", kind: "won" } });

  it("is patched in every list and in the open record", () => {
    onScreen({});
    cache.setQueryData(recordKey("older"), aRecord({ ...older }));
    change(moved);
    expect(leadsOf(cache.getQueryData<LeadPages>(leadsKey({})))[0]?.stage.name).toBe("Won");
    expect(cache.getQueryData(recordKey("older"))).toMatchObject({ version: 2, timeline: [] });
  });

  it("leaves a list whose filter it no longer fits", () => {
    const filter = { stage: ["new"] };
    onScreen(filter);
    change(moved);
    expect(names(filter)).toEqual([]);
  });

  it("does not overwrite what is newer", () => {
    onScreen({}, [{ ...older, version: 5, name: "Newer" }]);
    change(moved);
    expect(leadsOf(cache.getQueryData<LeadPages>(leadsKey({})))[0]?.name).toBe("Newer");
  });
});

describe("a lead whose person was erased", () => {
  it("leaves every list, the pill and its record; others stay", () => {
    onScreen({}, [arrival, older]);
    onScreen({ q: "smith" }, [older]);
    arrive(aLead({ id: "erased", submitted_at: "2026-04-14T14:00:00Z" }));
    arrive(aLead({ id: "other", submitted_at: "2026-04-14T14:00:01Z" }));
    expect(waiting({ q: "smith" }).toSorted()).toEqual(["erased", "other"]);
    cache.setQueryData(recordKey("erased"), aRecord({ id: "erased" }));

    dropLead(cache, "erased");
    expect(names({})).toEqual(["other", "arrival", "older"]);
    expect(waiting({ q: "smith" })).toEqual(["other"]);
    expect(cache.getQueryData(recordKey("erased"))).toBeUndefined();
  });
});
