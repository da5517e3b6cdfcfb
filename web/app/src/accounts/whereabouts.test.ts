import { expect, it } from "vitest";
import { countryChoices, timeZoneChoices } from "./whereabouts";

it("offers the country and the time zone that were chosen, also those that a browser does not know", () => {
  const known = countryChoices("en", "GB");
  expect(known.filter(({ value }) => value === "GB")).toEqual([
    { value: "GB", label: "United Kingdom" },
  ]);
  expect(countryChoices("en", "XX")).toHaveLength(known.length + 1);
  expect(timeZoneChoices("US/Pacific").map(({ value }) => value)).toContain("US/Pacific");
});

it("has the countries in the order of the reader's alphabet", () => {
  const labels = countryChoices("de", null).map(({ label }) => label);
  expect(labels.slice(0, 3)).toEqual(["Afghanistan", "Ägypten", "Ålandinseln"]);
});
