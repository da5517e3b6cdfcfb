// What the operator of the service sees of it. Figures and names of organizations; never a lead.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];
export type OrganizationLine = Schemas["OrganizationLine"];
export type OrganizationView = Schemas["OrganizationView"];
export type GraphErrors = Schemas["GraphErrors"];
export type Health = Schemas["Health"];
export type QueueLine = Schemas["QueueLine"];
export type DeadLetter = Schemas["DeadLetter"];

export const organizationsQuery = (q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["platform", "organizations", q ?? ""],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET("/api/v1/platform/organizations", {
          params: {
            query: {
              ...(q === undefined ? {} : { q }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

export const organizationQuery = (id: string) =>
  queryOptions({
    queryKey: ["platform", "organization", id],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/platform/organizations/{id}", { params: { path: { id } }, signal }),
      ),
  });

// Nothing tells of what changes here, so it is asked for now and then.
const every = { refetchInterval: 30_000 };

export const healthQuery = queryOptions({
  queryKey: ["platform", "health"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/platform/health", { signal })),
  ...every,
});

export const graphErrorsQuery = queryOptions({
  queryKey: ["platform", "graph-errors"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/platform/graph-errors", { signal })),
  refetchInterval: 60_000,
});

export const mailsQuery = queryOptions({
  queryKey: ["platform", "mails"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/platform/mails", { signal })),
  ...every,
});

export const deadLettersQuery = infiniteQueryOptions({
  queryKey: ["platform", "dead-letters"],
  queryFn: ({ pageParam, signal }) =>
    answerOf(
      api.GET("/api/v1/platform/dead-letters", {
        params: { query: pageParam === null ? {} : { cursor: pageParam } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next_cursor,
});

const one = (id: string) => ({ params: { path: { id } } });
export const suspend = ({ id, reason }: { id: string; reason: string }) =>
  answerOf(
    api.PUT("/api/v1/platform/organizations/{id}/suspension", { ...one(id), body: { reason } }),
  );
export const restore = (id: string) =>
  answerOf(api.DELETE("/api/v1/platform/organizations/{id}/suspension", one(id)));
export const askForSupport = ({ id, reason }: { id: string; reason: string }) =>
  answerOf(
    api.POST("/api/v1/platform/organizations/{id}/support-request", {
      ...one(id),
      body: { reason },
    }),
  );
export const withdrawSupport = (id: string) =>
  answerOf(api.DELETE("/api/v1/platform/organizations/{id}/support-request", one(id)));
export const retryDeadLetter = (id: string) =>
  answerOf(api.POST("/api/v1/platform/dead-letters/{id}/retry", one(id)));
