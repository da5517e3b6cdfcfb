import { describe, expect, it } from "vitest";
import { clockAt, dayAt, momentAt, startOfDay } from "./days";

const at = (text: string) => Date.parse(text);

it("shows one moment on the clocks of different zones", () => {
  const moment = at("2026-04-14T23:30:00Z");
  expect(clockAt(moment, "Europe/Berlin")).toBe("2026-04-15T01:30");
  expect(clockAt(moment, "America/New_York")).toBe("2026-04-14T19:30");
  expect(dayAt(moment, "Asia/Kathmandu")).toBe("2026-04-15");
});

describe("the beginning of a day", () => {
  it.each([
    ["2026-04-14", "Europe/Berlin", "2026-04-13T22:00:00Z"],
    ["2026-04-14", "America/New_York", "2026-04-14T04:00:00Z"],
    ["2026-04-14", "Asia/Kathmandu", "2026-04-13T18:15:00Z"],
    // The day on which the clocks go forward, and the one after.
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00Z"],
    ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00Z"],
    // Here they went forward at midnight, so that this day began at one o'clock.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z"],
    // Here they went back at midnight, so that the hour before it came twice.
    ["2018-02-18", "America/Sao_Paulo", "2018-02-18T03:00:00Z"],
  ])("%s in %s is %s", (day, zone, expected) => {
    expect(startOfDay(day, 0, zone)).toBe(at(expected));
  });

  it("of the day after the last of a month is that of the next", () => {
    expect(startOfDay("2026-04-30", 1, "UTC")).toBe(at("2026-05-01T00:00:00Z"));
  });
});

describe("what a clock shows", () => {
  it("is one moment, also around a change of the clocks", () => {
    expect(momentAt("2026-04-14T13:58", "Europe/Berlin")).toBe(at("2026-04-14T11:58:00Z"));
    expect(momentAt("2026-03-29T01:59", "Europe/Berlin")).toBe(at("2026-03-29T00:59:00Z"));
    expect(momentAt("2026-03-29T03:00", "Europe/Berlin")).toBe(at("2026-03-29T01:00:00Z"));
    expect(momentAt("2026-10-25T02:30", "Europe/Berlin")).toBe(at("2026-10-25T00:30:00Z"));
  });

  it("may be no time at all", () => {
    expect(momentAt("soon", "Europe/Berlin")).toBeNaN();
  });
});
