// News about leads, put into what is already on screen. Lists that are filtered, sorted otherwise
// or scrolled keep still: what they lack waits behind their "3 new" pill.
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { matches } from "../leads/filterQuery";
import { isNewestFirst, type LeadFilter } from "../leads/leadFilter";
import {
  countKey,
  type Lead,
  type LeadCount,
  type LeadPages,
  leadsKey,
  patchLead,
  recordKey,
} from "../leads/leads";
import { countLead } from "../meta/meta";
import { askAgainWhenHere, askAnew } from "./askAnew";

export type LeadNews = { lead: Lead; kind: string };

// A lead that left one's sight.
export type LeadGone = { id: string };

// What waits behind the pill of one list. `ask`: some of it only the server can place.
export type Waiting = { ids: string[]; leads: Lead[]; ask: boolean };

const nothing: Waiting = { ids: [], leads: [], ask: false };
const waitingKey = (filter: LeadFilter) => ["leads", "waiting", filter] as const;

export const waitingQuery = (filter: LeadFilter) =>
  queryOptions({
    queryKey: waitingKey(filter),
    queryFn: () => nothing,
    initialData: nothing,
    staleTime: Infinity,
  });

// Lists that somebody has scrolled down in.
const scrolled = new Set<string>();
const name = (filter: LeadFilter) => JSON.stringify(filter);

export function setScrolled(cache: QueryClient, filter: LeadFilter, isScrolled: boolean) {
  if (isScrolled) scrolled.add(name(filter));
  else scrolled.delete(name(filter));
  const waiting = cache.getQueryData<Waiting>(waitingKey(filter));
  if (!isScrolled && isNewestFirst(filter) && waiting?.ids.length && !waiting.ask) {
    showWaiting(cache, filter);
  }
}

const newLeadListeners = new Set<() => void>();

export function onNewLead(listener: () => void): () => void {
  newLeadListeners.add(listener);
  return () => newLeadListeners.delete(listener);
}

export function applyNews(cache: QueryClient, news: LeadNews, me: string) {
  const { lead } = news;
  const isNew = news.kind === "lead.created";
  askForListsUnderWay(cache);
  patchLead(cache, lead);
  askAnew(cache, { queryKey: recordKey(lead.id) });
  if (news.kind === "lead.restored") cache.invalidateQueries({ queryKey: ["leads", "deleted"] });
  if (isNew) {
    countLead(cache, lead);
    for (const tell of newLeadListeners) tell();
  }

  for (const [key, list] of cache.getQueriesData<LeadPages>({ queryKey: ["leads", "list"] })) {
    if (list === undefined) continue;
    const filter = key[2] as LeadFilter;
    const belongs = matches(lead, filter, me);
    const isHere = list.pages.some((page) => page.data.some(({ id }) => id === lead.id));

    if (isHere) {
      if (belongs === false) dropFrom(cache, filter, list, lead.id);
    } else if (belongs !== false) {
      if (isNew || isWithin(list, lead)) addTo(cache, filter, list, lead, belongs === "unknown");
    }
    if (isNew ? belongs !== false : belongs === "unknown" || isHere !== belongs) {
      recount(cache, filter, isNew && belongs === true);
    }
  }
}

// A list may have been read before what the news tell, and arrive after them.
function askForListsUnderWay(cache: QueryClient) {
  for (const what of ["list", "count"]) askAgainWhenHere(cache, { queryKey: ["leads", what] });
}

// A lead that starts to match, or to be seen, may stand far below what is loaded; then there is
// nothing to tell.
function isWithin(list: LeadPages, lead: Lead): boolean {
  const last = list.pages.at(-1);
  const lowest = last?.data.at(-1);
  return (
    last?.next_cursor === null || lowest === undefined || lowest.submitted_at <= lead.submitted_at
  );
}

function addTo(cache: QueryClient, filter: LeadFilter, list: LeadPages, lead: Lead, ask: boolean) {
  if (!ask && isNewestFirst(filter) && !scrolled.has(name(filter))) {
    cache.setQueryData<LeadPages>(leadsKey(filter), withOnTop(list, [lead]));
  } else {
    wait(cache, filter, lead, ask || !isNewestFirst(filter));
  }
}

function wait(cache: QueryClient, filter: LeadFilter, lead: Lead, ask: boolean) {
  cache.setQueryData<Waiting>(waitingKey(filter), (before = nothing) =>
    before.ids.includes(lead.id)
      ? before
      : { ids: [...before.ids, lead.id], leads: [lead, ...before.leads], ask: before.ask || ask },
  );
}

// Brings in what waited. Returns once the list holds it.
export async function showWaiting(cache: QueryClient, filter: LeadFilter) {
  const waiting = cache.getQueryData<Waiting>(waitingKey(filter)) ?? nothing;
  cache.setQueryData(waitingKey(filter), nothing);
  if (waiting.ask) {
    await cache.resetQueries({ queryKey: leadsKey(filter), exact: true });
  } else {
    cache.setQueryData<LeadPages>(
      leadsKey(filter),
      (list) => list && withOnTop(list, waiting.leads),
    );
  }
}

function withOnTop(list: LeadPages, leads: Lead[]): LeadPages {
  const [first, ...rest] = list.pages;
  if (first === undefined) return list;
  const here = new Set(list.pages.flatMap((page) => page.data.map(({ id }) => id)));
  const data = [...leads.filter(({ id }) => !here.has(id)), ...first.data].sort((a, b) =>
    b.submitted_at.localeCompare(a.submitted_at),
  );
  return { ...list, pages: [{ ...first, data }, ...rest] };
}

function dropFrom(cache: QueryClient, filter: LeadFilter, list: LeadPages, id: string) {
  const pages = list.pages.map((page) => ({
    ...page,
    data: page.data.filter((lead) => lead.id !== id),
  }));
  cache.setQueryData<LeadPages>(leadsKey(filter), { ...list, pages });
}

function recount(cache: QueryClient, filter: LeadFilter, plusOne: boolean) {
  if (plusOne) {
    cache.setQueryData<LeadCount>(countKey(filter), (count) =>
      count && !count.capped ? { ...count, count: count.count + 1 } : count,
    );
  } else {
    cache.invalidateQueries({ queryKey: countKey(filter), exact: true });
  }
}

// Deleted, erased, or given to somebody whose leads one does not see: nothing of it stays on screen.
export function dropLead(cache: QueryClient, id: string) {
  askForListsUnderWay(cache);
  for (const [key, list] of cache.getQueriesData<LeadPages>({ queryKey: ["leads", "list"] })) {
    if (list !== undefined) dropFrom(cache, key[2] as LeadFilter, list, id);
  }
  cache.setQueriesData<Waiting>(
    { queryKey: ["leads", "waiting"] },
    (waiting) =>
      waiting && {
        ...waiting,
        ids: waiting.ids.filter((each) => each !== id),
        leads: waiting.leads.filter((lead) => lead.id !== id),
      },
  );
  cache.resetQueries({ queryKey: recordKey(id), exact: true });
  cache.invalidateQueries({ queryKey: ["leads", "count"] });
  cache.invalidateQueries({ queryKey: ["leads", "deleted"] });
  cache.invalidateQueries({ queryKey: ["person"] });
}
