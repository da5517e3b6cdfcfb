// Days and clocks of the reader's time zone, which need not be the one of the device.
import { timeZone } from "./timeZone";

const day = 86_400_000;

// "2026-04-14T13:58" in the zone, as an input for times wants it.
export const clockAt = (at: number, zone = timeZone()): string =>
  new Date(wallTime(at, zone)).toISOString().slice(0, 16);

// "2026-04-14"
export const dayAt = (at: number, zone = timeZone()): string => clockAt(at, zone).slice(0, 10);

// Midnight, or the first moment of a day that begins later because the clocks go forward.
export function startOfDay(text: string, daysLater = 0, zone = timeZone()): number {
  const [year = 0, month = 1, date = 1] = text.split("-").map(Number);
  return momentOf(Date.UTC(year, month - 1, date + daysLater), zone);
}

// When the clock of the zone shows "2026-04-14T13:58". Not a number for what is no time.
export const momentAt = (clock: string, zone = timeZone()): number => {
  const wall = Date.parse(`${clock}Z`);
  return Number.isNaN(wall) ? wall : momentOf(wall, zone);
};

// `wall` is what the clock shows, as if it stood in UTC. It is tried with the offsets of the day
// before and the day after. An hour that comes twice is the first of the two; one that is left out
// counts from before the clocks were changed.
function momentOf(wall: number, zone: string): number {
  const before = wall - offsetAt(wall - day, zone);
  const after = wall - offsetAt(wall + day, zone);
  return [before, after].find((at) => wallTime(at, zone) === wall) ?? before;
}

const offsetAt = (at: number, zone: string): number => wallTime(at, zone) - at;

function wallTime(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  const seconds = Date.UTC(
    of("year"),
    of("month") - 1,
    of("day"),
    of("hour"),
    of("minute"),
    of("second"),
  );
  return seconds + (((at % 1000) + 1000) % 1000);
}
