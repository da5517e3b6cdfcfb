// What the lead list shows, as it stands in the address bar, so that a list can be bookmarked,
// shared and gone back to. Everything unknown in an address is simply not there.
import type { paths } from "../api/schema.gen";
import { dayAt, startOfDay } from "../ui/days";
import type { Lead } from "./leads";

export const sorts = [
  "-submitted_at",
  "submitted_at",
  "-received_at",
  "-updated_at",
  "name",
  "-name",
] as const;
export type LeadSort = (typeof sorts)[number];

export const listFilters = ["stage", "owner", "source", "form"] as const;
export type ListFilter = (typeof listFilters)[number];

export const periods = ["1h", "today", "7d", "30d"] as const;

export type LeadFilter = {
  q?: string;
  sort?: LeadSort;
  // One of `periods`, or days: "2026-04-01..2026-04-14", either side may be missing.
  submitted?: string;
} & { [filter in ListFilter]?: string[] };

export type LeadSearch = LeadFilter & { open?: string };

export function readLeadSearch(address: Record<string, unknown>): LeadSearch {
  const search: LeadSearch = {};
  const text = (name: string) => {
    const value = address[name];
    return typeof value === "string" && value.trim() !== "" ? value : undefined;
  };
  for (const name of listFilters) {
    const given = address[name];
    const values = Array.isArray(given) ? given.map(String) : text(name)?.split(",");
    const kept = values?.filter((value) => value !== "");
    if (kept?.length) search[name] = kept;
  }
  const q = text("q");
  if (q !== undefined) search.q = q;
  const open = text("open");
  if (open !== undefined) search.open = open;
  const sort = sorts.find((known) => known === address["sort"]);
  if (sort !== undefined && sort !== sorts[0]) search.sort = sort;
  const submitted = text("submitted");
  if (submitted !== undefined && isPeriod(submitted)) search.submitted = submitted;
  return search;
}

// The address bar shows lists as "a,b" and nothing quoted or encoded that need not be.
export function writeSearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null) parameters.set(name, String(value));
  }
  const text = parameters.toString().replaceAll("%2C", ",");
  return text === "" ? "" : `?${text}`;
}

export const readSearch = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));

export function filterOf({ open: _, ...filter }: LeadSearch): LeadFilter {
  return filter;
}

export const isFiltered = ({ q, submitted, ...filter }: LeadFilter): boolean =>
  q !== undefined ||
  submitted !== undefined ||
  listFilters.some((name) => filter[name] !== undefined);

export const isNewestFirst = (filter: LeadFilter): boolean => filter.sort === undefined;

type ListQuery = NonNullable<paths["/api/v1/leads"]["get"]["parameters"]["query"]>;
type CountQuery = NonNullable<paths["/api/v1/leads/count"]["get"]["parameters"]["query"]>;

export function toCountQuery(filter: LeadFilter, now = Date.now()): CountQuery {
  const query: CountQuery = {};
  if (filter.q !== undefined) query.q = filter.q;
  for (const name of listFilters) {
    const values = filter[name];
    if (values !== undefined) query[name] = values;
  }
  const { after, before } = limits(filter.submitted, now);
  if (after !== undefined) query.submitted_after = new Date(after).toISOString();
  if (before !== undefined) query.submitted_before = new Date(before).toISOString();
  return query;
}

export function toListQuery(filter: LeadFilter, now = Date.now()): ListQuery {
  return { ...toCountQuery(filter, now), sort: filter.sort ?? sorts[0] };
}

// The same leads, in the language of `filter`, for what is asked in a body. Nothing for all of them.
export function toFilterLanguage(filter: LeadFilter, now = Date.now()) {
  const { q, submitted_after, submitted_before, ...lists } = toCountQuery(filter, now);
  if (!isFiltered(filter)) return null;
  const submitted_at = {
    ...(submitted_after == null ? {} : { after: submitted_after }),
    ...(submitted_before == null ? {} : { before: submitted_before }),
  };
  return {
    ...lists,
    ...(q == null ? {} : { text: q }),
    ...(Object.keys(submitted_at).length === 0 ? {} : { submitted_at }),
  };
}

const isPeriod = (text: string): boolean =>
  periods.some((period) => period === text) ||
  (/^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/.test(text) && text !== "..");

// Days are those of the reader's time zone.
function limits(submitted: string | undefined, now: number): { after?: number; before?: number } {
  const hour = 3_600_000;
  switch (submitted) {
    case undefined:
      return {};
    case "1h":
      return { after: now - hour };
    case "today":
      return { after: startOfDay(dayAt(now)) };
    case "7d":
      return { after: now - 7 * 24 * hour };
    case "30d":
      return { after: now - 30 * 24 * hour };
    default: {
      const [first = "", last = ""] = submitted.split("..");
      return {
        ...(first === "" ? {} : { after: startOfDay(first) }),
        ...(last === "" ? {} : { before: startOfDay(last, 1) }),
      };
    }
  }
}

// Whether a lead belongs into a filtered list, as far as it can be told without the server: text
// search folds letters in ways only the server knows.
export function matches(
  lead: Lead,
  filter: LeadFilter,
  me: string,
  now = Date.now(),
): boolean | "unknown" {
  const has = (chosen: string[] | undefined, ...values: (string | null)[]) =>
    chosen === undefined || values.some((value) => value !== null && chosen.includes(value));
  const owners =
    lead.owner === null ? ["unassigned"] : [lead.owner.id, lead.owner.id === me ? "me" : null];
  const { after = -Infinity, before = Infinity } = limits(filter.submitted, now);
  const submitted = Date.parse(lead.submitted_at);

  if (!has(filter.stage, lead.stage.id)) return false;
  if (!has(filter.owner, ...owners)) return false;
  if (!has(filter.source, lead.source.platform)) return false;
  if (!has(filter.form, lead.source.form_id)) return false;
  if (submitted < after || submitted >= before) return false;
  return filter.q === undefined ? true : "unknown";
}
