// What the app knows about Facebook: the login, the pages and what may be asked of them. Ledger,
// deliveries and doctor have files of their own.
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { Lead } from "../leads/leads";
import { ask } from "./metaRequests";
import type { Connection, MetaForm, MetaPage, StoppedPage } from "./metaShapes";

const pagesKey = ["meta", "pages"] as const;
type Pages = { data: MetaPage[] };

export const pagesQuery = queryOptions({
  queryKey: pagesKey,
  queryFn: async ({ signal }) =>
    (await answerOf(api.GET("/api/v1/meta/pages", { signal }))) as unknown as Pages,
  select: ({ data }) => data,
});

export const connectionQuery = queryOptions({
  queryKey: ["meta", "connection"],
  queryFn: ({ signal }) => ask<Connection>("GET", "/meta/connection", { signal }),
});

export const metaFormsQuery = queryOptions({
  queryKey: ["meta", "forms"],
  queryFn: ({ signal }) => ask<{ data: MetaForm[] }>("GET", "/meta/forms", { signal }),
  select: ({ data }) => data,
});

export const problemsQuery = queryOptions({
  queryKey: ["meta", "problems"],
  queryFn: ({ signal }) => ask<{ data: StoppedPage[] }>("GET", "/meta/problems", { signal }),
  select: ({ data }) => data,
});

export const connectPage = (pageId: string) =>
  ask<unknown>("POST", `/meta/pages/${pageId}/connect`);
export const disconnectPage = (pageId: string) =>
  ask<unknown>("POST", `/meta/pages/${pageId}/disconnect`);
export const startBackfill = (pageId: string) =>
  ask<unknown>("POST", `/meta/pages/${pageId}/backfill`);
export const forgetPerson = () => ask<unknown>("DELETE", "/meta/connection");
export const turnForm = (formId: string, isOn: boolean) =>
  ask<unknown>("PATCH", `/meta/forms/${formId}`, { body: { is_on: isOn } });

// Where Facebook's own dialog begins. It is a page, not a request: the browser goes there.
export const loginAddress = (back = "/app/sources") =>
  `/meta/oauth/start?return=${encodeURIComponent(back)}`;

// Whatever Facebook refuses about a page keeps its leads from coming in by any way.
// Somebody ended the connection here. A page whose token died is not connected either, but it has a
// problem, and is still ours.
export const isOff = (page: MetaPage): boolean => !page.connected && page.problems.length === 0;

// A token that is about to end is a problem too, but leads still come in.
export const stopsLeads = (page: MetaPage): boolean =>
  page.problems.some(({ code }) => code !== "expiring");

export type PageHealth = "off" | "stopped" | "quiet" | "normal" | "unknown";

export function healthOf(page: MetaPage): PageHealth {
  if (isOff(page)) return "off";
  if (stopsLeads(page)) return "stopped";
  return page.rhythm?.state ?? "unknown";
}

// Those a new login at Facebook mends; the others are mended in Meta's own settings.
export const mendedByLogin = (code: string): boolean =>
  code === "reconnect" || code === "recover" || code === "expiring";
export const mendedInSettings = (code: string): boolean =>
  code === "needs_access" || code === "unclear";
export const accessSettings = "https://business.facebook.com/settings/leads-accesses";

// A lead that has just come in is seen on its page's card at once.
export function countLead(cache: QueryClient, lead: Lead) {
  // Its answers stand beside the questions of its form.
  if (lead.source.form_id !== null)
    cache.invalidateQueries({ queryKey: ["meta", "mapping", lead.source.form_id] });
  cache.setQueryData<Pages>(
    pagesKey,
    (pages) =>
      pages && {
        ...pages,
        data: pages.data.map((page) =>
          page.page_id === lead.source.page_id &&
          Date.parse(page.last_lead_at ?? "1970-01-01") < Date.parse(lead.submitted_at)
            ? { ...page, last_lead_at: lead.submitted_at, hours: plusOne(page.hours) }
            : page,
        ),
      },
  );
}

const plusOne = (hours: number[] | undefined): number[] =>
  hours === undefined || hours.length === 0 ? [] : hours.with(-1, (hours.at(-1) ?? 0) + 1);
