// The rights of a person whose lead is here: everything that is kept, and an end of it.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

export type AskErasure = Omit<components["schemas"]["AskErasure"], "id">;

export const erasureQuery = (id: string) =>
  queryOptions({
    queryKey: ["erasure", id],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/leads/{id}/erasure", { params: { path: { id } }, signal })),
    staleTime: 0,
  });

export const erasePerson = (id: string, body: AskErasure) =>
  answerOf(api.POST("/api/v1/leads/{id}/erasure", { params: { path: { id } }, body }));

export const accessFileAddress = (id: string) => `/api/v1/leads/${id}/access-file`;
