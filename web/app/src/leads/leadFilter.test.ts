import { describe, expect, it } from "vitest";
import { aLead } from "../app/fakeServer";
import { matches, toFilterLanguage, toListQuery } from "./filterQuery";
import { readLeadSearch, readSearch, writeSearch } from "./leadFilter";

describe("the address of a lead list", () => {
  it("is read back as it was written", () => {
    const search = {
      q: "ana & co",
      sort: "name" as const,
      stage: ["new", "contacted"],
      owner: ["me", "unassigned"],
      source: ["ig"],
      form: ["881200340"],
      submitted: "2026-04-01..2026-04-14",
      open: "lead_1",
    };
    expect(readLeadSearch(readSearch(writeSearch(search)))).toEqual(search);
  });

  it("shows several values with plain commas", () => {
    expect(writeSearch({ stage: ["new", "won"], owner: ["me"] })).toBe("?stage=new,won&owner=me");
    expect(writeSearch({})).toBe("");
  });

  it("ignores what it does not know", () => {
    const address = readSearch("?sort=shoe_size&submitted=yesterdayish&stage=,&q=+&colour=blue");
    expect(readLeadSearch(address)).toEqual({});
  });

  it("keeps numbers as the text they are", () => {
    expect(readLeadSearch(readSearch("?q=0151&form=881200340"))).toEqual({
      q: "0151",
      form: ["881200340"],
    });
  });
});

describe("what the server is asked", () => {
  const now = Date.parse("2026-04-14T13:00:00Z");

  it("has the lists and the newest first", () => {
    expect(toListQuery({ stage: ["new", "won"] }, now)).toEqual({
      stage: ["new", "won"],
      sort: "-submitted_at",
    });
  });

  it("has a moving period as times", () => {
    expect(toListQuery({ submitted: "1h" }, now)).toEqual({
      submitted_after: "2026-04-14T12:00:00.000Z",
      sort: "-submitted_at",
    });
  });

  it("has the same conditions in the filter language", () => {
    const filter = { q: "ana", stage: ["new"], owner: ["me"], submitted: "1h" };
    expect(toFilterLanguage(filter, now)).toEqual({
      text: "ana",
      stage: ["new"],
      owner: ["me"],
      submitted_at: { after: "2026-04-14T12:00:00.000Z" },
    });
    expect(toFilterLanguage({ sort: "name" }, now)).toBeNull();
  });

  it("includes the last day of a range to its end", () => {
    const query = toListQuery({ submitted: "2026-04-01..2026-04-02" }, now);
    const length =
      Date.parse(query.submitted_before ?? "") - Date.parse(query.submitted_after ?? "");
    expect(length).toBe(2 * 24 * 3_600_000);
  });
});

describe("whether a lead belongs into a list", () => {
  const now = Date.parse("2026-04-14T13:00:00Z");
  const lead = aLead({ owner: { id: "user_1", name: "Dana" } });

  it.each([
    [{}, true],
    [{ stage: ["new"] }, true],
    [{ stage: ["won"] }, false],
    [{ owner: ["me"] }, true],
    [{ owner: ["unassigned"] }, false],
    [{ source: ["fb"] }, false],
    [{ form: ["form_1"] }, true],
    [{ submitted: "1h" }, true],
    [{ submitted: "2026-04-15.." }, false],
    [{ q: "ana" }, "unknown"],
    [{ q: "ana", stage: ["won"] }, false],
  ] as const)("%j: %s", (filter, expected) => {
    expect(matches(lead, structuredClone(filter) as never, "user_1", now)).toBe(expected);
  });
});
