// What the operator of the service sees of it. Figures and names of organizations; never a lead.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];
export type OrganizationLine = Schemas["OrganizationLine"];
export type OrganizationView = Schemas["OrganizationView"];
export type FeatureLine = Schemas["FeatureLine"];
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

export const featuresQuery = queryOptions({
  queryKey: ["platform", "features"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/platform/features", { signal })),
  select: ({ data }) => data,
});

type Switched = { feature: FeatureLine["feature"]; is_on: boolean };
export const switchFeature = ({ feature, is_on }: Switched) =>
  answerOf(
    api.PUT("/api/v1/platform/features/{feature}", {
      params: { path: { feature } },
      body: { is_on },
    }),
  );
// Nothing: as everybody.
type SwitchedFor = Pick<Switched, "feature"> & { id: string; is_on: boolean | null };
export const switchFeatureFor = ({ id, feature, is_on }: SwitchedFor) =>
  answerOf(
    api.PUT("/api/v1/platform/organizations/{id}/features/{feature}", {
      params: { path: { id, feature } },
      body: { is_on },
    }),
  );

const one = (id: string) => ({ params: { path: { id } } });
export const suspend = ({ id, reason }: { id: string; reason: string }) =>
  answerOf(
    api.PUT("/api/v1/platform/organizations/{id}/suspension", { ...one(id), body: { reason } }),
  );
export const restore = ({ id, reason }: { id: string; reason: string }) =>
  answerOf(
    api.POST("/api/v1/platform/organizations/{id}/restoration", { ...one(id), body: { reason } }),
  );
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
