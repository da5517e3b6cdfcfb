// Support access: an owner lets the operator's people look for a while.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

export type GrantSupport = components["schemas"]["GrantSupport"];
export type SupportRequest = components["schemas"]["RequestView"];
export const lengths = ["hour", "four_hours", "day", "three_days"] as const;

export const supportAccessQuery = queryOptions({
  queryKey: ["support-access"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/organization/support-access", { signal })),
});

export const grantSupport = (body: GrantSupport) =>
  answerOf(api.POST("/api/v1/organization/support-access", { body }));
export const endSupport = () => answerOf(api.DELETE("/api/v1/organization/support-access"));

// Support asks, and an owner says no; to say yes is to grant it.
export const declineSupport = () => answerOf(api.DELETE("/api/v1/organization/support-request"));

// The other way round: the session is in another place then, so the app begins anew.
export const visit = async (id: string) => {
  await answerOf(
    api.POST("/api/v1/platform/organizations/{id}/visit", { params: { path: { id } } }),
  );
  location.assign("/app/leads");
};
export const leaveVisit = async (id: string) => {
  await answerOf(api.DELETE("/api/v1/me/visit"));
  location.assign(`/app/platform/organizations/${id}`);
};
