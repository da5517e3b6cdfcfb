// What the organization pays for, and how much of it this month has used.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

export type Plan = components["schemas"]["Plan"];
export type Usage = components["schemas"]["Usage"];

export const planQuery = queryOptions({
  queryKey: ["plan"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/plan", { signal })),
  staleTime: 10 * 60_000,
});

export const askForPlan = (plan_id: string) =>
  answerOf(api.POST("/api/v1/plan", { body: { plan_id } }));
