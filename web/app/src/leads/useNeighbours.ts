import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type Lead, leadQuery } from "./leads";

// The leads before and after the open one, in the list it was opened from. A lead that has left
// the list meanwhile (its stage no longer fits the filter) keeps its place between the others.
export function useNeighbours(leads: Lead[], id: string, nearEnd: () => void) {
  const cache = useQueryClient();
  const at = leads.findIndex((lead) => lead.id === id);
  const lastPlace = useRef(0);
  const isInList = at >= 0;
  useEffect(() => {
    if (isInList) lastPlace.current = at;
  }, [isInList, at]);

  const place = isInList ? at : lastPlace.current;
  const previous = leads[place - 1]?.id;
  const next = leads[isInList ? place + 1 : place]?.id;

  useEffect(() => {
    if (place >= leads.length - 3) nearEnd();
  });

  // Going on to the next lead is what people do most: have it ready.
  useEffect(() => {
    if (next !== undefined) void cache.prefetchQuery(leadQuery(next));
  }, [cache, next]);

  return { lead: leads[at], place: isInList ? at + 1 : undefined, previous, next };
}
