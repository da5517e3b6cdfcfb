import { useCallback, useMemo, useRef, useState } from "react";
import type { Lead } from "./leads";

export type Selection = {
  leads: Lead[];
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  // Everything from the last one toggled up to this one.
  reach: (id: string) => void;
  all: () => void;
  clear: () => void;
};

// Which leads of a list are picked. Those that leave the list are not picked any more.
export function useSelection(leads: Lead[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string>(undefined);
  const toggle = useCallback((id: string) => {
    anchor.current = id;
    setIds((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const reach = useCallback(
    (id: string) => {
      const from = leads.findIndex((lead) => lead.id === anchor.current);
      const to = leads.findIndex((lead) => lead.id === id);
      if (from < 0 || to < 0) return toggle(id);
      const between = leads.slice(Math.min(from, to), Math.max(from, to) + 1);
      setIds((before) => new Set([...before, ...between.map((lead) => lead.id)]));
    },
    [leads, toggle],
  );
  const all = useCallback(() => setIds(new Set(leads.map(({ id }) => id))), [leads]);
  const clear = useCallback(() => setIds(new Set()), []);
  const picked = useMemo(() => leads.filter(({ id }) => ids.has(id)), [leads, ids]);
  const has = useCallback((id: string) => ids.has(id), [ids]);
  return { leads: picked, has, toggle, reach, all, clear };
}
