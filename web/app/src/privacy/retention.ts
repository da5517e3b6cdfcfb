// For how long leads are kept: a rule for all forms, and for single ones.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

export type RetentionRule = components["schemas"]["RuleShown"];
export type SetRule = components["schemas"]["SetRule"];

export const retentionQuery = queryOptions({
  queryKey: ["retention"],
  queryFn: async ({ signal }) => (await answerOf(api.GET("/api/v1/retention", { signal }))).data,
});

export const previewQuery = (formId: string | null, months: number) =>
  queryOptions({
    queryKey: ["retention", "preview", formId, months],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/retention/preview", {
          params: { query: { months, ...(formId === null ? {} : { form_id: formId }) } },
          signal,
        }),
      ),
    staleTime: 0,
  });

export const setRule = async (body: SetRule) =>
  (await answerOf(api.PUT("/api/v1/retention", { body }))).data;
