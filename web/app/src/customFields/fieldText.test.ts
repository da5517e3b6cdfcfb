import { describe, expect, it } from "vitest";
import type { CustomField } from "./customFields";
import { fieldText, inputText, inputValue } from "./fieldText";

const reading = { tag: "en-GB", timeZone: "Asia/Tokyo" };
const words = { yes: "Yes", no: "No" };
const field = (changes: Partial<CustomField>): CustomField => ({
  id: "field_1",
  key: "it",
  label: "It",
  type: "text",
  options: [],
  currency: null,
  is_archived: false,
  created_at: "2026-04-14T12:00:00Z",
  version: 1,
  ...changes,
});

describe("values of custom fields", () => {
  it("are read as people read them", () => {
    const choice = field({ type: "select", options: [{ key: "a", label: "مبتدئ" }] });
    expect(fieldText(choice, "a", reading, words)).toBe("مبتدئ");
    const money = field({ type: "money", currency: "EUR" });
    expect(fieldText(money, { amount_minor: 120050, currency: "EUR" }, reading, words)).toBe(
      "€1,200.50",
    );
    expect(fieldText(field({ type: "date" }), "2026-01-31", reading, words)).toBe("31 Jan 2026");
    expect(fieldText(field({ type: "date_time" }), "2026-01-31T23:15:00Z", reading, words)).toBe(
      "1 Feb 2026, 08:15",
    );
    expect(fieldText(field({ type: "yes_no" }), false, reading, words)).toBe("No");
  });

  it("go back as the server wants them", () => {
    const money = field({ type: "money", currency: "JPY" });
    expect(inputText(money, { amount_minor: 1200, currency: "JPY" })).toBe("1200");
    expect(inputValue(money, "1,200")).toEqual({ amount_minor: 1, currency: "JPY" });
    expect(inputValue(field({ type: "number" }), "1.200,5")).toBe(1200.5);
    expect(inputValue(field({ type: "number" }), "two")).toBe("two");
    expect(inputValue(field({ type: "text" }), "")).toBeNull();
    const time = field({ type: "date_time" });
    expect(inputValue(time, inputText(time, "2026-01-31T08:15:00Z"))).toBe("2026-01-31T08:15:00Z");
  });
});
