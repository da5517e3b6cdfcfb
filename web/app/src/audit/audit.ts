// Who did what in the organization.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";
import { startOfDay } from "../ui/days";
import type { AuditSearch } from "./auditSearch";

type Schemas = components["schemas"];
export type Entry = Schemas["EntryView"];
export type EntryPage = { data: Entry[]; next_cursor: string | null };

// Days are those of the reader's time zone.
const beginningOf = (day: string, later = 0): string =>
  new Date(startOfDay(day, later)).toISOString();

export function questionOf(search: AuditSearch) {
  return {
    ...(search.person === undefined ? {} : { user_id: search.person }),
    ...(search.key === undefined ? {} : { key_id: search.key }),
    ...(search.action === undefined ? {} : { action: search.action }),
    ...(search.object === undefined ? {} : { object: search.object }),
    ...(search.from === undefined ? {} : { from: beginningOf(search.from) }),
    ...(search.until === undefined ? {} : { until: beginningOf(search.until, 1) }),
  };
}

export const entriesQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ["audit", "list", search],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET("/api/v1/audit", {
          params: {
            query: { ...questionOf(search), ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

export const fileAddress = (search: AuditSearch): string =>
  `/api/v1/audit.csv?${new URLSearchParams(questionOf(search))}`;

export const retentionQuery = queryOptions({
  queryKey: ["audit", "retention"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/audit/retention", { signal })),
});

export const keepFor = (days: number) =>
  answerOf(api.PUT("/api/v1/audit/retention", { body: { keep_days: days } }));
