// Keys by which programs ask the API instead of people.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];
export type ApiKey = Schemas["ApiKey"];
export type MadeKey = Schemas["MadeKey"];
export type NewKey = Schemas["NewKey"];
export type Scope = ApiKey["scopes"][number];

export const scopes = [
  "read_leads",
  "write_leads",
  "delete_leads",
  "read_reports",
  "read_sources",
  "write_sources",
] as const satisfies Scope[];

export const keysQuery = queryOptions({
  queryKey: ["keys"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/keys", { signal })),
  select: ({ data }) => data,
});

export const makeKey = (body: NewKey) => answerOf(api.POST("/api/v1/keys", { body }));

export const revokeKey = (id: string) =>
  answerOf(api.DELETE("/api/v1/keys/{id}", { params: { path: { id } } }));

// How long a new key lives, in days; none: until it is revoked.
export const lifetimes = [30, 90, 365, undefined] as const;

export const expiryAfter = (days: number | undefined, now: number): Partial<NewKey> =>
  days === undefined ? {} : { expires_at: new Date(now + days * 86_400_000).toISOString() };

// The networks somebody typed, one in a line or with commas between.
export const networksIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
