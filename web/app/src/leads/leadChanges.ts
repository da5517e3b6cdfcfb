// Changing a lead that others may change at the same moment. Nobody's work is overwritten unseen.
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/ApiProblem";
import type { CustomField } from "../customFields/customFields";
import { inputValue } from "../customFields/fieldText";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import {
  changeLead,
  type Lead,
  type LeadChange,
  leadQuery,
  patchLead,
  recordKey,
  type Stage,
} from "./leads";

// Somebody else was faster with this very field; `theirs` is the lead as it is now.
export class LeadConflict extends Error {
  readonly theirs: Lead;

  constructor(theirs: Lead) {
    super("The lead was changed by somebody else.");
    this.theirs = theirs;
  }
}

// When only something else about the lead has changed, the change is made after all.
async function changeSafely(
  cache: QueryClient,
  lead: Lead,
  change: LeadChange,
  isUntouched: (theirs: Lead) => boolean,
): Promise<Lead> {
  try {
    return await changeLead(lead.id, lead.version, change);
  } catch (problem) {
    if (!(problem instanceof ApiProblem && problem.status === 412)) throw problem;
    const theirs = await cache.fetchQuery({ ...leadQuery(lead.id), staleTime: 0 });
    if (!isUntouched(theirs)) throw new LeadConflict(theirs);
    return await changeLead(lead.id, theirs.version, change);
  }
}

// Moves a lead to another stage. The screen shows it at once; should the server refuse, the lead
// goes back and a message says why. Undo stays at hand for ten seconds.
export function useStageChange(): (lead: Lead, to: Stage) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();

  const move = useMutation({
    mutationFn: ({ lead, to }: { lead: Lead; to: Stage; undoing?: boolean }) =>
      changeSafely(cache, lead, { stage_id: to.id }, (theirs) => theirs.stage.id === lead.stage.id),

    onMutate: async ({ lead, to }) => {
      await cache.cancelQueries({ queryKey: recordKey(lead.id) });
      patchLead(cache, { ...lead, stage: { id: to.id, name: to.name, kind: to.kind } });
    },

    onSuccess: (moved, { lead, to, undoing }) => {
      patchLead(cache, moved);
      cache.invalidateQueries({ queryKey: recordKey(lead.id) });
      if (undoing) return;
      const back = { ...lead.stage, position: 0 };
      toasts.show({
        text: t("stage.moved", { name: lead.name, stage: to.name }),
        undo: () => move.mutate({ lead: moved, to: back, undoing: true }),
      });
    },

    onError: (problem, { lead, to }) => {
      if (problem instanceof LeadConflict) {
        const { theirs } = problem;
        patchLead(cache, theirs);
        toasts.show({
          text: t("stage.conflict", { name: lead.name, theirs: theirs.stage.name, yours: to.name }),
          action: {
            label: t("stage.conflictMove", { stage: to.name }),
            act: () => move.mutate({ lead: theirs, to }),
          },
          important: true,
        });
      } else {
        patchLead(cache, lead);
        toasts.show({
          text: t("stage.failed", { name: lead.name, reason: reasonOf(problem) }),
          important: true,
        });
      }
    },
  });

  return (lead, to) => {
    if (to.id !== lead.stage.id) move.mutate({ lead, to });
  };
}

export type ContactField = "name" | "phone" | "email";

export function useContactChange(field: ContactField) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ lead, value }: { lead: Lead; value: string }) =>
      changeSafely(cache, lead, { [field]: value }, (theirs) => theirs[field] === lead[field]),
    onSuccess: (changed) => {
      patchLead(cache, changed);
      cache.invalidateQueries({ queryKey: recordKey(changed.id) });
    },
    onError: (problem) => {
      if (problem instanceof LeadConflict) patchLead(cache, problem.theirs);
    },
  });
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

// Sets a custom field by its key; null takes its value away.
export function useCustomChange(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ lead, value }: { lead: Lead; value: unknown }) =>
      changeCustom(cache, lead, key, value),
    ...afterCustomChange(cache),
  });
}

// The same for what is typed.
export function useTypedChange(field: CustomField) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ lead, value }: { lead: Lead; value: string }) =>
      changeCustom(cache, lead, field.key, inputValue(field, value)),
    ...afterCustomChange(cache),
  });
}

const changeCustom = (cache: QueryClient, lead: Lead, key: string, value: unknown) =>
  changeSafely(cache, lead, { custom: { [key]: value } }, (theirs) =>
    isSame(theirs.custom[key], lead.custom[key]),
  );

const afterCustomChange = (cache: QueryClient) => ({
  onSuccess: (changed: Lead) => {
    patchLead(cache, changed);
    cache.invalidateQueries({ queryKey: recordKey(changed.id) });
  },
  onError: (problem: Error) => {
    if (problem instanceof LeadConflict) patchLead(cache, problem.theirs);
  },
});
