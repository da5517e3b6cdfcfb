// Where the person is signed in.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

export type MySession = components["schemas"]["MySession"];

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async ({ signal }) => (await answerOf(api.GET("/api/v1/me/sessions", { signal }))).data,
});

export const endSession = (id: string) =>
  answerOf(api.DELETE("/api/v1/me/sessions/{id}", { params: { path: { id } } }));
export const endOtherSessions = () => answerOf(api.DELETE("/api/v1/me/sessions"));
