// What a filter asks of the server, and whether a lead belongs into it. The filter as it stands in
// the address: leadFilter.ts.
import type { paths } from "../api/schema.gen";
import { dayAt, startOfDay } from "../ui/days";
import { isFiltered, type LeadFilter, listFilters, sorts } from "./leadFilter";
import type { Lead } from "./leads";

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
