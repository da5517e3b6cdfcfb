// Deleting leads, which can be taken back: by undo for a moment, and from the list of deleted leads
// until they are erased for good.
import {
  infiniteQueryOptions,
  type QueryClient,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";
import { dropLead } from "../live/leadNews";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import type { Lead } from "./leads";

export type DeletedLead = components["schemas"]["DeletedLead"];

const deletedKey = ["leads", "deleted"];

export const deletedQuery = infiniteQueryOptions({
  queryKey: deletedKey,
  queryFn: ({ pageParam, signal }) =>
    answerOf(
      api.GET("/api/v1/leads/deleted", {
        params: { query: pageParam === null ? {} : { cursor: pageParam } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next_cursor,
});

// As many as the server takes at once.
const atOnce = 200;

async function inPieces(
  ids: string[],
  ask: (ids: string[]) => Promise<{ changed: number }>,
): Promise<number> {
  let changed = 0;
  for (let from = 0; from < ids.length; from += atOnce) {
    changed += (await ask(ids.slice(from, from + atOnce))).changed;
  }
  return changed;
}

const deleteLeads = (ids: string[]) =>
  inPieces(ids, (some) => answerOf(api.POST("/api/v1/leads/delete", { body: { ids: some } })));
const restoreLeads = (ids: string[]) =>
  inPieces(ids, (some) => answerOf(api.POST("/api/v1/leads/restore", { body: { ids: some } })));

// The stream brings restored leads back into lists, here too; what is not open now is read anew.
const readAgain = (cache: QueryClient) =>
  cache.invalidateQueries({
    queryKey: ["leads"],
    predicate: ({ queryKey }) => queryKey[1] !== "list",
  });

export function useRestore() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  return useMutation({
    mutationFn: (leads: Lead[]) => restoreLeads(leads.map(({ id }) => id)),
    onSuccess: (count, leads) => {
      if (count > 0) toasts.show({ text: t("deleted.restored", { count, name: nameOf(leads) }) });
    },
    onError: (problem) => toasts.show({ text: reasonOf(problem), important: true }),
    onSettled: () => readAgain(cache),
  });
}

// They leave the screen at once; undo stays at hand for ten seconds. `done` is called even when the
// stream was faster and what asked for it has left the screen with them.
export function useDelete(done: () => void) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const { mutate: restore } = useRestore();
  return useMutation({
    mutationFn: (leads: Lead[]) => deleteLeads(leads.map(({ id }) => id)),
    onSuccess: (count, leads) => {
      done();
      for (const { id } of leads) dropLead(cache, id);
      if (count === 0) return;
      toasts.show({
        text: t("deleted.done", { count, name: nameOf(leads) }),
        undo: () => restore(leads),
      });
    },
    onError: (problem) => {
      toasts.show({ text: reasonOf(problem), important: true });
      cache.invalidateQueries({ queryKey: ["leads"] });
    },
  });
}

// What the words for a single one call it.
const nameOf = ([first]: Lead[]) => first?.name || `#${first?.number ?? ""}`;
