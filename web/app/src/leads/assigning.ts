// Giving leads to people: to whom one may, and the giving itself, which can be taken back.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answerOf, api } from "../api/client";
import { grouped } from "../ui/grouped";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { type Lead, patchLead, recordKey, takeLead } from "./leads";

// Nobody: the leads wait unassigned.
export type Assignee = { id: string | null; name: string | undefined; paused_at: string | null };

export const assigneesQuery = queryOptions({
  queryKey: ["people", "assignees"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/assignees", { signal })),
  select: ({ data }): Assignee[] => [...data, { id: null, name: undefined, paused_at: null }],
  staleTime: 60_000,
});

// As many as the server takes at once.
const atOnce = 200;

async function assign(ids: string[], to: string | null): Promise<number> {
  let changed = 0;
  for (let from = 0; from < ids.length; from += atOnce) {
    const body = { ids: ids.slice(from, from + atOnce), ...(to === null ? {} : { owner_id: to }) };
    changed += (await answerOf(api.POST("/api/v1/leads/assign", { body }))).changed;
  }
  return changed;
}

// Each lead to whoever had it.
async function giveBack(leads: Lead[]): Promise<number> {
  let changed = 0;
  for (const theirs of grouped(leads, ({ owner }) => owner?.id ?? "")) {
    changed += await assign(idsOf(theirs), theirs[0]?.owner?.id ?? null);
  }
  return changed;
}

const idsOf = (leads: Lead[]) => leads.map(({ id }) => id);

// Of two who take a lead at once, one gets it.
export function useTake(lead: Lead) {
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  return useMutation({
    mutationFn: () => takeLead(lead.id),
    onSuccess: (mine) => patchLead(cache, mine),
    onError: (problem) => toasts.show({ text: reasonOf(problem) }),
    onSettled: () => cache.invalidateQueries({ queryKey: recordKey(lead.id) }),
  });
}

// Lists hear of it by the stream. Undo stays at hand for ten seconds.
export function useAssign() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const told = {
    onError: (problem: unknown) => toasts.show({ text: reasonOf(problem), important: true }),
  };
  const readAgain = (leads: Lead[]) => {
    for (const { id } of leads) cache.invalidateQueries({ queryKey: recordKey(id) });
  };
  const undo = useMutation({
    mutationFn: giveBack,
    onSettled: (_, __, leads) => readAgain(leads),
    ...told,
  });
  return useMutation({
    mutationFn: ({ leads, to }: { leads: Lead[]; to: Assignee }) => assign(idsOf(leads), to.id),
    onSuccess: (count, { leads, to }) => {
      if (count === 0) return;
      toasts.show({
        text: t(to.id === null ? "assign.released" : "assign.given", { count, name: to.name }),
        undo: () => undo.mutate(leads),
      });
    },
    onSettled: (_, __, { leads }) => readAgain(leads),
    ...told,
  });
}
