// What the lead list shows, as it stands in the address bar, so that a list can be bookmarked,
// shared and gone back to. Everything unknown in an address is simply not there. What it asks of the
// server: filterQuery.ts.

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

const isPeriod = (text: string): boolean =>
  periods.some((period) => period === text) ||
  (/^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/.test(text) && text !== "..");
