// What the lead screens know: the shape of a lead, how to ask for leads and how to change one.
import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";
import { toCountQuery, toListQuery } from "./filterQuery";
import type { LeadFilter } from "./leadFilter";

type Schemas = components["schemas"];
export type Lead = Schemas["Lead"];
export type LeadRecord = Schemas["LeadRecord"];
export type LeadPage = Schemas["LeadPage"];
export type LeadChange = Schemas["LeadChange"];
export type LeadCount = Schemas["LeadCount"];
export type Stage = Schemas["Stage"];
export type Source = Schemas["Source"];
export type Answer = Schemas["Answer"];
export type Submission = Schemas["LeadSubmission"];
export type TimelineEntry = Schemas["TimelineEntry"];
export type LeadPages = InfiniteData<LeadPage, string | null>;

export const leadsKey = (filter: LeadFilter) => ["leads", "list", filter] as const;
export const countKey = (filter: LeadFilter) => ["leads", "count", filter] as const;
export const recordKey = (id: string) => ["leads", "record", id] as const;

const pageSize = 100;

export const leadsQuery = (filter: LeadFilter) =>
  infiniteQueryOptions({
    queryKey: leadsKey(filter),
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET("/api/v1/leads", {
          params: {
            query: {
              ...toListQuery(filter),
              limit: pageSize,
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

export const leadCountQuery = (filter: LeadFilter) =>
  queryOptions({
    queryKey: countKey(filter),
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/leads/count", { params: { query: toCountQuery(filter) }, signal })),
  });

export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: recordKey(id),
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/leads/{id}", { params: { path: { id } }, signal })),
  });

// What a form showed to whoever answered it. A version never changes.
export const formVersionsQuery = (form_id: string) =>
  queryOptions({
    queryKey: ["meta", "forms", form_id, "versions"],
    queryFn: async ({ signal }) =>
      (
        await answerOf(
          api.GET("/api/v1/meta/forms/{form_id}/versions", {
            params: { path: { form_id } },
            signal,
          }),
        )
      ).data,
    staleTime: 60_000,
  });

export const stagesQuery = queryOptions({
  queryKey: ["stages"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/stages", { signal })),
  select: ({ data }) => data.toSorted((a, b) => a.position - b.position),
  staleTime: 5 * 60_000,
});

export const formsQuery = queryOptions({
  queryKey: ["meta", "forms"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/meta/forms", { signal })),
  select: ({ data }) => data,
  staleTime: 60_000,
});

// The server refuses the change when somebody else was faster than the version given here.
export const changeLead = (id: string, version: number, change: LeadChange) =>
  answerOf(
    api.PATCH("/api/v1/leads/{id}", {
      params: { path: { id }, header: { "If-Match": `"${version}"` } },
      body: change,
    }),
  );

// Puts a changed lead into every list and record that holds it. A copy that is already newer stays.
export function patchLead(cache: QueryClient, lead: Lead) {
  cache.setQueriesData<LeadPages>(
    { queryKey: ["leads", "list"] },
    (list) => list && patchList(list, lead),
  );
  cache.setQueryData<LeadRecord>(recordKey(lead.id), (record) =>
    record && record.version <= lead.version ? patchRecord(record, lead) : record,
  );
}

// Once the contact is hidden, the forms it was sent with must not show it until they are read anew.
const patchRecord = (record: LeadRecord, lead: Lead): LeadRecord => ({
  ...record,
  ...lead,
  submissions: lead.contact_hidden && !record.contact_hidden ? [] : record.submissions,
});

function patchList(list: LeadPages, lead: Lead): LeadPages {
  const at = list.pages.findIndex((page) => page.data.some(({ id }) => id === lead.id));
  const page = list.pages[at];
  if (page === undefined) return list;
  const data = page.data.map((old) =>
    old.id === lead.id && old.version <= lead.version ? lead : old,
  );
  return { ...list, pages: list.pages.with(at, { ...page, data }) };
}

// While pages are read, a lead can move from one to the next; it is shown once.
export function leadsOf(list: { pages: LeadPage[] } | undefined): Lead[] {
  const leads = new Map<string, Lead>();
  for (const page of list?.pages ?? []) {
    for (const lead of page.data) if (!leads.has(lead.id)) leads.set(lead.id, lead);
  }
  return [...leads.values()];
}

export const takeLead = (id: string) =>
  answerOf(api.POST("/api/v1/leads/{id}/take", { params: { path: { id } } }));
