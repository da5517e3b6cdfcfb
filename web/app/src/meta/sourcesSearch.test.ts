import { expect, it } from "vitest";
import { readSourcesSearch } from "./sourcesSearch";

it("keeps what it knows of an address and nothing else", () => {
  const address = {
    tab: "events",
    result: "failed",
    page: "104203948571122",
    trouble: "<b>",
    delivery: "../../etc",
    step: "choose",
    evil: "1",
  };
  expect(readSourcesSearch(address)).toEqual({
    tab: "events",
    result: "failed",
    page: "104203948571122",
  });
});
