// The rights of a person whose lead is here: everything that is kept, and an end of it.
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";
import { type LeadPages, recordKey } from "../leads/leads";

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

// Whatever is still on screen about somebody who is gone.
export function dropLead(cache: QueryClient, id: string) {
  cache.setQueriesData<LeadPages>(
    { queryKey: ["leads", "list"] },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({
          ...page,
          data: page.data.filter((lead) => lead.id !== id),
        })),
      },
  );
  cache.resetQueries({ queryKey: recordKey(id), exact: true });
  cache.invalidateQueries({ queryKey: ["leads", "count"] });
  cache.invalidateQueries({ queryKey: ["leads", "waiting"] });
  cache.invalidateQueries({ queryKey: ["person"] });
}
