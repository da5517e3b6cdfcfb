import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { aLead, aRecord } from "../app/fakeServer";
import { type LeadPages, leadsKey, leadsOf, recordKey } from "../leads/leads";
import { applyNews, dropLead, setScrolled, waitingQuery } from "./leadNews";

it("a lead that left one's sight leaves lists, what waits and the open record", () => {
  const cache = new QueryClient();
  const [mine, theirs] = [aLead({ id: "mine" }), aLead({ id: "theirs" })];
  cache.setQueryData<LeadPages>(leadsKey({}), {
    pages: [{ data: [mine, theirs], next_cursor: null }],
    pageParams: [null],
  });
  cache.setQueryData(recordKey("theirs"), aRecord({ id: "theirs" }));
  setScrolled(cache, {}, true);
  applyNews(cache, { lead: aLead({ id: "new" }), kind: "lead.created" }, "user_1");

  dropLead(cache, "theirs");
  dropLead(cache, "new");
  const left = leadsOf(cache.getQueryData<LeadPages>(leadsKey({})));
  expect(left.map(({ id }) => id)).toEqual(["mine"]);
  expect(cache.getQueryData(waitingQuery({}).queryKey)?.ids).toEqual([]);
  expect(cache.getQueryData(recordKey("theirs"))).toBeUndefined();
  setScrolled(cache, {}, false);
});
