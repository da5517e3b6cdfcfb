// The end of the organization: ordered by an owner, taken back until its hour.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";
import type { Locale } from "../ui/useLocale";

export type AskDeletion = components["schemas"]["AskDeletion"];

export const deletionQuery = queryOptions({
  queryKey: ["deletion"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/organization/deletion", { signal })),
});

export const orderDeletion = (body: AskDeletion) =>
  answerOf(api.POST("/api/v1/organization/deletion", { body }));
export const cancelDeletion = () => answerOf(api.DELETE("/api/v1/organization/deletion"));

// Whole days, then hours and minutes: "6 days 23 hours", "1 hour 5 minutes", "under a minute".
export function timeLeft(until: string, now: number, { tag }: Locale): string | undefined {
  const minutes = Math.floor((Date.parse(until) - now) / 60_000);
  if (minutes < 1) return undefined;
  const say = (value: number, unit: "day" | "hour" | "minute") =>
    new Intl.NumberFormat(tag, { style: "unit", unit, unitDisplay: "long" }).format(value);
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return say(minutes, "minute");
  if (hours < 24) return `${say(hours, "hour")} ${say(minutes % 60, "minute")}`;
  return `${say(Math.floor(hours / 24), "day")} ${say(hours % 24, "hour")}`;
}
