// The ten checks of a page, and the lead that is sent to try the whole way out.
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { ask } from "./metaRequests";
import type { Check, CheckState, Delays, Doctor, RoundTrip } from "./metaShapes";

export const doctorKey = (pageId: string) => ["meta", "doctor", pageId] as const;

export const doctorQuery = (pageId: string) =>
  queryOptions({
    queryKey: doctorKey(pageId),
    queryFn: ({ signal }) =>
      ask<Doctor>("GET", "/meta/doctor", { query: { page_id: pageId }, signal }),
  });

export const runDoctor = async (cache: QueryClient, pageId: string) => {
  const said = await ask<Doctor | undefined>("POST", "/meta/doctor/run", {
    body: { page_id: pageId },
  });
  if (said?.checks === undefined) await cache.invalidateQueries({ queryKey: doctorKey(pageId) });
  else cache.setQueryData(doctorKey(pageId), said);
};

const urgency: Record<CheckState, number> = { fail: 0, warn: 1, unknown: 2, ok: 3 };

// What needs somebody comes first; otherwise the order is the server's.
export const byUrgency = (checks: Check[]): Check[] =>
  checks.toSorted((a, b) => urgency[a.state] - urgency[b.state]);

export const countOf = (checks: Check[], state: CheckState): number =>
  checks.filter((check) => check.state === state).length;

// An address the server gave: elsewhere on the web, or a screen of this app, and nothing that runs.
export const isSafeAddress = (url: string): boolean =>
  /^https:\/\//i.test(url) || /^\/(?!\/)/.test(url);

export const sendTestLead = (pageId: string, formId?: string) =>
  ask<{ leadgen_id: string }>("POST", `/meta/pages/${pageId}/test-lead`, {
    body: formId === undefined ? {} : { form_id: formId },
  });

// The last test lead of a page with its three times.
export const roundTripQuery = (pageId: string) =>
  queryOptions({
    queryKey: ["meta", "round-trip", pageId],
    queryFn: ({ signal }) => ask<RoundTrip>("GET", `/meta/pages/${pageId}/test-lead`, { signal }),
    staleTime: 0,
  });

// Where the seconds of the last day's leads went.
export const delaysQuery = (pageId: string) =>
  queryOptions({
    queryKey: ["meta", "delays", pageId],
    queryFn: ({ signal }) => ask<Delays>("GET", `/meta/pages/${pageId}/delays`, { signal }),
  });
