// What Meta's webhook brought, as it came, and what became of it.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { ask } from "./metaRequests";
import type { Delivery, DeliveryPage, DeliveryRecord, DeliveryResult } from "./metaShapes";

// As many as the server takes at once.
export const replayMost = 200;

export const deliveriesQuery = (result: DeliveryResult | undefined) =>
  infiniteQueryOptions({
    queryKey: ["meta", "deliveries", "list", result],
    queryFn: ({ pageParam, signal }) =>
      ask<DeliveryPage>("GET", "/meta/deliveries", {
        query: { result, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ["meta", "deliveries", "record", id],
    queryFn: ({ signal }) => ask<DeliveryRecord>("GET", `/meta/deliveries/${id}`, { signal }),
  });

export const replay = (ids: string[]) =>
  ask<{ ordered: number }>("POST", "/meta/deliveries/replay", { body: { ids } });

// A delivery is listed once, even when it moved between two pages of the list.
export const deliveriesOf = (list: { pages: DeliveryPage[] } | undefined): Delivery[] => [
  ...new Map(
    (list?.pages ?? []).flatMap(({ data }) => data).map((delivery) => [delivery.id, delivery]),
  ).values(),
];

// The body as a person reads it.
export function bodyText(body: unknown): string {
  if (typeof body !== "string") return JSON.stringify(body, null, 2);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
