import { describe, expect, it } from "vitest";
import {
  age,
  ago,
  dayOf,
  exactTime,
  later,
  shortTime,
  sinceTime,
  spokenAge,
  tookTime,
} from "./time";

const reading = (tag: string, timeZone = "UTC") => ({ tag, timeZone });
const now = Date.parse("2026-04-14T13:00:00Z");
const secondsAgo = (seconds: number) => new Date(now - seconds * 1000).toISOString();

describe("the age of a lead", () => {
  it.each([
    [0, "0:00"],
    [52, "0:52"],
    [234, "3:54"],
    [3599, "59:59"],
    [3600, "1 h 00"],
    [3900, "1 h 05"],
    [86_399, "23 h 59"],
    [86_400, "1 d"],
    [200_000, "2 d"],
  ])("%i seconds: %s", (seconds, text) => {
    expect(age(secondsAgo(seconds), now)).toBe(text);
  });

  it("is never negative, should the clocks disagree", () => {
    expect(age(secondsAgo(-5), now)).toBe("0:00");
  });

  it("can be said aloud", () => {
    expect(spokenAge(secondsAgo(234), now, reading("en"))).toBe("3 minutes 54 seconds");
    expect(spokenAge(secondsAgo(86_400), now, reading("en"))).toBe("1 day");
  });
});

it("says how much later something was", () => {
  const at = (milliseconds: number) => new Date(now + milliseconds).toISOString();
  expect(later(at(0), at(60))).toBe("+0.06 s");
  expect(later(at(0), at(2000))).toBe("+2 s");
  expect(later(at(0), at(42_000))).toBe("+42 s");
  expect(later(at(0), at(7_500_000))).toBe("+2 h 05");
});

it("gives the exact time with its zone", () => {
  expect(exactTime("2026-04-14T12:58:41Z", reading("en-GB"))).toMatch(
    /14 Apr 2026.*:58:41.*(UTC|GMT|[A-Z]{3,4})/,
  );
});

it("gives times on the reader's clock, whatever the device's", () => {
  const time = "2026-04-14T22:30:00Z";
  const berlin = reading("de-DE", "Europe/Berlin");
  const newYork = reading("en-US", "America/New_York");
  expect(exactTime(time, berlin)).toBe("Mi., 15. Apr. 2026, 00:30:00 MESZ");
  expect(exactTime(time, newYork)).toMatch(/Tue, Apr 14, 2026, 06:30:00\sPM EDT/);
  expect(dayOf(time, berlin)).toBe("15.04.2026");
  expect(dayOf(time, newYork)).toBe("Apr 14, 2026");
});

it("knows today by the reader's midnight", () => {
  const time = "2026-04-14T21:30:00Z";
  const before = Date.parse("2026-04-14T21:59:00Z");
  const after = Date.parse("2026-04-14T22:01:00Z");
  const berlin = reading("de-DE", "Europe/Berlin");
  expect(shortTime(time, before, berlin)).toBe("23:30:00");
  expect(shortTime(time, after, berlin)).toBe("14. Apr., 23:30");
  expect(sinceTime(time, before, berlin)).toBe("23:30");
  expect(sinceTime(time, after, berlin)).toBe("14. Apr., 23:30");
  expect(shortTime(time, after, reading("de-DE", "UTC"))).toBe("21:30:00");
});

it("gives the year of what was in another, by the reader's new year", () => {
  const time = "2026-12-31T23:30:00Z";
  const later = Date.parse("2027-06-01T12:00:00Z");
  expect(shortTime(time, later, reading("de-DE", "UTC"))).toBe("31. Dez. 2026, 23:30");
  expect(shortTime(time, later, reading("de-DE", "Europe/Berlin"))).toBe("1. Jan., 00:30");
});

it.each([
  [30, "now"],
  [4 * 60, "4 min ago"],
  [3 * 3600, "3 hr ago"],
  [12 * 86_400, "12 days ago"],
])("%i seconds were %s", (seconds, text) => {
  expect(ago(secondsAgo(seconds), now, reading("en-GB"))).toBe(text);
});

describe("how long something took", () => {
  it.each([
    [0.041, "0.04 sec"],
    [1.94, "1.9 sec"],
    [42.4, "42 sec"],
    [156, "2 min 36 sec"],
    [10_920, "3 hr 2 min"],
  ])("%s seconds is %s", (seconds, text) => {
    expect(tookTime(seconds, reading("en-US"))).toBe(text);
  });
});
