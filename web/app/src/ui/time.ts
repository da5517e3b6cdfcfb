// Times as people say them. Everything is in the reader's own language and time zone (useLocale).
import { dayAt } from "./days";
import type { Locale } from "./useLocale";

// How long ago, in the words of the clock: "0:52" and "3:54" in the first hour, then "1 h 05", "2 d".
export function age(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes}:${two(seconds % 60)}`;
  if (hours < 24) return `${hours} h ${two(minutes % 60)}`;
  return `${Math.floor(hours / 24)} d`;
}

// The same for a screen reader: "3 minutes 54 seconds".
export function spokenAge(since: string, now: number, locale: Locale): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  const say = (value: number, unit: "second" | "minute" | "hour" | "day") =>
    new Intl.NumberFormat(locale.tag, { style: "unit", unit, unitDisplay: "long" }).format(value);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${say(minutes, "minute")} ${say(seconds % 60, "second")}`;
  if (hours < 24) return `${say(hours, "hour")} ${say(minutes % 60, "minute")}`;
  return say(Math.floor(hours / 24), "day");
}

// "Tue 14 Apr 2026, 13:58:41 CEST", shown where somebody asks for the exact time.
export function exactTime(time: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale.tag, {
    timeZone: locale.timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(new Date(time));
}

// The shortest that cannot be misread: "13:58:41" today, "Apr 12, 13:58" this year, else with the year.
export function shortTime(time: string, now: number, locale: Locale): string {
  const day = dayAt(Date.parse(time), locale.timeZone);
  const today = dayAt(now, locale.timeZone);
  if (day === today) return clockTime(time, locale);
  return new Intl.DateTimeFormat(locale.tag, {
    timeZone: locale.timeZone,
    day: "numeric",
    month: "short",
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(time));
}

// "13:58" today, else as shortTime: since when something is so, where seconds say nothing.
export function sinceTime(time: string, now: number, locale: Locale): string {
  const isToday = dayAt(Date.parse(time), locale.timeZone) === dayAt(now, locale.timeZone);
  if (!isToday) return shortTime(time, now, locale);
  return new Intl.DateTimeFormat(locale.tag, {
    timeStyle: "short",
    timeZone: locale.timeZone,
  }).format(new Date(time));
}

export function clockTime(time: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale.tag, {
    timeStyle: "medium",
    timeZone: locale.timeZone,
  }).format(new Date(time));
}

// "4 min ago", "3 hr ago", "2 days ago": for what is not counted by the second.
export function ago(time: string, now: number, locale: Locale): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(time)) / 60_000));
  const say = new Intl.RelativeTimeFormat(locale.tag, { style: "short", numeric: "auto" });
  if (minutes < 1) return say.format(0, "second");
  if (minutes < 60) return say.format(-minutes, "minute");
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? say.format(-hours, "hour") : say.format(-Math.floor(hours / 24), "day");
}

// "5 Nov 2026": when the day is enough.
export const dayOf = (time: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale.tag, { dateStyle: "medium", timeZone: locale.timeZone }).format(
    new Date(time),
  );

// How much later one time is than another: "+0.04 s", "+2 s", "+3 min", "+2 h 05", "+4 d".
export function later(from: string, to: string): string {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  if (seconds < 1) return `+${Math.round(seconds * 100) / 100} s`;
  if (seconds < 10) return `+${Math.round(seconds * 10) / 10} s`;
  if (seconds < 60) return `+${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `+${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `+${hours} h ${two(minutes % 60)}`;
  return `+${Math.floor(hours / 24)} d`;
}

const two = (value: number) => String(value).padStart(2, "0");

// How long something took: "0.04 s", "1.9 s", "42 s", "2 min 36 s", "3 h 2 min".
export function tookTime(seconds: number, locale: Locale): string {
  const say = (value: number, unit: "second" | "minute" | "hour", digits = 0) =>
    new Intl.NumberFormat(locale.tag, {
      style: "unit",
      unit,
      unitDisplay: "short",
      maximumFractionDigits: digits,
    }).format(value);
  if (seconds < 1) return say(seconds, "second", 2);
  if (seconds < 10) return say(seconds, "second", 1);
  const whole = Math.round(seconds);
  if (whole < 60) return say(whole, "second");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${say(minutes, "minute")} ${say(whole % 60, "second")}`;
  return `${say(Math.floor(minutes / 60), "hour")} ${say(minutes % 60, "minute")}`;
}
