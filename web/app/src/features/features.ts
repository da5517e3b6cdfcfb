// What whoever runs the service has turned off. It seldom changes, so it is asked for seldom.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

export type Feature = components["schemas"]["FeaturesOff"]["off"][number];

export const featuresOffQuery = queryOptions({
  queryKey: ["features-off"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/organization/features", { signal })),
  staleTime: 60_000,
  select: ({ off }) => off,
});

// Until the server has said so, everything is on: it refuses what is not.
export function useIsOff(feature: Feature): boolean {
  return useQuery(featuresOffQuery).data?.includes(feature) ?? false;
}
