// News that say only where to look again: what is on screen of it is asked for anew, at most once a
// second, however often it changes.
import type { QueryClient } from "@tanstack/react-query";
import { askAnew } from "./askAnew";

const shownBy = {
  pages: [
    ["meta", "pages"],
    ["meta", "problems"],
    ["meta", "connection"],
    ["meta", "app"],
    ["meta", "forms"],
  ],
  doctor: [
    ["meta", "doctor"],
    ["meta", "problems"],
  ],
  test_lead: [["meta", "round-trip"]],
  ledger: [
    ["meta", "ledger"],
    ["meta", "delays"],
  ],
  deliveries: [["meta", "deliveries"]],
  forms: [
    ["meta", "forms"],
    ["meta", "mapping"],
  ],
  fields: [["fields"]],
  organization: [["me"], ["plan"]],
  source_names: [["leads"]],
  exports: [["exports"]],
  deletion: [["deletion"]],
  support: [["support-access"], ["me"]],
  mapping_runs: [
    ["meta", "runs", "one"],
    ["meta", "runs", "list"],
  ],
  people: [["people"], ["me"]],
} as const;

export type Topic = keyof typeof shownBy;
const topics = Object.keys(shownBy) as Topic[];
const isTopic = (name: unknown): name is Topic => topics.some((topic) => topic === name);

const interval = 1000;

// Without a topic everything may have changed. Leads are not asked for anew because of their names:
// they have news of their own.
const asked = topics.filter((topic) => topic !== "source_names");
export type Change = { topic?: string };

export function lookAgain(cache: QueryClient) {
  const changed = new Set<Topic>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = () => {
    timer = undefined;
    if (changed.size === 0) return;
    for (const topic of changed) {
      for (const queryKey of shownBy[topic]) askAnew(cache, { queryKey });
    }
    changed.clear();
    timer = setTimeout(look, interval);
  };
  return {
    // A topic this version does not know is nothing it shows.
    at({ topic }: Change) {
      for (const each of topic === undefined ? asked : [topic].filter(isTopic)) changed.add(each);
      if (timer === undefined) look();
    },
    stop: () => clearTimeout(timer),
  };
}
